#pragma once

#include <cstddef>
#include <span>
#include <vector>

/// Values on a regular grid of patient space.
///
/// Patient space, in millimetres, supine: x runs to the patient's left, y to the back, z from the vertex to
/// the feet. The anterior camera looks along +y, the posterior one along -y.
namespace remnant::image {

struct Point {
  double x = 0;
  double y = 0;
  double z = 0;
};

/// Cubic voxels. Slices follow y from front to back, rows z, columns x: a slice is a picture as the anterior
/// camera sees it.
struct VoxelGrid {
  std::size_t columns = 0;  ///< along x
  std::size_t rows = 0;     ///< along z
  std::size_t slices = 0;   ///< along y
  double voxelMm = 2;
  Point corner;  ///< the outer corner of the first voxel: least x, y and z

  double x(double column) const { return corner.x + (column + 0.5) * voxelMm; }
  double y(double slice) const { return corner.y + (slice + 0.5) * voxelMm; }
  double z(double row) const { return corner.z + (row + 0.5) * voxelMm; }
  double voxelMl() const { return voxelMm * voxelMm * voxelMm / 1000; }
  std::size_t count() const { return columns * rows * slices; }
};

/// What the values mean and their unit stands where the volume is declared.
class Volume {
 public:
  Volume() = default;
  explicit Volume(const VoxelGrid& grid, float fill = 0) : grid_(grid), values_(grid.count(), fill) {}

  const VoxelGrid& grid() const { return grid_; }
  float& at(std::size_t slice, std::size_t row, std::size_t column) {
    return values_[(slice * grid_.rows + row) * grid_.columns + column];
  }
  float at(std::size_t slice, std::size_t row, std::size_t column) const {
    return values_[(slice * grid_.rows + row) * grid_.columns + column];
  }
  /// rows x columns values.
  std::span<float> slice(std::size_t index) {
    return {values_.data() + index * grid_.rows * grid_.columns, grid_.rows * grid_.columns};
  }
  std::span<const float> slice(std::size_t index) const {
    return {values_.data() + index * grid_.rows * grid_.columns, grid_.rows * grid_.columns};
  }
  std::vector<float>& values() { return values_; }
  const std::vector<float>& values() const { return values_; }

 private:
  VoxelGrid grid_;
  std::vector<float> values_;  ///< slice by slice, each row by row
};

}  // namespace remnant::image

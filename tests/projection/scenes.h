#pragma once

#include <cmath>
#include <numeric>

#include "remnant/physics/nuclide.h"
#include "remnant/projection/projector.h"

/// Cameras, media and sources that the tests of the projection share.
namespace remnant::projection {

/// Siemens LEHR behind which technetium is imaged (physics.md 1.1), made to count 100 in the core.
inline physics::PointResponse technetiumResponse() {
  physics::PointResponse response;
  response.window = {126.45, 154.55};
  response.keV = 140.5;
  response.collimator = {"Siemens LEHR", 1.11, 0.16, 24.05};
  response.coreCpsPerMBq = 100;
  return response;
}

/// GE HEGP for iodine-131 with the tails of physics.md section 4.
inline physics::PointResponse iodineResponse() {
  physics::PointResponse response;
  response.window = {328.05, 400.95};
  response.keV = 364.5;
  response.collimator = {"GE HEGP", 4.0, 1.8, 66};
  response.coreCpsPerMBq = 20;
  response.tails = {{0.14, 21, 0.8}, {0.21, 66, 0.3}};
  response.coreFraction = 0.65;
  return response;
}

inline physics::Nuclide technetium() {
  return physics::nuclideNamed("Tc-99m");
}

/// Windows that only see the core (and tails), where a kernel is not wanted.
inline WindowModel windowWith(const physics::PointResponse& response) {
  static const physics::ScatterKernel kernel(technetium(), {126.45, 154.55}, {});
  return {response, kernel};
}

/// The photopeak window of iodine-131 with the scatter kernel of that nuclide.
inline WindowModel iodineWindow() {
  const auto response = iodineResponse();
  static const physics::ScatterKernel kernel(physics::nuclideNamed("I-131"), response.window, {});
  return {response, kernel};
}

/// A grid around the origin, first voxels' corner at z = 0 and y = 0.
inline image::VoxelGrid gridOf(std::size_t columns, std::size_t rows, std::size_t slices,
                               double voxelMm = 2) {
  const double width = static_cast<double>(columns) * voxelMm;
  return {columns, rows, slices, voxelMm, {-width / 2, 0, 0}};
}

inline ProjectorConfig withoutScatter() {
  ProjectorConfig config;
  config.scatter = ScatterModel::kNone;
  config.tails = false;
  return config;
}

/// A pixel on each voxel of the grid's face, and `margin` pixels around.
inline Picture pictureOn(const image::VoxelGrid& grid, std::size_t margin = 0) {
  return {grid.rows + 2 * margin, grid.columns + 2 * margin, grid.voxelMm, 0,
          grid.corner.z - static_cast<double>(margin) * grid.voxelMm};
}

/// Water in the whole grid.
inline Medium waterOn(const image::VoxelGrid& grid, double keV = 140.5) {
  Medium medium{image::Volume(grid), keV};
  medium.attenuationPerMm = image::Volume(grid, static_cast<float>(medium.attenuationOfWaterPerMm()));
  return medium;
}

inline double sumOf(const image::Image& image) {
  return std::accumulate(image.pixels().begin(), image.pixels().end(), 0.0);
}

/// Sum, centroid and variances of an image, in pixels.
struct Moments {
  explicit Moments(const image::Image& image) {
    for (std::size_t row = 0; row < image.rows(); ++row)
      for (std::size_t column = 0; column < image.columns(); ++column)
        add(image.at(row, column), row, column);
    rowMean /= sum;
    columnMean /= sum;
    rowVariance = rowVariance / sum - rowMean * rowMean;
    columnVariance = columnVariance / sum - columnMean * columnMean;
  }
  double sum = 0, rowMean = 0, columnMean = 0, rowVariance = 0, columnVariance = 0;

 private:
  void add(double value, std::size_t row, std::size_t column) {
    const auto y = static_cast<double>(row), x = static_cast<double>(column);
    sum += value;
    rowMean += value * y;
    columnMean += value * x;
    rowVariance += value * y * y;
    columnVariance += value * x * x;
  }
};

}  // namespace remnant::projection

#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "remnant/projection/scratch.h"

/// Images on the lattice of a view's voxels, some of them coarser, each covering only the part that is
/// needed.
namespace remnant::projection {

/// Cells of a lattice, half open; indices may be negative, outside the volume.
struct Region {
  std::ptrdiff_t top = 0, left = 0, bottom = 0, right = 0;

  std::size_t rows() const { return static_cast<std::size_t>(bottom - top); }
  std::size_t columns() const { return static_cast<std::size_t>(right - left); }
  std::size_t cells() const { return rows() * columns(); }
  bool empty() const { return top >= bottom || left >= right; }
  bool operator==(const Region&) const = default;

  Region grown(std::ptrdiff_t margin) const {
    return {top - margin, left - margin, bottom + margin, right + margin};
  }
  /// The cells, `factor` times as wide, that cover this region.
  Region coarsened(std::ptrdiff_t factor) const;
};
Region overlapOf(const Region& first, const Region& second);
/// The least region around both.
Region hullOf(const Region& first, const Region& second);

/// Values of the cells of a region, row by row; zero to begin with.
class Plane {
 public:
  Plane() = default;
  explicit Plane(const Region& region) : region_(region), values_(region.cells()) { clear(); }

  const Region& region() const { return region_; }
  /// The value at a row (a lattice index inside the region) and the region's first column; the row follows.
  float* row(std::ptrdiff_t index) {
    return values_.data() + static_cast<std::size_t>(index - region_.top) * region_.columns();
  }
  const float* row(std::ptrdiff_t index) const {
    return values_.data() + static_cast<std::size_t>(index - region_.top) * region_.columns();
  }
  Scratch& values() { return values_; }
  const Scratch& values() const { return values_; }
  void clear() { std::fill(values_.begin(), values_.end(), 0.0F); }

 private:
  Region region_;
  Scratch values_;
};
std::vector<Plane> emptyPlanes(std::size_t count, const Region& region);

/// target += weight x source, where both are.
void addScaled(const Plane& source, float weight, Plane& target);

/// The plane on cells twice as wide: each value handed out to the coarse cells between whose middles it lies,
/// which keeps the sum and the centroid.
Plane halved(const Plane& fine);

/// Adds a plane of cells `factor` times as wide, its values spread over the fine cells by bilinear
/// interpolation between the coarse cells' middles. Away from borders sum and centroid are kept. Nothing is
/// beyond the coarse plane's border.
void addRefined(const Plane& coarse, std::ptrdiff_t factor, Plane& fine);

/// What halving down to cells `factor` times as wide (a power of two) and refining at once add to the
/// variance along each axis, in coarse cells squared, on average over the places in a coarse cell.
double varianceOfCoarseness(std::ptrdiff_t factor);

}  // namespace remnant::projection

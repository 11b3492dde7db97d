#include "remnant/projection/resampling.h"

#include <algorithm>
#include <cmath>

namespace remnant::projection {
namespace {

/// Pixels along one axis of a picture, in cells of the lattice.
struct Axis {
  double first = 0;  ///< where the picture begins, from the outer edge of cell 0
  double pixel = 1;  ///< cells in a pixel
  std::size_t count = 0;
};

Axis rowsOf(const Picture& picture, const SeenPlanes& planes) {
  return {(picture.topMm - planes.topZ) / planes.voxelMm, picture.pixelMm / planes.voxelMm, picture.rows};
}

Axis columnsOf(const Picture& picture, const SeenPlanes& planes) {
  const double left = picture.centreU - static_cast<double>(picture.columns) / 2 * picture.pixelMm;
  return {(left - planes.leftU) / planes.voxelMm, picture.pixelMm / planes.voxelMm, picture.columns};
}

constexpr double kKernelReach = 2;

/// Integral up to t of the kernel of cubic convolution.
double kernelUpTo(double t) {
  if (t < 0) return 1 - kernelUpTo(-t);
  if (t < 1) return 0.5 + t + t * t * t * (-2.5 / 3 + 0.375 * t);
  if (t < kKernelReach) return 1.0 / 3 + t * (2 + t * (-2 + t * (2.5 / 3 - 0.125 * t)));
  return 1;
}

/// Calls work(pixel, cell, share of the cell) for all pairs that have one, cells within [begin, end).
template <class Work>
void forEachShare(const Axis& axis, std::ptrdiff_t begin, std::ptrdiff_t end, Work work) {
  for (std::size_t pixel = 0; pixel < axis.count; ++pixel) {
    const double from = axis.first + static_cast<double>(pixel) * axis.pixel, to = from + axis.pixel;
    const auto first = std::max(begin, static_cast<std::ptrdiff_t>(std::floor(from - kKernelReach)));
    const auto last = std::min(end, static_cast<std::ptrdiff_t>(std::ceil(to + kKernelReach)));
    for (std::ptrdiff_t cell = first; cell < last; ++cell) {
      const double middle = static_cast<double>(cell) + 0.5;
      const double share = kernelUpTo(to - middle) - kernelUpTo(from - middle);
      if (share != 0) work(pixel, cell, static_cast<float>(share));
    }
  }
}

}  // namespace

Region cellsUnder(const Picture& picture, const SeenPlanes& planes) {
  const Axis rows = rowsOf(picture, planes), columns = columnsOf(picture, planes);
  const auto begin = [](const Axis& axis) {
    return static_cast<std::ptrdiff_t>(std::floor(axis.first - kKernelReach));
  };
  const auto end = [](const Axis& axis) {
    return static_cast<std::ptrdiff_t>(
        std::ceil(axis.first + static_cast<double>(axis.count) * axis.pixel + kKernelReach));
  };
  return {begin(rows), begin(columns), end(rows), end(columns)};
}

image::Image resampled(const Plane& plane, const SeenPlanes& planes, const Picture& picture) {
  image::Image image(picture.rows, picture.columns);
  const Region& region = plane.region();
  if (region.empty()) return image;
  image::Image wide(picture.rows, region.columns());
  forEachShare(rowsOf(picture, planes), region.top, region.bottom,
               [&](std::size_t pixel, std::ptrdiff_t cell, float share) {
                 const float* from = plane.row(cell);
                 float* to = &wide.at(pixel, 0);
                 for (std::size_t index = 0; index < region.columns(); ++index)
                   to[index] += share * from[index];
               });
  forEachShare(columnsOf(picture, planes), region.left, region.right,
               [&](std::size_t pixel, std::ptrdiff_t cell, float share) {
                 const auto column = static_cast<std::size_t>(cell - region.left);
                 for (std::size_t row = 0; row < picture.rows; ++row)
                   image.at(row, pixel) += share * wide.at(row, column);
               });
  return image;
}

}  // namespace remnant::projection

#include "remnant/projection/core.h"

#include <algorithm>
#include <cmath>

#include "remnant/projection/gaussian_blur.h"

namespace remnant::projection {
namespace {

constexpr double kMarginSigmas = 4;

void addCells(const float* values, const Region& from, Plane& target) {
  const Region shared = overlapOf(from, target.region());
  for (std::ptrdiff_t row = shared.top; row < shared.bottom; ++row) {
    const float* __restrict source =
        values + static_cast<std::size_t>(row - from.top) * from.columns() + (shared.left - from.left);
    float* __restrict to = target.row(row) + (shared.left - target.region().left);
    for (std::size_t index = 0; index < shared.columns(); ++index) to[index] += source[index];
  }
}

}  // namespace

double coreVariance(const physics::PointResponse& response, double distanceMm, double voxelMm) {
  const double sigma = response.sigmaMm(distanceMm) / voxelMm;
  return std::max(sigma * sigma - kGatheringVariance, sigma * sigma / 2);
}

Plane coreImage(const SeenPlanes& planes, const physics::PointResponse& response, const Region& output) {
  const double widest = coreVariance(response, planes.planes.back().distanceMm, planes.voxelMm);
  const auto margin = static_cast<std::ptrdiff_t>(std::ceil(kMarginSigmas * std::sqrt(widest))) + 2;
  const Region region = overlapOf(planes.support.grown(margin), output.grown(margin));
  if (region.empty()) return {};
  Plane image(region);
  for (std::size_t index = planes.planes.size(); index-- > 0;) {
    const SeenPlanes::One& plane = planes.planes[index];
    addCells(plane.seen, planes.support, image);
    const double here = coreVariance(response, plane.distanceMm, planes.voxelMm);
    const double next =
        index == 0 ? 0 : coreVariance(response, planes.planes[index - 1].distanceMm, planes.voxelMm);
    blur(image, here - next);
  }
  return image;
}

}  // namespace remnant::projection

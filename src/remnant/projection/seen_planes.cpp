#include "remnant/projection/seen_planes.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "remnant/base/error.h"
#include "remnant/projection/head_view.h"

namespace remnant::projection {
namespace {

/// exp(-x) for x >= 0 within 2e-7 of 1 up to x = 2; a polynomial, because it vectorises.
inline float decay(float x) {
  const float y = -x / 8;
  float value = 1 + y * (1 + y / 2 * (1 + y / 3 * (1 + y / 4 * (1 + y / 5 * (1 + y / 6)))));
  value *= value;
  value *= value;
  return value * value;
}

bool anyActivity(const float* values, std::size_t count) {
  return std::any_of(values, values + count, [](float value) { return value != 0; });
}

/// What the light of the planes so far has passed, for each ray of the support.
class Rays {
 public:
  Rays(std::size_t count, double voxelMm, double waterPerMm)
      : count_(count),
        transmission_(count),
        depthMm_(count),
        halfVoxelMm_(static_cast<float>(voxelMm / 2)),
        perAttenuation_(static_cast<float>(1 / waterPerMm)) {
    std::fill(transmission_.begin(), transmission_.end(), 1.0F);
    std::fill(depthMm_.begin(), depthMm_.end(), 0.0F);
  }

  /// Half of each voxel lies before the plane's middle, where its activity is, the other half behind it.
  void pass(const float* __restrict attenuation, const float* __restrict emitted, float* __restrict seen,
            float* __restrict waterDepthMm) {
    float* __restrict passed = transmission_.data();
    float* __restrict depth = depthMm_.data();
    for (std::size_t ray = 0; ray < count_; ++ray) {
      const float half = attenuation[ray] * halfVoxelMm_;
      const float through = decay(half), waterMm = half * perAttenuation_;
      const float middle = passed[ray] * through;
      seen[ray] = emitted[ray] * middle;
      passed[ray] = middle * through;
      waterDepthMm[ray] = depth[ray] + waterMm;
      depth[ray] += 2 * waterMm;
    }
  }

 private:
  std::size_t count_;
  Scratch transmission_, depthMm_;
  float halfVoxelMm_, perAttenuation_;
};

double distanceOfActivity(const image::VoxelGrid& grid, std::size_t slice) {
  const double distance = grid.y(static_cast<double>(slice));
  if (distance < -grid.voxelMm / 2)
    throw InputError("activity-behind-head",
                     fmt::format("activity lies {:.1f} mm behind the collimator's face", -distance));
  return std::max(distance, 0.0);
}

void requireSameGrid(const image::VoxelGrid& first, const image::VoxelGrid& second) {
  if (first.columns != second.columns || first.rows != second.rows || first.slices != second.slices ||
      first.voxelMm != second.voxelMm)
    throw ProgramError("activity and attenuation lie on different grids");
}

SeenPlanes geometryOf(const HeadPlanes& activity) {
  const image::VoxelGrid& grid = activity.grid();
  SeenPlanes planes;
  planes.volume = {0, 0, static_cast<std::ptrdiff_t>(grid.rows), static_cast<std::ptrdiff_t>(grid.columns)};
  planes.support = activity.support();
  planes.voxelMm = grid.voxelMm;
  planes.leftU = grid.corner.x;
  planes.topZ = grid.corner.z;
  planes.nearestMm = std::max(grid.y(0), 0.0);
  planes.farthestMm = std::max(grid.y(static_cast<double>(grid.slices) - 1), 0.0);
  return planes;
}

}  // namespace

SeenPlanes seenPlanes(const image::Volume& activityMBq, const Medium& medium, const HeadPosition& head) {
  const auto activity = HeadPlanes::ofActivity(head, activityMBq);
  SeenPlanes result = geometryOf(activity);
  if (result.support.empty()) return result;
  std::optional<HeadPlanes> attenuation;
  if (!medium.attenuationPerMm.values().empty()) {
    requireSameGrid(medium.attenuationPerMm.grid(), activityMBq.grid());
    attenuation = HeadPlanes::ofAttenuation(head, medium.attenuationPerMm);
  }
  const std::size_t cells = result.support.cells(), slices = activity.grid().slices;
  result.values = Scratch(3 * cells * slices);
  Rays rays(cells, result.voxelMm, medium.attenuationOfWaterPerMm());
  Plane crossed(result.support);
  for (std::size_t slice = 0; slice < slices; ++slice) {
    float* emitted = result.values.data() + 3 * cells * result.planes.size();
    activity.copy(slice, result.support, emitted);
    if (attenuation) attenuation->copy(slice, result.support, crossed.values().data());
    rays.pass(crossed.values().data(), emitted, emitted + cells, emitted + 2 * cells);
    if (anyActivity(emitted, cells))
      result.planes.push_back(
          {distanceOfActivity(activity.grid(), slice), emitted, emitted + cells, emitted + 2 * cells});
  }
  return result;
}

}  // namespace remnant::projection

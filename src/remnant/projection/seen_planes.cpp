#include "remnant/projection/seen_planes.h"

#include <fmt/format.h>

#include <algorithm>

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

bool anyActivity(std::span<const float> values) {
  return std::any_of(values.begin(), values.end(), [](float value) { return value != 0; });
}

Region supportOf(const image::Volume& activity) {
  const image::VoxelGrid& grid = activity.grid();
  std::vector<char> rows(grid.rows, 0), columns(grid.columns, 0);
  for (std::size_t slice = 0; slice < grid.slices; ++slice)
    for (std::size_t row = 0; row < grid.rows; ++row) {
      const float* values = &activity.values()[(slice * grid.rows + row) * grid.columns];
      char any = 0;
      for (std::size_t column = 0; column < grid.columns; ++column) {
        const char here = values[column] != 0;
        columns[column] = static_cast<char>(columns[column] | here);
        any = static_cast<char>(any | here);
      }
      rows[row] = static_cast<char>(rows[row] | any);
    }
  const auto first = [](const std::vector<char>& any) {
    return std::find(any.begin(), any.end(), 1) - any.begin();
  };
  const auto last = [](const std::vector<char>& any) {
    return any.rend() - std::find(any.rbegin(), any.rend(), 1);
  };
  return {first(rows), first(columns), last(rows), last(columns)};
}

std::vector<float> cut(std::span<const float> slice, std::size_t columns, const Region& region) {
  std::vector<float> values(region.cells());
  for (std::size_t row = 0; row < region.rows(); ++row)
    std::copy_n(slice.data() + (static_cast<std::size_t>(region.top) + row) * columns +
                    static_cast<std::size_t>(region.left),
                region.columns(), values.data() + row * region.columns());
  return values;
}

/// What the light of the planes so far has passed, for each ray of the support.
class Rays {
 public:
  Rays(std::size_t count, double waterPerMm)
      : transmission_(count, 1.0F),
        opticalDepth_(count, 0.0F),
        perOpticalDepthMm_(static_cast<float>(1 / waterPerMm)) {}

  /// Half of each voxel's optical depth before the plane's middle, the same behind.
  void look(const std::vector<float>& half, SeenPlanes::One& plane) {
    plane.seen.resize(half.size());
    plane.waterDepthMm.resize(half.size());
    const float* __restrict emitted = plane.emitted.data();
    const float* __restrict halves = half.data();
    const float* __restrict passed = transmission_.data();
    const float* __restrict depth = opticalDepth_.data();
    float* __restrict seen = plane.seen.data();
    float* __restrict waterDepth = plane.waterDepthMm.data();
    for (std::size_t ray = 0; ray < half.size(); ++ray) {
      seen[ray] = emitted[ray] * passed[ray] * decay(halves[ray]);
      waterDepth[ray] = (depth[ray] + halves[ray]) * perOpticalDepthMm_;
    }
  }

  void pass(const std::vector<float>& half) {
    const float* __restrict halves = half.data();
    float* __restrict passed = transmission_.data();
    float* __restrict depth = opticalDepth_.data();
    for (std::size_t ray = 0; ray < half.size(); ++ray) {
      passed[ray] *= decay(2 * halves[ray]);
      depth[ray] += 2 * halves[ray];
    }
  }

 private:
  std::vector<float> transmission_, opticalDepth_;
  float perOpticalDepthMm_;
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

}  // namespace

SeenPlanes seenPlanes(const image::Volume& activityMBq, const Medium& medium, const HeadPosition& head) {
  const image::Volume activity = activitySeenFrom(head, activityMBq);
  const image::VoxelGrid& grid = activity.grid();
  SeenPlanes result;
  result.volume = {0, 0, static_cast<std::ptrdiff_t>(grid.rows), static_cast<std::ptrdiff_t>(grid.columns)};
  result.support = supportOf(activity);
  result.voxelMm = grid.voxelMm;
  result.leftU = grid.corner.x;
  result.topZ = grid.corner.z;
  result.nearestMm = std::max(grid.y(0), 0.0);
  result.farthestMm = std::max(grid.y(static_cast<double>(grid.slices) - 1), 0.0);
  if (result.support.empty()) return result;
  const bool air = medium.attenuationPerMm.values().empty();
  if (!air) requireSameGrid(medium.attenuationPerMm.grid(), activityMBq.grid());
  const image::Volume attenuation =
      air ? image::Volume() : attenuationSeenFrom(head, medium.attenuationPerMm);
  Rays rays(result.support.cells(), medium.attenuationOfWaterPerMm());
  std::vector<float> half(result.support.cells(), 0.0F);
  for (std::size_t slice = 0; slice < grid.slices; ++slice) {
    if (!air) {
      half = cut(attenuation.slice(slice), grid.columns, result.support);
      for (float& value : half) value *= static_cast<float>(grid.voxelMm / 2);
    }
    SeenPlanes::One plane;
    plane.emitted = cut(activity.slice(slice), grid.columns, result.support);
    if (anyActivity(plane.emitted)) {
      plane.distanceMm = distanceOfActivity(grid, slice);
      rays.look(half, plane);
      result.planes.push_back(std::move(plane));
    }
    if (!air) rays.pass(half);
  }
  return result;
}

}  // namespace remnant::projection

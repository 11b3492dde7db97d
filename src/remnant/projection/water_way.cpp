#include "remnant/projection/water_way.h"

#include <vector>

#include "remnant/projection/gaussian_blur.h"

namespace remnant::projection {
namespace {

/// Growth of the variance between parting ways, mm^2 for each mm of depth: 15 mm apart after 30.
constexpr double kPartingMm = 8;

/// Of a voxel that is half tissue, half air.
constexpr float kSkinDensity = 0.5F;

}  // namespace

image::Volume waterDepths(const Medium& medium) {
  const image::VoxelGrid& grid = medium.attenuationPerMm.grid();
  image::Volume depths(grid);
  const auto halfStep = static_cast<float>(grid.voxelMm / medium.attenuationOfWaterPerMm() / 2);
  std::vector<float> passed(grid.rows * grid.columns);
  for (std::size_t slice = 0; slice < grid.slices; ++slice) {
    const auto attenuation = medium.attenuationPerMm.slice(slice);
    const auto depth = depths.slice(slice);
    for (std::size_t ray = 0; ray < passed.size(); ++ray) {
      const float half = halfStep * attenuation[ray];
      depth[ray] = passed[ray] + half;
      passed[ray] += 2 * half;
    }
  }
  return depths;
}

image::Volume excessDensity(const Medium& medium) {
  const image::Volume& attenuation = medium.attenuationPerMm;
  const std::size_t area = attenuation.grid().rows * attenuation.grid().columns;
  const auto perWater = static_cast<float>(1 / medium.attenuationOfWaterPerMm());
  image::Volume excess(attenuation.grid());
  const std::size_t end = excess.values().size();
  for (std::size_t ray = 0; ray < area; ++ray) {
    std::size_t first = ray, last = end + ray;
    while (first < end && attenuation.values()[first] * perWater < kSkinDensity) first += area;
    while (last > first && attenuation.values()[last - area] * perWater < kSkinDensity) last -= area;
    // What the skin cuts is not full.
    for (std::size_t voxel = first + area; voxel + area < last; voxel += area)
      excess.values()[voxel] = attenuation.values()[voxel] * perWater - 1;
  }
  return excess;
}

image::Volume excessOfWater(const Medium& medium) {
  const image::VoxelGrid& grid = medium.attenuationPerMm.grid();
  const image::Volume density = excessDensity(medium);
  const auto half = static_cast<float>(grid.voxelMm / 2);
  const std::size_t area = grid.rows * grid.columns;
  image::Volume excess(grid);
  Plane passed(
      Region{0, 0, static_cast<std::ptrdiff_t>(grid.rows), static_cast<std::ptrdiff_t>(grid.columns)});
  for (std::size_t slice = 0; slice < grid.slices; ++slice) {
    const auto here = excess.slice(slice);
    if (slice > 0) blur(passed, kPartingMm / grid.voxelMm);
    for (std::size_t ray = 0; ray < area; ++ray) {
      const float ofHalf = half * density.values()[slice * area + ray];
      here[ray] = passed.row(0)[ray] + ofHalf;
      passed.row(0)[ray] += 2 * ofHalf;
    }
  }
  return excess;
}

}  // namespace remnant::projection

#include "remnant/quantify/background_shape.h"

#include <algorithm>

#include "remnant/projection/projector.h"

namespace remnant::quantify {
namespace {

/// Attenuation over water's above which a voxel is tissue.
constexpr float kTissue = 0.5F;

/// Points whose distance before the collimator is at least a voxel.
bool isBeforeHead(const projection::HeadPosition& head, const image::Point& point, double voxelMm) {
  return projection::seenFrom(head, point).distanceMm > voxelMm;
}

image::Volume evenActivity(const projection::Medium& map, const projection::HeadPosition& head) {
  const image::VoxelGrid& grid = map.attenuationPerMm.grid();
  const float least = kTissue * static_cast<float>(map.attenuationOfWaterPerMm());
  image::Volume activity(grid);
  for (std::size_t slice = 0; slice < grid.slices; ++slice)
    for (std::size_t row = 0; row < grid.rows; ++row)
      for (std::size_t column = 0; column < grid.columns; ++column)
        if (map.attenuationPerMm.at(slice, row, column) > least &&
            isBeforeHead(head, {grid.x(static_cast<double>(column)), grid.y(static_cast<double>(slice)), 0},
                         grid.voxelMm))
          activity.at(slice, row, column) = 1;
  return activity;
}

}  // namespace

image::Image evenBackground(const projection::Medium& map, const CalibratedView& view,
                            const BackgroundShapeConfig& config) {
  image::Image shape =
      projection::project(evenActivity(map, view.head), map, view.head, view.picture, {view.model}).front();
  auto& pixels = shape.pixels();
  const float most = *std::max_element(pixels.begin(), pixels.end());
  const float elsewhere = most > 0 ? static_cast<float>(config.elsewhereShare) * most : 1;
  for (float& pixel : pixels) pixel = std::max(pixel, 0.F) + elsewhere;
  return shape;
}

}  // namespace remnant::quantify

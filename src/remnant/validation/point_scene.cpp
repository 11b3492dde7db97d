#include "remnant/validation/point_scene.h"

namespace remnant::validation {

physics::PointResponse technetiumResponse() {
  physics::PointResponse response;
  response.window = physics::windowAround(140.51, 20);
  response.keV = 140.51;
  response.collimator = {"Siemens LEHR", 1.11, 0.16, 24.05};
  response.coreCpsPerMBq = 100;
  return response;
}

projection::WindowModel coreWindow(const physics::PointResponse& response) {
  static const physics::ScatterKernel kernel(physics::nuclideNamed("Tc-99m"),
                                             physics::windowAround(140.51, 20), {});
  return {response, kernel};
}

projection::ProjectorConfig coreOnly() {
  projection::ProjectorConfig config;
  config.scatter = projection::ScatterModel::kNone;
  config.tails = false;
  return config;
}

image::VoxelGrid sceneGrid(std::size_t columns, std::size_t rows, std::size_t slices) {
  return {columns, rows, slices, 2, {-static_cast<double>(columns), 0, 0}};
}

projection::Medium waterIn(const image::VoxelGrid& grid) {
  projection::Medium medium{image::Volume(grid), 140.51};
  medium.attenuationPerMm = image::Volume(grid, static_cast<float>(medium.attenuationOfWaterPerMm()));
  return medium;
}

projection::Picture pictureOf(const image::VoxelGrid& grid) {
  return {grid.rows, grid.columns, grid.voxelMm, 0, grid.corner.z};
}

Moments::Moments(const image::Image& image) {
  for (std::size_t y = 0; y < image.rows(); ++y)
    for (std::size_t x = 0; x < image.columns(); ++x) {
      const double value = image.at(y, x), atRow = static_cast<double>(y), atColumn = static_cast<double>(x);
      sum += value;
      row += value * atRow;
      column += value * atColumn;
      columnVariance += value * atColumn * atColumn;
    }
  row /= sum;
  column /= sum;
  columnVariance = columnVariance / sum - column * column;
}

image::Image pointInAir(double distanceMm, const physics::PointResponse& response) {
  image::Volume activity(sceneGrid(81, 81, 1));
  activity.at(0, 40, 40) = 1;
  // The voxel's middle is 1 mm behind the grid's front.
  return projection::project(activity, {}, {0, distanceMm - 1}, pictureOf(activity.grid()),
                             {coreWindow(response)}, coreOnly())
      .front();
}

}  // namespace remnant::validation

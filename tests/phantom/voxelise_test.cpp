#include "remnant/phantom/voxelise.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <numeric>

namespace remnant::phantom {
namespace {

using physics::Material;

image::VoxelGrid gridAround(double halfMm, double voxelMm) {
  const auto count = static_cast<std::size_t>(2 * halfMm / voxelMm);
  return {count, count, count, voxelMm, {-halfMm, -halfMm, -halfMm}};
}

double sumOf(const image::Volume& volume) {
  return std::accumulate(volume.values().begin(), volume.values().end(), 0.0);
}

Point centroidOf(const image::Volume& volume) {
  const auto& grid = volume.grid();
  Point centroid;
  for (std::size_t slice = 0; slice < grid.slices; ++slice)
    for (std::size_t row = 0; row < grid.rows; ++row)
      for (std::size_t column = 0; column < grid.columns; ++column) {
        const double value = volume.at(slice, row, column);
        centroid.x += value * grid.x(static_cast<double>(column));
        centroid.y += value * grid.y(static_cast<double>(slice));
        centroid.z += value * grid.z(static_cast<double>(row));
      }
  const double sum = sumOf(volume);
  return {centroid.x / sum, centroid.y / sum, centroid.z / sum};
}

TEST(Rasterise, KeepsActivityAndCentroidFromPointsToOrgans) {
  const Point centre{1.3, -4.7, 7.9};
  for (const double radius : {0.3, 1.0, 2.5, 4.0, 9.0, 17.0}) {
    const image::Volume volume =
        rasterise({{Ellipsoid{centre, {radius, radius * 0.8, radius * 1.5}}, 3.7}}, gridAround(48, 2.4));
    EXPECT_NEAR(sumOf(volume), 3.7, 3.7e-5) << radius;
    const Point found = centroidOf(volume);
    EXPECT_NEAR(found.x, centre.x, 0.24) << radius;
    EXPECT_NEAR(found.y, centre.y, 0.24) << radius;
    EXPECT_NEAR(found.z, centre.z, 0.24) << radius;
  }
}

TEST(Rasterise, LosesWhatSticksOutOfTheGrid) {
  // Half of the ball lies beyond the grid's side.
  const image::Volume volume = rasterise({{Ellipsoid{{48, 0, 0}, {20, 20, 20}}, 2}}, gridAround(48, 2.4));
  EXPECT_NEAR(sumOf(volume), 1, 0.01);
}

TEST(Rasterise, CylinderHasItsActivity) {
  const Cylinder vessel{.x = 3, .y = 1, .semiX = 4, .semiY = 4, .topMm = -20, .bottomMm = 20};
  EXPECT_NEAR(sumOf(rasterise({{vessel, 0.8}}, gridAround(48, 2.4))), 0.8, 1e-5);
}

TEST(Voxelise, HoldsTheMaterialsByTheirVolume) {
  const Ellipsoid ball{{0.7, 0.2, -0.4}, {30, 30, 30}};
  const Solid bone{Ellipsoid{{0, 0, 0}, {10, 10, 10}}, Material::kBone, 0.9};
  const image::VoxelGrid grid = gridAround(48, 2.4);
  const projection::Medium medium = voxelise({{ball}, bone}, grid, 364.5);
  const double tissue = physics::attenuationPerMm(Material::kSoftTissue, 364.5);
  const double dense = 0.9 * physics::attenuationPerMm(Material::kBone, 364.5);
  EXPECT_FLOAT_EQ(medium.attenuationPerMm.at(20, 20, 20), static_cast<float>(dense));
  EXPECT_FLOAT_EQ(medium.attenuationPerMm.at(20, 20, 28), static_cast<float>(tissue));
  EXPECT_EQ(medium.attenuationPerMm.at(0, 0, 0), 0);
  const double expected = 4.0 / 3 * std::numbers::pi * (27000 * tissue + 1000 * (dense - tissue));
  EXPECT_NEAR(sumOf(medium.attenuationPerMm) * std::pow(2.4, 3), expected, 0.005 * expected);
}

TEST(AddBackground, IsConcentrationTimesPerfusionTimesVolume) {
  image::Volume activity(gridAround(48, 2.4));
  addBackground({{Ellipsoid{{0, 0, 0}, {30, 30, 30}}},
                 {Ellipsoid{{0, 0, 0}, {10, 10, 10}}, Material::kAir, 1, 0},
                 {Ellipsoid{{0, 20, 0}, {5, 5, 5}}, Material::kSoftTissue, 1, 3}},
                0.002, activity);
  const double ball = 4.0 / 3 * std::numbers::pi / 1000;  // ml for a radius cubed
  EXPECT_NEAR(sumOf(activity), 0.002 * ball * (27000 - 1000 + 2 * 125), 0.005 * 0.002 * ball * 27000);
}

// The depth that solids tell on a line is that of the voxel map.
TEST(Voxelise, OpticalDepthAgreesWithTheSolids) {
  const std::vector<Solid> solids{
      {Cylinder{.x = 0, .y = 0, .semiX = 65, .semiY = 60, .topMm = -60, .bottomMm = 60}},
      {Cylinder{.x = 0, .y = 18, .semiX = 14, .semiY = 14, .topMm = -60, .bottomMm = 60}, Material::kBone},
      {Cylinder{.x = 0, .y = -38, .semiX = 9, .semiY = 9, .topMm = -60, .bottomMm = 60}, Material::kAir},
  };
  const image::VoxelGrid grid{60, 40, 54, 2.4, {-72, -64.8, -48}};
  const projection::Medium medium = voxelise(solids, grid, 140.5);
  for (const Point point : {Point{2, -10, 0}, Point{20, -30, 5}, Point{-12, 40, 3}}) {
    const double map = projection::opticalDepth(medium, {.angleDegrees = 0, .planeMm = 150}, point) /
                       medium.attenuationOfWaterPerMm();
    EXPECT_NEAR(map, waterEquivalentDepthMm(solids, point, 140.5), 1.2) << point.x;
  }
}

}  // namespace
}  // namespace remnant::phantom

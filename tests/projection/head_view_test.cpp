#include "remnant/projection/head_view.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "projection/scenes.h"

namespace remnant::projection {
namespace {

struct Centroid {
  double sum = 0, u = 0, z = 0, distance = 0;
};

Centroid centroidOf(const image::Volume& volume) {
  Centroid centroid;
  const image::VoxelGrid& grid = volume.grid();
  for (std::size_t slice = 0; slice < grid.slices; ++slice)
    for (std::size_t row = 0; row < grid.rows; ++row)
      for (std::size_t column = 0; column < grid.columns; ++column) {
        const double value = volume.at(slice, row, column);
        centroid.sum += value;
        centroid.u += value * grid.x(static_cast<double>(column));
        centroid.z += value * grid.z(static_cast<double>(row));
        centroid.distance += value * grid.y(static_cast<double>(slice));
      }
  centroid.u /= centroid.sum;
  centroid.z /= centroid.sum;
  centroid.distance /= centroid.sum;
  return centroid;
}

TEST(HeadView, AVoxelLandsWhereTheHeadSeesIt) {
  image::Volume volume(gridOf(12, 5, 9));
  volume.at(6, 3, 2) = 2;
  const image::Point point{volume.grid().x(2), volume.grid().y(6), volume.grid().z(3)};
  for (const double angle : {0.0, 90.0, 180.0, 270.0, -90.0, 450.0, 33.0, 45.0, 200.5, 359.0}) {
    const HeadPosition head{angle, 150, 3, 7};
    const Centroid centroid = centroidOf(activitySeenFrom(head, volume));
    const SeenPoint seen = seenFrom(head, point);
    EXPECT_NEAR(centroid.sum, 2, 1e-6) << angle;
    EXPECT_NEAR(centroid.u, seen.u, 1e-4) << angle;
    EXPECT_NEAR(centroid.z, seen.z, 1e-4) << angle;
    EXPECT_NEAR(centroid.distance, seen.distanceMm, 1e-4) << angle;
  }
}

TEST(HeadView, QuarterTurnsOnlyMoveVoxels) {
  image::Volume volume(gridOf(6, 2, 4));
  std::iota(volume.values().begin(), volume.values().end(), 1.0F);
  for (const double angle : {0.0, 90.0, 180.0, 270.0}) {
    auto moved = activitySeenFrom({angle, 100}, volume).values();
    std::sort(moved.begin(), moved.end());
    EXPECT_EQ(moved, volume.values()) << angle;
  }
}

TEST(HeadView, UniformAttenuationStaysUniformInside) {
  const image::Volume volume(gridOf(20, 1, 20), 0.015F);
  const image::Volume turned = attenuationSeenFrom({30, 100, 0, 20}, volume);
  const image::VoxelGrid& grid = turned.grid();
  for (std::size_t slice = 0; slice < grid.slices; ++slice)
    for (std::size_t column = 0; column < grid.columns; ++column) {
      const double u = grid.x(static_cast<double>(column)), w = grid.y(static_cast<double>(slice)) - 100;
      // The circle inscribed in the square, around the axis.
      if (std::hypot(u, w) < 18) {
        EXPECT_NEAR(turned.at(slice, 0, column), 0.015, 1e-7);
      }
    }
}

}  // namespace
}  // namespace remnant::projection

#include "remnant/projection/seen_planes.h"

#include <gtest/gtest.h>

#include <cmath>

#include "projection/scenes.h"
#include "remnant/base/error.h"

namespace remnant::projection {
namespace {

TEST(SeenPlanes, HoldTheSupportAndThePlanesWithActivityOnly) {
  image::Volume activity(gridOf(10, 8, 6));
  activity.at(1, 2, 3) = 1;
  activity.at(4, 6, 7) = 2;
  const SeenPlanes planes = seenPlanes(activity, {}, {0, 50});
  EXPECT_EQ(planes.support, (Region{2, 3, 7, 8}));
  ASSERT_EQ(planes.planes.size(), 2U);
  EXPECT_DOUBLE_EQ(planes.planes[0].distanceMm, 53);
  EXPECT_DOUBLE_EQ(planes.planes[1].distanceMm, 59);
  EXPECT_EQ(planes.planes[0].seen[0], 1);
  EXPECT_DOUBLE_EQ(planes.nearestMm, 51);
  EXPECT_DOUBLE_EQ(planes.farthestMm, 61);
}

TEST(SeenPlanes, TheSupportIsMirroredFromBehind) {
  image::Volume activity(gridOf(10, 8, 6));
  activity.at(1, 2, 3) = 1;
  const SeenPlanes planes = seenPlanes(activity, {}, {180, 50});
  EXPECT_EQ(planes.support, (Region{2, 6, 3, 7}));
  // From the axis at y = 0 the plane at y = 3 lies 3 mm nearer.
  EXPECT_DOUBLE_EQ(planes.planes.at(0).distanceMm, 47);
}

TEST(SeenPlanes, DepthsAndTransmissionsAreThoseOfTheWaterBefore) {
  const image::VoxelGrid grid = gridOf(4, 4, 90, 3);
  Medium medium = waterOn(grid);
  const image::Volume activity(grid, 2.0F);
  const SeenPlanes planes = seenPlanes(activity, medium, {0, 10});
  ASSERT_EQ(planes.planes.size(), 90U);
  for (std::size_t plane = 0; plane < 90; ++plane) {
    const double depth = 3 * (static_cast<double>(plane) + 0.5);
    EXPECT_NEAR(planes.planes[plane].waterDepthMm[5], depth, 1e-3);
    EXPECT_NEAR(planes.planes[plane].seen[5] / (2 * std::exp(-medium.attenuationOfWaterPerMm() * depth)), 1,
                5e-5);
  }
}

TEST(SeenPlanes, GridsThatDifferAreADefect) {
  EXPECT_THROW(seenPlanes(image::Volume(gridOf(4, 4, 4), 1.0F), waterOn(gridOf(4, 4, 5)), {0, 50}),
               ProgramError);
}

}  // namespace
}  // namespace remnant::projection

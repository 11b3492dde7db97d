#include "remnant/projection/medium.h"

#include <gtest/gtest.h>

#include <cmath>

#include "projection/scenes.h"

namespace remnant::projection {
namespace {

/// Water between y = 40 and y = 120 mm, air around.
Medium slab() {
  Medium medium{image::Volume(gridOf(40, 10, 80)), 140.5};
  for (std::size_t slice = 20; slice < 60; ++slice)
    for (float& value : medium.attenuationPerMm.slice(slice))
      value = static_cast<float>(medium.attenuationOfWaterPerMm());
  return medium;
}

TEST(Medium, WaterEquivalentDepthInASlabIsTheDepth) {
  const Medium medium = slab();
  const double water = medium.attenuationOfWaterPerMm();
  for (const double depth : {5.0, 13.0, 40.0, 71.0}) {
    const image::Point point{1, 40 + depth, 9};
    EXPECT_NEAR(opticalDepth(medium, {0, 200, 0, 80}, point) / water, depth, 0.05) << depth;
    EXPECT_NEAR(opticalDepth(medium, {180, 200, 0, 80}, point) / water, 80 - depth, 0.05) << depth;
  }
}

TEST(Medium, AnObliqueRayPassesTheSlabObliquely) {
  const Medium medium = slab();
  const image::Point point{0, 60, 9};
  const double angle = 30;
  EXPECT_NEAR(opticalDepth(medium, {angle, 200, 0, 80}, point) / medium.attenuationOfWaterPerMm(),
              20 / std::cos(angle * 3.14159265358979 / 180), 0.1);
}

TEST(Medium, TheSkinIsWhereTheSlabBegins) {
  const Medium medium = slab();
  for (const double depth : {7.0, 33.0}) {
    const image::Point skin = skinTowards(medium, {0, 200, 0, 80}, {3, 40 + depth, 9});
    EXPECT_NEAR(skin.x, 3, 1e-9);
    EXPECT_NEAR(skin.z, 9, 1e-9);
    // physics.md section 9, test 15: within half a voxel.
    EXPECT_NEAR(skin.y, 40, 1);
    EXPECT_NEAR(skinTowards(medium, {180, 200, 0, 80}, {3, 40 + depth, 9}).y, 120, 1);
  }
}

TEST(Medium, APointInAirBeforeAllTissueIsItsOwnSkin) {
  const image::Point skin = skinTowards(slab(), {0, 200, 0, 80}, {3, 20, 9});
  EXPECT_EQ(skin.y, 20);
}

TEST(Medium, AnEmptyMediumIsAir) {
  EXPECT_EQ(opticalDepth(Medium{}, {}, {0, 50, 0}), 0);
  EXPECT_EQ(skinTowards(Medium{}, {}, {0, 50, 0}).y, 50);
}

}  // namespace
}  // namespace remnant::projection

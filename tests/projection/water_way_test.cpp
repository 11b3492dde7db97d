#include "remnant/projection/water_way.h"

#include <gtest/gtest.h>

namespace remnant::projection {
namespace {

/// A block of a density with air around it: slices 2 to 13 of 16, all rows and columns.
Medium block(float density = 1) {
  Medium medium{image::Volume({24, 24, 16, 4, {}}), 140.51};
  const auto water = static_cast<float>(medium.attenuationOfWaterPerMm());
  for (std::size_t slice = 2; slice < 14; ++slice)
    for (float& value : medium.attenuationPerMm.slice(slice)) value = density * water;
  return medium;
}

TEST(WaterWay, DepthCountsWaterToTheVoxelsMiddle) {
  const image::Volume depths = waterDepths(block(1.5F));
  EXPECT_FLOAT_EQ(depths.at(1, 12, 12), 0);
  EXPECT_FLOAT_EQ(depths.at(2, 12, 12), 1.5F * 2);
  EXPECT_FLOAT_EQ(depths.at(6, 12, 12), 1.5F * 18);
  EXPECT_FLOAT_EQ(depths.at(15, 12, 12), 1.5F * 48);
}

TEST(WaterWay, BodyOfWaterHasNoExcessAnywhere) {
  const image::Volume excess = excessOfWater(block());
  for (float value : excess.values()) EXPECT_NEAR(value, 0, 1e-5);
}

// What the skin cuts is half a voxel of tissue, no light matter.
TEST(WaterWay, VoxelsCutByTheSkinHaveNoExcess) {
  Medium medium = block();
  const auto water = static_cast<float>(medium.attenuationOfWaterPerMm());
  for (const std::size_t skin : {std::size_t{2}, std::size_t{13}})
    for (float& value : medium.attenuationPerMm.slice(skin)) value = 0.6F * water;
  for (float& value : medium.attenuationPerMm.slice(7)) value = 1.5F * water;
  const image::Volume excess = excessDensity(medium);
  EXPECT_EQ(excess.at(2, 12, 12), 0);
  EXPECT_EQ(excess.at(13, 12, 12), 0);
  EXPECT_NEAR(excess.at(6, 12, 12), 0, 1e-6);
  EXPECT_NEAR(excess.at(7, 12, 12), 0.5, 1e-6);
}

// Five voxels of air, 20 mm, across all rows and columns: whatever way is gone, in the middle 20 mm lack.
TEST(WaterWay, AirInsideLacksAndAirOutsideDoesNot) {
  Medium medium = block();
  for (std::size_t slice = 4; slice < 9; ++slice)
    for (float& value : medium.attenuationPerMm.slice(slice)) value = 0;
  const image::Volume excess = excessOfWater(medium);
  EXPECT_NEAR(excess.at(3, 12, 12), 0, 1e-5);
  EXPECT_NEAR(excess.at(4, 12, 12), -2, 0.01);
  EXPECT_NEAR(excess.at(9, 12, 12), -20, 0.2);
}

// A narrow hole is passed by fewer and fewer ways.
TEST(WaterWay, HoleMattersLessFurtherBehind) {
  Medium medium = block();
  for (std::size_t row = 10; row < 14; ++row)
    for (std::size_t column = 10; column < 14; ++column) medium.attenuationPerMm.at(4, row, column) = 0;
  const image::Volume excess = excessOfWater(medium);
  EXPECT_LT(excess.at(5, 12, 12), -2);
  EXPECT_GT(excess.at(13, 12, 12), 0.5 * excess.at(5, 12, 12));
  EXPECT_LT(excess.at(13, 12, 12), 0);
}

}  // namespace
}  // namespace remnant::projection

#include <cmath>

#include <gtest/gtest.h>

#include "remnant/quantify/neck_optics.h"
#include "support/refusal_code.h"

namespace remnant::quantify {
namespace {

using projection::HeadPosition;

const HeadPosition kAnterior{.angleDegrees = 0}, kPosterior{.angleDegrees = 180};

projection::Medium slabOfWater() {
  // 10 to 90 mm of water before and behind air.
  image::VoxelGrid grid{.columns = 30, .rows = 30, .slices = 50, .voxelMm = 2, .corner = {-30, 0, 0}};
  projection::Medium medium{image::Volume(grid), 364.5};
  const auto water = static_cast<float>(medium.attenuationOfWaterPerMm());
  for (std::size_t slice = 5; slice < 45; ++slice)
    for (float& value : medium.attenuationPerMm.slice(slice)) value = water;
  return medium;
}

TEST(MapOptics, ASlabOfWaterHasItsThicknessAndDepths) {
  const auto optics = opticsFromMap(slabOfWater(), 0.03);
  const double water = optics->waterAttenuationPerMm();
  const Column column = optics->columnAt(1, 31);
  EXPECT_NEAR(column.anteriorSkinY, 10, 0.1);
  EXPECT_NEAR(column.thicknessMm, 80, 0.2);
  const image::Point point{1, 30, 31};
  EXPECT_NEAR(optics->ray(point, kAnterior).opticalDepth, 20 * water, 0.2 * water);
  EXPECT_NEAR(optics->ray(point, kPosterior).opticalDepth, 60 * water, 0.2 * water);
  EXPECT_NEAR(optics->ray(point, kAnterior).slopePerMm, water, 0.01 * water);
  EXPECT_NEAR(optics->ray(point, kPosterior).slopePerMm, -water, 0.01 * water);
}

TEST(MapOptics, TheMapsErrorIsCommonToBothHeadsAndAPlainSlabHasNoneOfPlace) {
  const auto optics = opticsFromMap(slabOfWater(), 0.03);
  const double water = optics->waterAttenuationPerMm();
  const image::Point point{1, 30, 31};
  const auto front = optics->opticalDepthErrors(point, kAnterior),
             back = optics->opticalDepthErrors(point, kPosterior);
  EXPECT_NEAR(front[0], 0.03 * 20 * water, 0.01 * water);
  EXPECT_NEAR(back[0], 0.03 * 60 * water, 0.01 * water);
  EXPECT_NEAR(front[1], 0, 1e-5);
  EXPECT_NEAR(front[2], 0, 1e-5);
  EXPECT_EQ(front[4], 0) << "the skin of the back is not on the anterior ray";
  EXPECT_EQ(back[3], 0);
  EXPECT_NEAR(front[3], water * 2 / std::sqrt(12.0), 1e-12);
}

TEST(MapOptics, RefusesWhatIsNoMap) {
  EXPECT_EQ(testing::refusalCodeOf([] { opticsFromMap({}, 0.01); }), "empty-map");
  EXPECT_EQ(testing::refusalCodeOf([] { opticsFromMap(slabOfWater(), -1); }), "bad-uncertainty");
}

}  // namespace
}  // namespace remnant::quantify

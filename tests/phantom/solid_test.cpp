#include "remnant/phantom/solid.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace remnant::phantom {
namespace {

using physics::Material;

TEST(Cylinder, SpanIsTheChordOfTheEllipse) {
  const Cylinder cylinder{.x = 5, .y = -3, .semiX = 20, .semiY = 10, .topMm = 0, .bottomMm = 50};
  const auto span = cylinder.spanAt(5 + 12, 10);  // at 0.6 of the half width: 0.8 of the depth
  ASSERT_TRUE(span);
  EXPECT_NEAR(span->front, -3 - 8, 1e-12);
  EXPECT_NEAR(span->back, -3 + 8, 1e-12);
  EXPECT_FALSE(cylinder.spanAt(26, 10));
  EXPECT_FALSE(cylinder.spanAt(5, 51));
}

TEST(Cylinder, VolumeIsThatOfEllipseAndNearsTheRectangle) {
  Cylinder cylinder{.x = 0, .y = 0, .semiX = 20, .semiY = 10, .topMm = 0, .bottomMm = 50};
  EXPECT_NEAR(cylinder.volumeMl(), std::numbers::pi * 20 * 10 * 50 / 1000, 1e-9);
  cylinder.exponent = 60;
  EXPECT_NEAR(cylinder.volumeMl(), 4 * 20 * 10 * 50 / 1000.0, 0.1);
}

TEST(SkinAt, IsTheOutlineOfAllThatIsNotAir) {
  const std::vector<Solid> solids{
      {Ellipsoid{{0, 0, 0}, {50, 40, 50}}},
      {Ellipsoid{{0, -45, 0}, {10, 10, 10}}, Material::kAir},
      {Ellipsoid{{0, 30, 0}, {10, 20, 10}}, Material::kBone},
  };
  const auto skin = skinAt(solids, 0, 0);
  ASSERT_TRUE(skin);
  EXPECT_NEAR(skin->front, -40, 1e-12);
  EXPECT_NEAR(skin->back, 50, 1e-12);
  EXPECT_FALSE(skinAt(solids, 60, 0));
}

// Water of 40 mm before the point, of which a trachea takes 10 mm, painted over bone of 6 mm behind it.
TEST(WaterEquivalentDepth, CountsWhatWasPaintedLast) {
  const auto slab = [](double front, double back, Material material) {
    return Solid{Cylinder{.x = 0,
                          .y = (front + back) / 2,
                          .semiX = 500,
                          .semiY = (back - front) / 2,
                          .topMm = -10,
                          .bottomMm = 10},
                 material};
  };
  const std::vector<Solid> solids{slab(-60, 60, Material::kWater), slab(-40, -26, Material::kBone),
                                  slab(-50, -34, Material::kAir)};
  const double bone =
      physics::attenuationPerMm(Material::kBone, 140.5) / physics::attenuationPerMm(Material::kWater, 140.5);
  const double air =
      physics::attenuationPerMm(Material::kAir, 140.5) / physics::attenuationPerMm(Material::kWater, 140.5);
  EXPECT_NEAR(waterEquivalentDepthMm(solids, {0, 0, 0}, 140.5), 10 + 16 * air + 8 * bone + 26, 1e-9);
  EXPECT_NEAR(waterEquivalentDepthMm(solids, {0, -45, 0}, 140.5), 10 + 5 * air, 1e-9);
  EXPECT_EQ(waterEquivalentDepthMm(solids, {0, -61, 0}, 140.5), 0);
}

}  // namespace
}  // namespace remnant::phantom

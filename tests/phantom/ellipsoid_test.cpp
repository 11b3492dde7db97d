#include "remnant/phantom/ellipsoid.h"

#include <gtest/gtest.h>

#include <numbers>

namespace remnant::phantom {
namespace {

TEST(Ellipsoid, SpanThroughTheCentreIsTheWholeAxis) {
  const Ellipsoid solid{{1, 2, 3}, {10, 20, 30}};
  const auto span = solid.spanAt(1, 3);
  ASSERT_TRUE(span);
  EXPECT_DOUBLE_EQ(span->front, -18);
  EXPECT_DOUBLE_EQ(span->back, 22);
}

TEST(Ellipsoid, SpanAwayFromTheCentreFollowsTheSphere) {
  const Ellipsoid sphere{{0, 0, 0}, {5, 5, 5}};
  const auto span = sphere.spanAt(3, 0);
  ASSERT_TRUE(span);
  EXPECT_DOUBLE_EQ(span->length(), 2 * 4);  // 3, 4, 5
}

TEST(Ellipsoid, LinesOutsideMiss) {
  const Ellipsoid sphere{{0, 0, 0}, {5, 5, 5}};
  EXPECT_FALSE(sphere.spanAt(4, 4));
  EXPECT_FALSE(sphere.spanAt(0, -5.001));
}

TEST(Ellipsoid, VolumeOfASphere) {
  const Ellipsoid sphere{{0, 0, 0}, {10, 10, 10}};
  EXPECT_NEAR(sphere.volumeMl(), 4 * std::numbers::pi / 3, 1e-12);
}

TEST(Ellipsoid, OvoidHasTheAskedVolumeAndStretch) {
  const Ellipsoid solid = ovoid({1, 2, 3}, 0.7, 1.6);
  EXPECT_NEAR(solid.volumeMl(), 0.7, 1e-12);
  EXPECT_NEAR(solid.semiAxes.z / solid.semiAxes.x, 1.6, 1e-12);
}

}  // namespace
}  // namespace remnant::phantom

#include "remnant/standardise/silhouette.h"

#include <gtest/gtest.h>

#include "remnant/standardise/body_contour.h"
#include "standardise/synthetic_body.h"

namespace remnant::standardise {
namespace {

using image::Counts;
using testing::kPixelMm;
using testing::SyntheticBody;

/// The body is drawn 1700 mm long. Its trunk is 400 mm wide without arms, its shoulders begin 290 to 340 mm
/// below the vertex, where the silhouette has them at 0.178 to 0.225 of its stature.
void expectOnTheBody(const SyntheticBody& body, double toleranceMm) {
  const auto found = findSilhouette(testing::syntheticView(body, 0), kPixelMm, kPixelMm);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->headFirst);
  EXPECT_NEAR(found->midlineMm, testing::kMidlineMm, 8);
  EXPECT_NEAR(found->vertexMm + found->shape.headLoweredMm, testing::kTopMm, toleranceMm);
  EXPECT_NEAR(found->vertexMm + 0.2 * found->shape.statureMm, testing::kTopMm + 315, toleranceMm);
}

TEST(Silhouette, LiesOnTheBodyItWasDrawnFrom) {
  expectOnTheBody({.bodyCounts = 8}, 25);
}

TEST(Silhouette, StandsOutOfTheRoomAtAFewTenthsOfACountAPixel) {
  expectOnTheBody({.bodyCounts = 0.3, .roomCounts = 0.05}, 35);
}

TEST(Silhouette, IsNotDrawnToTheBladder) {
  expectOnTheBody({.bodyCounts = 1, .bladderCounts = 2000}, 30);
}

/// Haze of more counts than the body has, of exponential fall (physics of septal penetration: 2 and 7 cm)
/// and with six rays.
TEST(Silhouette, StandsTheHazeOfAHotRemnant) {
  for (const std::uint64_t seed : {1u, 2u, 3u})
    expectOnTheBody({.bodyCounts = 1, .roomCounts = 0.3, .hazeCounts = 6, .seed = seed}, 40);
}

TEST(Silhouette, OfAnEmptyImageIsNone) {
  EXPECT_FALSE(findSilhouette(Counts(), kPixelMm, kPixelMm));
  EXPECT_FALSE(findSilhouette(Counts(64, 64, 0), kPixelMm, kPixelMm));
  EXPECT_FALSE(findSilhouette(Counts(64, 64, -5), kPixelMm, kPixelMm));
}

TEST(Silhouette, IsNotSeenInARoomWithoutABody) {
  const SyntheticBody nobody{.bodyCounts = 0, .roomCounts = 0.4};
  EXPECT_FALSE(findSilhouette(testing::syntheticView(nobody, 0), kPixelMm, kPixelMm));
  const SyntheticBody source{.bodyCounts = 0, .roomCounts = 0.4, .hazeCounts = 20};
  EXPECT_FALSE(findSilhouette(testing::syntheticView(source, 0), kPixelMm, kPixelMm));
}

}  // namespace
}  // namespace remnant::standardise

#include "remnant/standardise/outline.h"

#include <gtest/gtest.h>

#include "standardise/synthetic_body.h"

namespace remnant::standardise {
namespace {

using image::Counts;
using testing::kPixelMm;
using testing::SyntheticBody;

/// The width of the outline against the width the body was drawn with, in millimetres below the vertex.
void expectWidths(const SyntheticBody& body, double toleranceMm) {
  const auto outline = findOutline(testing::syntheticView(body, 0), kPixelMm, kPixelMm);
  ASSERT_TRUE(outline);
  for (const double z : {60.0, 110.0, 180.0, 255.0, 400.0, 600.0}) {
    const auto row = static_cast<std::size_t>((testing::kTopMm + z) / kPixelMm);
    ASSERT_TRUE(outline->rows[row]) << z;
    EXPECT_NEAR(outline->rows[row]->width() * kPixelMm, 2 * testing::halfWidthMm(z), toleranceMm) << z;
    EXPECT_NEAR((outline->rows[row]->centre()) * kPixelMm, testing::kMidlineMm, toleranceMm / 2) << z;
  }
}

TEST(Outline, FollowsTheBodyItWasDrawnFrom) {
  expectWidths({.bodyCounts = 8}, 16);
}

TEST(Outline, StandsOutOfTheRoomAtAFewTenthsOfACountAPixel) {
  expectWidths({.bodyCounts = 0.3, .roomCounts = 0.05}, 45);
}

TEST(Outline, IsNotDrawnToTheBladder) {
  expectWidths({.bodyCounts = 1, .bladderCounts = 2000}, 30);
}

TEST(Outline, OfAnEmptyImageIsNone) {
  EXPECT_FALSE(findOutline(Counts(), kPixelMm, kPixelMm));
  EXPECT_FALSE(findOutline(Counts(64, 64, 0), kPixelMm, kPixelMm));
  EXPECT_FALSE(findOutline(Counts(64, 64, -5), kPixelMm, kPixelMm));
}

TEST(SmoothedCounts, KeepsTheSumAwayFromTheEdgesAndTakesNegativeValuesForZero) {
  Counts counts(101, 101);
  counts.at(50, 50) = 1000;
  counts.at(40, 40) = -300;
  const image::Image smooth = smoothedCounts(counts, 3, 5);
  double sum = 0;
  for (const float value : smooth.pixels()) sum += static_cast<double>(value);
  EXPECT_NEAR(sum, 1000, 0.01);
  // A Gaussian of these widths peaks at 1 / (2 pi sigma sigma), but for the tails cut at three sigma.
  EXPECT_NEAR(smooth.at(50, 50), 1000 / (2 * 3.14159265 * 3 * 5), 0.1);
}

}  // namespace
}  // namespace remnant::standardise

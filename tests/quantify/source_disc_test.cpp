#include "remnant/quantify/source_disc.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace remnant::quantify {
namespace {

image::Counts spot(double row, double column, double background) {
  image::Counts counts(64, 64);
  for (std::size_t r = 0; r < 64; ++r)
    for (std::size_t c = 0; c < 64; ++c) {
      const double y = static_cast<double>(r) - row, x = static_cast<double>(c) - column;
      counts.at(r, c) =
          static_cast<std::int32_t>(std::lround(background + 10000 * std::exp(-(x * x + y * y) / 8)));
    }
  return counts;
}

TEST(DiscAboutSource, StandsOnTheCentroid) {
  const auto disc = discAboutSource(spot(30.4, 21.7, 0), 8);
  ASSERT_TRUE(disc);
  EXPECT_NEAR(disc->row, 30.4, 0.01);
  EXPECT_NEAR(disc->column, 21.7, 0.01);
  EXPECT_FALSE(discAboutSource(spot(30, 5, 0), 8));
}

TEST(CountsIn, ADiscAreItsAreaOfALevelPicture) {
  const image::Counts level(64, 64, 100);
  for (const double radius : {3.0, 7.3, 12.0})
    EXPECT_NEAR(countsIn(level, {30.3, 28.6, radius}) / (100 * std::numbers::pi * radius * radius), 1, 0.01);
}

/// Of a point: 1 - exp(-r^2 / 2 sigma^2) and 1 - (1 + r/lambda) exp(-r/lambda).
TEST(ShareInDisc, OfAPointIsTheClosedForm) {
  EXPECT_NEAR(coreShareInDisc(5, 0, 12), 1 - std::exp(-144.0 / 50), 1e-9);
  EXPECT_NEAR(tailShareInDisc(21, 0, 40), 1 - (1 + 40 / 21.0) * std::exp(-40 / 21.0), 1e-9);
  EXPECT_NEAR(coreShareInDisc(5, 0, 60), 1, 1e-9);
}

/// A sharp image of a disc of radius 30 in one of radius 15 holds a quarter of it.
TEST(ShareInDisc, OfAnExtendedSourceIsAnArea) {
  EXPECT_NEAR(coreShareInDisc(1e-6, 30, 15), 0.25, 1e-9);
  EXPECT_NEAR(coreShareInDisc(1e-6, 30, 31), 1, 1e-9);
}

}  // namespace
}  // namespace remnant::quantify

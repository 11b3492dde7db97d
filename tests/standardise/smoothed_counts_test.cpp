#include "remnant/standardise/smoothed_counts.h"

#include <gtest/gtest.h>

namespace remnant::standardise {
namespace {

using image::Counts;

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

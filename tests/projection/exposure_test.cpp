#include "remnant/projection/exposure.h"

#include <gtest/gtest.h>

#include <cmath>

#include "remnant/base/random.h"

namespace remnant::projection {
namespace {

TEST(Exposure, APixelsCountsAreTheFirstPoissonDrawOfItsStream) {
  const image::Image expected(4, 8, 20.0F);
  const image::Counts counts = drawCounts(expected, 7, 3, 1);
  for (std::uint32_t pixel = 0; pixel < 32; ++pixel) {
    RandomStream stream(7, 3, 1, pixel);
    EXPECT_EQ(counts.pixels()[pixel], static_cast<std::int32_t>(stream.poisson(20)));
  }
}

TEST(Exposure, NothingExpectedGivesNothingAndTooMuchStaysAtSixteenBits) {
  image::Image expected(1, 3, 0.0F);
  expected.at(0, 1) = -1e-6F;
  expected.at(0, 2) = 1e6F;
  const image::Counts counts = drawCounts(expected, 1, 0, 0);
  EXPECT_EQ(counts.pixels(), (std::vector<std::int32_t>{0, 0, 65535}));
}

TEST(Exposure, CountsHaveTheMeanAndVarianceOfPoisson) {
  const image::Image expected(200, 200, 3.0F);
  const image::Counts counts = drawCounts(expected, 11, 0, 0);
  double sum = 0, squares = 0;
  for (const std::int32_t count : counts.pixels()) {
    sum += count;
    squares += static_cast<double>(count) * count;
  }
  const double n = 40000, mean = sum / n, variance = squares / n - mean * mean;
  EXPECT_NEAR(mean, 3, 4 * std::sqrt(3 / n));
  // Variance of the sample variance of Poisson: (mean + 2 mean^2) / n.
  EXPECT_NEAR(variance, 3, 4 * std::sqrt((3 + 2 * 9) / n));
}

}  // namespace
}  // namespace remnant::projection

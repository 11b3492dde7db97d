#include "remnant/projection/gaussian_blur.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace remnant::projection {
namespace {

double momentOf(const std::vector<float>& taps, int order) {
  double sum = order == 0 ? taps[0] : 0;
  for (std::size_t tap = 1; tap < taps.size(); ++tap)
    sum += 2 * static_cast<double>(taps[tap]) * std::pow(static_cast<double>(tap), order);
  return sum;
}

TEST(GaussianBlur, TapsHaveSumOneAndTheVarianceAskedFor) {
  for (const double variance : {0.01, 0.1, 0.3, 0.6, 0.7, 1.0, 4.0, 50.0}) {
    const auto taps = gaussianTaps(variance);
    EXPECT_NEAR(momentOf(taps, 0), 1, 1e-6) << variance;
    // Cut at 4 sigma a Gaussian keeps 99.89 % of its variance.
    EXPECT_NEAR(momentOf(taps, 2) / variance, 1, 1.5e-3) << variance;
  }
}

TEST(GaussianBlur, NarrowTapsHaveTheHigherMomentsOfAGaussian) {
  for (const double variance : {0.01, 0.1, 0.3, 0.6}) {
    EXPECT_NEAR(momentOf(gaussianTaps(variance), 4), 3 * variance * variance, 1e-6) << variance;
    EXPECT_NEAR(momentOf(gaussianTaps(variance), 6), 15 * std::pow(variance, 3), 1e-5) << variance;
  }
}

/// The largest difference from the sampled Gaussian of that variance, over its peak.
double worstAgainstGaussian(const Plane& plane, double variance) {
  const double peak = 1 / (2 * std::numbers::pi * variance);
  double worst = 0;
  for (std::ptrdiff_t row = plane.region().top; row < plane.region().bottom; ++row)
    for (std::ptrdiff_t column = plane.region().left; column < plane.region().right; ++column) {
      const auto radius = static_cast<double>(row * row + column * column);
      const double expected = peak * std::exp(-radius / (2 * variance));
      worst = std::max(worst, std::abs(plane.row(row)[column - plane.region().left] - expected) / peak);
    }
  return worst;
}

TEST(GaussianBlur, ManyNarrowBlursMakeTheGaussianOfTheSummedVariance) {
  for (const double step : {0.03, 0.1, 0.25, 0.6, 1.2}) {
    Plane plane(Region{-20, -20, 21, 21});
    plane.row(0)[20] = 1;
    const int steps = static_cast<int>(std::round(6 / step));
    for (int index = 0; index < steps; ++index) blur(plane, step);
    EXPECT_LT(worstAgainstGaussian(plane, steps * step), 0.003) << step;
  }
}

TEST(GaussianBlur, WhatIsBlurredOutOfThePlaneIsLost) {
  Plane plane(Region{0, 0, 9, 9});
  plane.row(0)[0] = 1;
  blur(plane, 2);
  double sum = 0;
  for (const float value : plane.values()) sum += value;
  // A quarter of a Gaussian around the corner pixel: half of it a side and half of the middle tap.
  const double side = 0.5 + gaussianTaps(2)[0] / 2;
  EXPECT_NEAR(sum, side * side, 1e-5);
}

}  // namespace
}  // namespace remnant::projection

#include "remnant/quantify/ellipsoid_nodes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace remnant::quantify {
namespace {

/// Sum over all points of a function of (across, along).
template <class Function>
double mean(std::size_t count, const Function& function) {
  double sum = 0;
  for (const EllipsoidRow& row : ellipsoidRows(count))
    for (std::size_t k = 0; k < row.across.size(); ++k)
      sum += row.weight * row.shares[k] * function(row.across[k], row.along);
  return sum;
}

// Of a uniform ball of radius 1: E z^2 = 1/5, E z^4 = 3/35, E x^2 z^2 = 1/35 (its marginal is 3/4 (1 - z^2)).
TEST(EllipsoidRows, HaveTheMomentsOfAUniformBall) {
  for (std::size_t count = 2; count <= 16; ++count) {
    EXPECT_NEAR(mean(count, [](double, double) { return 1.0; }), 1, 1e-12);
    EXPECT_NEAR(mean(count, [](double, double z) { return z * z; }), 0.2, 1e-12) << count;
    EXPECT_NEAR(mean(count, [](double x, double) { return x * x; }), 0.2, 1e-12) << count;
  }
  for (std::size_t count = 3; count <= 16; ++count) {
    EXPECT_NEAR(mean(count, [](double, double z) { return std::pow(z, 4); }), 3.0 / 35, 1e-12) << count;
    EXPECT_NEAR(mean(count, [](double x, double) { return std::pow(x, 4); }), 3.0 / 35, 1e-12) << count;
    EXPECT_NEAR(mean(count, [](double x, double z) { return x * x * z * z; }), 1.0 / 35, 1e-12) << count;
  }
}

// The image of a ball of radius a at its middle, blurred by sigma: integral of (3 / 2 pi a^2) sqrt(1 -
// r^2/a^2) against the Gaussian, by Simpson's rule over the radius.
double blurredBallMiddle(double radius, double sigma) {
  const int steps = 20000;
  double sum = 0;
  for (int i = 0; i <= steps; ++i) {
    const double r = radius * i / steps;
    const double value =
        std::sqrt(std::max(0.0, 1 - r * r / (radius * radius))) * std::exp(-r * r / (2 * sigma * sigma)) * r;
    sum += value * (i == 0 || i == steps ? 1 : i % 2 ? 4 : 2);
  }
  return sum * radius / steps / 3 * 3 / (2 * std::numbers::pi * radius * radius) / (sigma * sigma);
}

TEST(RowsNeeded, LeaveNoTraceInTheBlur) {
  const double sigma = 2.5;
  for (const double radius : {1.0, 3.0, 6.0, 10.0, 15.0}) {
    const double middle = mean(rowsNeeded(radius, sigma), [&](double x, double z) {
      const double square = radius * radius * (x * x + z * z);
      return std::exp(-square / (2 * sigma * sigma)) / (2 * std::numbers::pi * sigma * sigma);
    });
    EXPECT_NEAR(middle / blurredBallMiddle(radius, sigma), 1, 3e-3) << radius;
  }
}

}  // namespace
}  // namespace remnant::quantify

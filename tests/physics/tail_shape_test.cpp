#include "remnant/physics/tail_shape.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace remnant::physics {
namespace {

/// GE HEGP for I-131 at 10 cm: physics.md 4, point 4.
PointResponse highEnergyResponse() {
  PointResponse response;
  response.keV = 364.49;
  response.collimator = {"GE HEGP", 4.0, 1.8, 66};
  response.coreCpsPerMBq = 23.4;
  response.tails = {{0.14, 21, 0.8}, {0.21, 66, 0.3}};
  response.coreFraction = 0.65;
  response.rayAngleDegrees = 15;
  return response;
}

/// The density of all tails convolved with the Gaussian by summing around the tails' own middle in polar
/// steps, which the exponential's peak and the narrow rays near it ask for.
double convolved(const PointResponse& response, double x, double z, double distance, double variance) {
  constexpr int kRadii = 250, kAngles = 480;
  const double reach = std::hypot(x, z) + 7 * std::sqrt(variance);
  const double from = std::max(0.0, std::hypot(x, z) - 7 * std::sqrt(variance));
  double sum = 0;
  for (int ring = 0; ring < kRadii; ++ring) {
    const double radius = from + (ring + 0.5) * (reach - from) / kRadii;
    for (int step = 0; step < kAngles; ++step) {
      const double angle = 2 * std::numbers::pi * (step + 0.5) / kAngles;
      const double atX = radius * std::cos(angle), atZ = radius * std::sin(angle);
      const double squared = (atX - x) * (atX - x) + (atZ - z) * (atZ - z);
      if (squared > 49 * variance) continue;
      double density = 0;
      for (std::size_t tail = 0; tail < response.tails.size(); ++tail)
        density += response.tails[tail].fraction * response.tailDensity(tail, atX, atZ, distance);
      sum += radius * density * std::exp(-squared / (2 * variance));
    }
  }
  return sum * (reach - from) / kRadii * 2 * std::numbers::pi / kAngles / (2 * std::numbers::pi * variance);
}

TEST(TailShape, IsTheTailsConvolvedWithTheGaussian) {
  const PointResponse response = highEnergyResponse();
  const auto shape = tailShapeOf(response);
  for (const double distance : {20., 250.})
    for (const double extra : {0., 16.}) {
      const double variance = std::pow(response.tailBlurMm(), 2) + extra;
      const TailProfile profile = shape->profile(distance, response.rayAngleDegrees, extra);
      for (const double radius : {0., 5., 14., 24., 60., 100., 160.})
        for (const double degrees : {15., 25., 45.}) {
          const double angle = degrees * std::numbers::pi / 180;
          const double x = radius * std::cos(angle), z = radius * std::sin(angle);
          EXPECT_NEAR(profile.density(x, z) / convolved(response, x, z, distance, variance), 1, 4e-3)
              << distance << ' ' << extra << ' ' << radius << ' ' << degrees;
        }
    }
}

TEST(TailShape, HoldsTheFractionsOfTheTails) {
  const PointResponse response = highEnergyResponse();
  for (const double distance : {20., 100., 250.}) {
    const TailProfile profile = tailShapeOf(response)->profile(distance, 0);
    double sum = 0;
    constexpr double kStep = 0.5;
    for (int ring = 0; kStep * ring < 12 * response.tailLengthMm(1, distance); ++ring)
      for (int turn = 0; turn < 60; ++turn) {
        const double radius = kStep * (ring + 0.5), angle = 2 * std::numbers::pi * (turn + 0.5) / 60;
        sum += radius * profile.density(radius * std::cos(angle), radius * std::sin(angle));
      }
    EXPECT_NEAR(sum * kStep * 2 * std::numbers::pi / 60 / 0.35, 1, 1e-3) << distance;
  }
}

TEST(TailShape, DerivativesAreThoseOfTheDensity) {
  const PointResponse response = highEnergyResponse();
  const auto shape = tailShapeOf(response);
  const double x = 12.3, z = -7.7, distance = 71, extra = 5, step = 1e-3;
  const auto value = [&](double dx, double dz, double db, double dv) {
    return shape->profile(distance + db, 15, extra + dv).density(x + dx, z + dz);
  };
  const TailDensity density = shape->profile(distance, 15, extra).at(x, z);
  EXPECT_NEAR(density.value, value(0, 0, 0, 0), 1e-12);
  const auto expectSlope = [&](double slope, double above, double below) {
    EXPECT_NEAR(slope / ((above - below) / (2 * step)), 1, 1e-3);
  };
  expectSlope(density.byU, value(step, 0, 0, 0), value(-step, 0, 0, 0));
  expectSlope(density.byZ, value(0, step, 0, 0), value(0, -step, 0, 0));
  expectSlope(density.byDistance, value(0, 0, step, 0), value(0, 0, -step, 0));
  expectSlope(density.byVariance, value(0, 0, 0, step), value(0, 0, 0, -step));
}

TEST(TailShape, IsMadeOnceForAllAnglesOfTheRays) {
  PointResponse response = highEnergyResponse();
  const auto first = tailShapeOf(response);
  response.rayAngleDegrees = 31;
  EXPECT_EQ(first, tailShapeOf(response));
  response.knownTailBlurMm = 2;
  EXPECT_NE(first, tailShapeOf(response));
}

}  // namespace
}  // namespace remnant::physics

#include "remnant/physics/point_response.h"

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
  return response;
}

/// A tail's integral between two radii.
double integral(const PointResponse& response, std::size_t tail, double fromMm, double toMm,
                double distanceMm) {
  constexpr int kRadii = 1500, kAngles = 180;
  double sum = 0;
  for (int ring = 0; ring < kRadii; ++ring) {
    const double radius = fromMm + (ring + 0.5) * (toMm - fromMm) / kRadii;
    for (int step = 0; step < kAngles; ++step) {
      const double angle = 2 * std::numbers::pi * (step + 0.5) / kAngles;
      sum +=
          radius * response.tailDensity(tail, radius * std::cos(angle), radius * std::sin(angle), distanceMm);
    }
  }
  return sum * (toMm - fromMm) / kRadii * 2 * std::numbers::pi / kAngles;
}

/// Section 9, test 12.
TEST(Tails, IntegrateToOneAtEveryDistance) {
  PointResponse response = highEnergyResponse();
  response.rayAngleDegrees = 15;
  for (const double distance : {20.0, 100.0, 250.0})
    for (const std::size_t tail : {0U, 1U})
      EXPECT_NEAR(integral(response, tail, 0, 20 * response.tailLengthMm(tail, distance), distance), 1, 1e-3);
}

TEST(Tails, RepeatEverySixtyDegreesAndPointAlongTheirAngle) {
  PointResponse response = highEnergyResponse();
  response.rayAngleDegrees = 15;
  auto at = [&](double degrees) {
    const double angle = degrees * std::numbers::pi / 180;
    return response.tailDensity(0, 50 * std::cos(angle), 50 * std::sin(angle), 100);
  };
  for (const double degrees : {-170.0, 3.0, 15.0, 31.0, 100.0})
    for (int turn = 1; turn < 6; ++turn) EXPECT_NEAR(at(degrees + 60 * turn) / at(degrees), 1, 1e-9);
  // The peak of a Gaussian of 6 degrees over 60: 60 / (6 sqrt(2 pi)) = 3.989; between the rays two of them
  // meet at five standard deviations.
  const double between = 2 * 3.98942 * std::exp(-12.5);
  EXPECT_NEAR(at(15) / at(45), (0.2 + 0.8 * 3.98942) / (0.2 + 0.8 * between), 1e-4);
}

TEST(Tails, LengthenWithTheDistance) {
  const PointResponse response = highEnergyResponse();
  EXPECT_NEAR(response.tailLengthMm(0, 100), 21, 1e-12);
  EXPECT_NEAR(response.tailLengthMm(1, 266), 66 * 2, 1e-9);  // (266 + 66) / (100 + 66)
  // Same shape, wider: density at twice the length and radius is a quarter.
  EXPECT_NEAR(response.tailDensity(1, 60, 20, 266) * 4, response.tailDensity(1, 30, 10, 100), 1e-12);
}

TEST(Tails, OfAHighEnergyCollimatorLeaveAFifthOutsideFourCentimetres) {
  const PointResponse response = highEnergyResponse();
  double outside = 0;
  for (const std::size_t tail : {0U, 1U})
    outside += response.tails[tail].fraction * (1 - integral(response, tail, 0, 40, 100));
  EXPECT_GE(outside, 0.15);
  EXPECT_LE(outside, 0.25);
}

TEST(Tails, AreBlurredByThePeriodOfTheHolesAndTheCrystal) {
  PointResponse response = highEnergyResponse();
  // Period 5.8 mm, from 10 cm through the middle of holes of 66 mm to 9 mm behind them; crystal 3.2 mm.
  const double holes = 5.8 * 175 / 133;
  EXPECT_NEAR(response.tailBlurMm(), std::sqrt(holes * holes + 3.2 * 3.2) / 2.35482, 1e-4);
  EXPECT_GT(response.tailBlurMm(), 3);
  EXPECT_LT(response.tailBlurMm(), 4);
  response.knownTailBlurMm = 2.5;
  EXPECT_EQ(response.tailBlurMm(), 2.5);
}

TEST(PointResponse, TotalIsCoreAndScaledTails) {
  PointResponse response = highEnergyResponse();
  EXPECT_NEAR(response.totalCpsPerMBq(), 23.4 / 0.65, 1e-9);
  response.tailScale = 1.6;
  EXPECT_NEAR(response.totalCpsPerMBq(), 23.4 + 1.6 * 23.4 * 0.35 / 0.65, 1e-9);
}

}  // namespace
}  // namespace remnant::physics

#include "remnant/physics/detector.h"

#include <gtest/gtest.h>

#include <cmath>

namespace remnant::physics {
namespace {

/// Section 1.2 of the specification, fit of Morphis 2021.
TEST(Detector, EnergyWidthsAreTheFitted) {
  EXPECT_NEAR(Detector().energyFwhmKeV(140.5), 14.7, 0.05);
  EXPECT_NEAR(Detector().energyFwhmKeV(364.5), 31.7, 0.1);
}

TEST(Detector, IntrinsicWidthFallsWithTheRootOfTheEnergyDownToItsLeast) {
  const Detector detector;
  EXPECT_NEAR(detector.intrinsicFwhmMmAt(140), detector.intrinsicFwhmMm, 1e-12);
  EXPECT_NEAR(detector.intrinsicFwhmMmAt(35), 2 * detector.intrinsicFwhmMm, 1e-12);
  EXPECT_NEAR(detector.intrinsicFwhmMmAt(364.5), 3.2, 1e-12);
}

TEST(Detector, WindowFractionIsTheNormalDistribution) {
  const Detector detector;
  const double width = detector.energyFwhmKeV(140.5);
  // Half of a Gaussian's area: +-0.6745 sigma; 76.10 % between the points of half maximum.
  EXPECT_NEAR(detector.windowFraction({140.5 - width / 2, 140.5 + width / 2}, 140.5), 0.76097, 1e-4);
  EXPECT_NEAR(detector.windowFraction({0, 140.5}, 140.5), 0.5, 1e-9);
  const double sigma = width / (2 * std::sqrt(2 * std::log(2)));
  EXPECT_NEAR(detector.windowFraction({140.5 - 1.959964 * sigma, 140.5 + 1.959964 * sigma}, 140.5), 0.95,
              1e-6);
  EXPECT_NEAR(detector.windowFraction({0, 1000}, 140.5), 1, 1e-12);
}

/// Section 1.3: sources S3, and what is derived from them.
TEST(Detector, PhotopeakEfficienciesAreTheTabulated) {
  const Detector detector;
  EXPECT_NEAR(detector.photopeakEfficiency(113), 0.944, 1e-9);
  EXPECT_NEAR(detector.photopeakEfficiency(140.5), 0.862, 1e-9);
  EXPECT_NEAR(detector.photopeakEfficiency(159), 0.76, 0.005);
  EXPECT_NEAR(detector.photopeakEfficiency(208), 0.545, 1e-9);
  EXPECT_NEAR(detector.photopeakEfficiency(364.5), 0.21, 0.005);
  EXPECT_NEAR(detector.photopeakEfficiency(440), 0.149, 1e-9);
  EXPECT_LT(detector.photopeakEfficiency(637), 0.1);
}

TEST(Detector, ThickerCrystalsCountMoreOfHighEnergy) {
  Detector thick;
  thick.crystalMm = 15.9;
  // 1 - exp(-mu t) with 0.476 / cm at 364.5 keV: 0.531 over 0.364.
  EXPECT_NEAR(thick.photopeakEfficiency(364.5) / Detector().photopeakEfficiency(364.5), 1.46, 0.02);
  EXPECT_LE(thick.photopeakEfficiency(113), 1);
}

}  // namespace
}  // namespace remnant::physics

#include "remnant/quantify/count_corrections.h"

#include <cmath>

#include <gtest/gtest.h>

#include "remnant/base/error.h"
#include "remnant/base/random.h"

namespace remnant::quantify {
namespace {

/// Counts of a uniform slab of unit activity a mm between two depths, in closed form.
double slabCounts(double attenuation, double from, double to) {
  return (std::exp(-attenuation * from) - std::exp(-attenuation * to)) / attenuation;
}

TEST(DisplacedTissueFactor, IsExactForAUniformSlab) {
  constexpr double kMu = 0.0112, kThickness = 120;
  for (const double depth : {8., 20., 60.})
    for (const double source : {0., 4., 15.}) {
      const double whole = slabCounts(kMu, 0, kThickness);
      const double beside = whole - slabCounts(kMu, depth - source / 2, depth + source / 2);
      EXPECT_NEAR(displacedTissueFactor(kMu, depth, source, kThickness), beside / whole, 1e-12);
      // From behind the same slab, seen the other way round.
      const double back = kThickness - depth;
      const double behind = whole - slabCounts(kMu, back - source / 2, back + source / 2);
      EXPECT_NEAR(displacedTissueFactor(kMu, back, source, kThickness), behind / whole, 1e-12);
    }
}

TEST(DisplacedTissueFactor, WithoutAttenuationIsTheShareOfTissueLeft) {
  EXPECT_DOUBLE_EQ(displacedTissueFactor(0, 20, 12, 120), 0.9);
  EXPECT_NEAR(displacedTissueFactor(1e-9, 20, 12, 120), 0.9, 1e-6);
  EXPECT_THROW(displacedTissueFactor(0.01, 5, 12, 120), ProgramError);
}

TEST(BackgroundCorrected, TakesTheScaledBackgroundOffAndAddsItsVariance) {
  const Corrected net = backgroundCorrected(500, 800, 0.25, 0.9);
  EXPECT_DOUBLE_EQ(net.value, 500 - 0.225 * 800);
  EXPECT_DOUBLE_EQ(net.variance, 500 + 0.225 * 0.225 * 800);
}

TEST(TripleEnergyWindow, IsTheTrapeziumBelowThePeakAndKnowsItsVariance) {
  // A spectrum that falls linearly from 20 to 10 counts a keV over a peak of 40 keV: 600 counts beneath it.
  const Corrected scatter = tripleEnergyWindowScatter(20L * 6, 6, 10L * 6, 6, 40);
  EXPECT_DOUBLE_EQ(scatter.value, 600);
  RandomStream random(11, 0);
  double sum = 0, squares = 0;
  constexpr int kDraws = 20000;
  for (int draw = 0; draw < kDraws; ++draw) {
    const Corrected left = tripleEnergyWindowCorrected(
        random.poisson(2000), tripleEnergyWindowScatter(random.poisson(120), 6, random.poisson(60), 6, 40));
    sum += left.value;
    squares += left.value * left.value;
  }
  const double mean = sum / kDraws, variance = squares / kDraws - mean * mean;
  // 2000 + (20/6)^2 (120 + 60) = 4000; the variance of a variance is 2/n of its square.
  EXPECT_NEAR(mean, 1400, 4 * std::sqrt(4000.0 / kDraws));
  EXPECT_NEAR(variance, 4000, 4 * 4000 * std::sqrt(2.0 / kDraws));
  EXPECT_DOUBLE_EQ(tripleEnergyWindowCorrected(2000, scatter).variance, 4000);
  EXPECT_DOUBLE_EQ(tripleEnergyWindowScatter(120, 6, 0, 0, 40).value, 400) << "two windows";
}

TEST(DecayDuring, GivesBackWhatDecayedAndNothingOfAShortLook) {
  const physics::Nuclide& technetium = physics::nuclideNamed("Tc-99m");
  // One half-life: mean activity (1 - 1/2) / ln 2 of that at the start.
  EXPECT_NEAR(decayDuringFactor(technetium, technetium.halfLifeHours), 2 * std::log(2.0), 1e-12);
  EXPECT_NEAR(decayDuringFactor(technetium, 1e-7), 1, 1e-7);
}

TEST(DeadTime, InvertsTheParalysableLoss) {
  // 200 000 true counts a second of the spectrum, 2 us: observed 200 000 e^-0.4; 30 % in the window.
  const double observed = 2e5 * std::exp(-0.4);
  EXPECT_NEAR(deadTimeFactor(0.3 * observed, 0.3, 2e-6), std::exp(0.4), 1e-6);
  EXPECT_EQ(deadTimeFactor(0, 0.3, 2e-6), 1);
  EXPECT_THROW(deadTimeFactor(0.3 * 0.4 / 2e-6, 0.3, 2e-6), InputError);
}

TEST(DiscRecovery, ExplainsTheDepthLostWithoutIt) {
  // physics.md 6.1: r = 2 cm, sigma 0.55 and 0.90 cm: the logarithm of the ratio is 0.087 too high.
  EXPECT_NEAR(std::log(discRecovery(20, 5.5) / discRecovery(20, 9.0)), 0.087, 0.0006);
  EXPECT_NEAR(discRecovery(1e-4, 5), 1e-8 / 50, 1e-18);
}

}  // namespace
}  // namespace remnant::quantify

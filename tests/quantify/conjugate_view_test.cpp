#include "remnant/quantify/conjugate_view.h"

#include <cmath>

#include <gtest/gtest.h>

#include "remnant/base/error.h"
#include "remnant/base/random.h"

namespace remnant::quantify {
namespace {

constexpr double kMu = 0.01124, kThickness = 120;

OpposedCounts pointCounts(double activity, double depth, double sensitivity) {
  return {sensitivity * activity * std::exp(-kMu * depth),
          sensitivity * activity * std::exp(-kMu * (kThickness - depth))};
}

TEST(ConjugateView, DepthAndActivityAreExactWithoutNoise) {
  for (const double depth : {0., 3., 15., 60., 119.}) {
    const OpposedCounts counts = pointCounts(0.2, depth, 6e4);
    EXPECT_NEAR(depthByEffectiveAttenuation(counts, kMu, kThickness), depth, 1e-9);
    EXPECT_NEAR(activityByGeometricMean(counts, kMu, kThickness, 6e4), 0.2, 1e-12);
  }
}

TEST(ConjugateView, ASlabCountsAsAPointAtItsCentreTimesTheSelfFactor) {
  constexpr double kSource = 30, kCentre = 40;
  const auto slab = [](double from, double to) {
    return (std::exp(-kMu * from) - std::exp(-kMu * to)) / kMu;
  };
  const OpposedCounts counts{slab(25, 55), slab(kThickness - 55, kThickness - 25)};
  EXPECT_NEAR(depthByEffectiveAttenuation(counts, kMu, kThickness), kCentre, 1e-9);
  EXPECT_NEAR(activityByGeometricMean(counts, kMu, kThickness, 1, sourceSelfFactor(kMu, kSource)), kSource,
              1e-9);
}

TEST(ConjugateView, SelfFactorHasTheLimitsOfItsSeries) {
  EXPECT_EQ(sourceSelfFactor(kMu, 0), 1);
  EXPECT_NEAR(sourceSelfFactor(0.0112, 10), 0.9995, 5e-5) << "physics.md 6.1: 0.9995 for 1 cm";
  const double x = 2e-6;  // about the place where series and closed form meet
  EXPECT_NEAR(sourceSelfFactor(1, 2 * x), 1 - x * x / 6, 1e-15);
  EXPECT_NEAR(sourceSelfFactor(1, 200), 100 / std::sinh(100.0), 1e-50);
}

TEST(ConjugateView, BroadBeamIsExactOnItsOwnModel) {
  for (const char* nuclide : {"Tc-99m", "I-123", "I-131"}) {
    const auto beam = physics::BroadBeam::of(physics::nuclideNamed(nuclide));
    for (const double depth : {1., 15., 40., 100.}) {
      const OpposedCounts counts{7e4 * 0.3 * beam.transmission(depth),
                                 7e4 * 0.3 * beam.transmission(kThickness - depth)};
      const double found = depthByBroadBeam(counts, beam, kThickness);
      EXPECT_NEAR(found, depth, 1e-9) << nuclide;
      EXPECT_NEAR(activityByBroadBeam(counts.anterior, beam, found, 7e4), 0.3, 1e-11);
    }
  }
}

TEST(ConjugateView, BeyondTheSkinTheBroadBeamEndsAtTheSkin) {
  const auto beam = physics::BroadBeam::of(physics::nuclideNamed("I-131"));
  EXPECT_NEAR(depthByBroadBeam({1000, 1}, beam, kThickness), 0, 1e-9);
  EXPECT_NEAR(depthByBroadBeam({1, 1000}, beam, kThickness), kThickness, 1e-9);
}

TEST(ConjugateView, EffectiveAttenuationKeepsTheDepthsOfTheBroadBeam) {
  // physics.md 6.3: with 0.1124 a cm at 12 cm, Tc-99m: bias +0.2 to -0.1 mm for 0.5 to 4 cm; with 0.12 +3.7
  // to +1.2 mm; with narrow beam +14 to +5 mm. The fit of S/P behind it holds within 2 %: half a millimetre.
  const auto beam = physics::BroadBeam::of(physics::nuclideNamed("Tc-99m"));
  const auto biasAt = [&](double depth, double mu) {
    const OpposedCounts counts{beam.transmission(depth), beam.transmission(kThickness - depth)};
    return depthByEffectiveAttenuation(counts, mu, kThickness) - depth;
  };
  for (const double depth : {5., 10., 20., 40.}) EXPECT_NEAR(biasAt(depth, 0.01124), 0.05, 0.75) << depth;
  EXPECT_NEAR(biasAt(5, 0.012), 3.7, 0.75);
  EXPECT_NEAR(biasAt(40, 0.012), 1.2, 0.75);
  EXPECT_NEAR(biasAt(5, 0.0150), 14, 1.5);
}

TEST(ConjugateView, EffectiveAttenuationIsThatOfTheTable) {
  EXPECT_NEAR(effectiveAttenuationPerMm(physics::nuclideNamed("Tc-99m"), 120), 0.01125, 3e-5);
  EXPECT_NEAR(effectiveAttenuationPerMm(physics::nuclideNamed("I-131"), 130), 0.009015, 1e-9);
  EXPECT_EQ(effectiveAttenuationPerMm(physics::nuclideNamed("I-131"), 50), 0.00897);
  EXPECT_EQ(effectiveAttenuationPerMm(physics::nuclideNamed("I-131"), 500), 0.00907);
}

}  // namespace
}  // namespace remnant::quantify

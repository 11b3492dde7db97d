#include "remnant/montecarlo/water.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "remnant/montecarlo/compton_sampling.h"
#include "remnant/physics/attenuation.h"
#include "remnant/physics/compton.h"

namespace remnant::montecarlo {
namespace {

constexpr int kBins = 20;
constexpr int kDraws = 200'000;

/// Chi squared of draws of a cosine against a density per steradian, over its degrees of freedom.
template <class Sample, class Density>
double reducedChiSquared(Sample sample, Density density) {
  std::vector<double> seen(kBins, 0);
  for (int i = 0; i < kDraws; ++i)
    seen[static_cast<std::size_t>(std::min(kBins - 1.0, (1 + sample()) / 2 * kBins))] += 1;
  double chiSquared = 0;
  int freedom = 0;
  for (int bin = 0; bin < kBins; ++bin) {
    double expected = 0;
    constexpr int kSteps = 4000;
    for (int step = 0; step < kSteps; ++step) {
      const double cosine = -1 + 2 * (bin + (step + 0.5) / kSteps) / kBins;
      expected += density(cosine) * 2 * std::numbers::pi * 2 / kBins / kSteps * kDraws;
    }
    if (expected < 20) continue;
    const double difference = seen[static_cast<std::size_t>(bin)] - expected;
    chiSquared += difference * difference / expected;
    ++freedom;
  }
  return chiSquared / freedom;
}

TEST(ComptonSampling, FollowsKleinAndNishina) {
  for (const double keV : {60.0, 140.5, 364.5, 722.9}) {
    RandomStream stream(3, 1);
    const double total = physics::kleinNishinaTotalMm2(keV);
    EXPECT_LT(reducedChiSquared([&] { return sampleKleinNishinaCosine(keV, stream); },
                                [&](double cosine) { return physics::kleinNishinaMm2(keV, cosine) / total; }),
              2)
        << keV;
  }
}

TEST(Water, SharesAreThoseOfTheAttenuation) {
  const Water water(400, {});
  for (const double keV : {40.0, 140.5, 364.5}) {
    const Water::Interaction at = water.at(keV);
    const double all = physics::attenuationPerMm(physics::Material::kWater, keV);
    const double photoelectric = physics::photoelectricPerMm(physics::Material::kWater, keV);
    EXPECT_NEAR(at.attenuationPerMm, all, 2e-4 * all);
    EXPECT_NEAR(1 - at.incoherentShare - at.coherentShare, photoelectric / all,
                2e-3 * photoelectric / all + 1e-6);
  }
}

TEST(Water, WithoutCoherentScatteringThereIsLessAttenuation) {
  const Water water(400, {false, true});
  const double expected = physics::attenuationWithoutCoherentPerMm(physics::Material::kWater, 140);
  EXPECT_NEAR(water.attenuationPerMm(140), expected, 1e-6 * expected);
  EXPECT_EQ(water.at(140).coherentShare, 0);
}

TEST(Water, DrawsFollowTheDensities) {
  const Water water(400, {});
  RandomStream stream(5, 1);
  for (const double keV : {60.0, 140.0, 364.0}) {
    const Water::Interaction at = water.at(keV);
    EXPECT_LT(reducedChiSquared([&] { return water.sampleIncoherentCosine(keV, stream); },
                                [&](double cosine) { return water.incoherentDensity(at, keV, cosine); }),
              2)
        << keV;
    EXPECT_LT(reducedChiSquared([&] { return water.sampleCoherentCosine(keV, stream); },
                                [&](double cosine) { return water.coherentDensity(at, keV, cosine); }),
              2)
        << keV;
  }
}

}  // namespace
}  // namespace remnant::montecarlo

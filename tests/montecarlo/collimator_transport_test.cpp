#include "remnant/montecarlo/collimator_transport.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <numbers>
#include <numeric>

#include "remnant/physics/attenuation.h"
#include "remnant/physics/compton.h"

namespace remnant::montecarlo {
namespace {

const physics::Collimator kSiemensLehr{"Siemens LEHR", 1.11, 0.16, 24.05};
const physics::Collimator kSiemensMe{"Siemens ME", 2.94, 1.14, 40.64};
const physics::Collimator kGeLehr{"GE LEHR", 1.5, 0.2, 35};
const physics::Collimator kGeMegp{"GE MEGP", 3.0, 1.05, 58};
const physics::Collimator kGeHegp{"GE HEGP", 4.0, 1.8, 66};

CollimatorConfig configFor(const physics::Window& window, std::size_t historiesPerLine) {
  CollimatorConfig config;
  config.historiesPerLine = historiesPerLine;
  config.windows = {window};
  return config;
}

PassageRates ratesOf(const physics::Collimator& collimator, const std::vector<physics::EmissionLine>& lines,
                     const CollimatorConfig& config) {
  return transportThroughCollimator(collimator, {}, lines, config).windows[0];
}

PassageRates technetiumRates(const physics::Collimator& collimator, std::size_t histories) {
  return ratesOf(collimator, {physics::nuclideNamed("Tc-99m").lines[0]},
                 configFor({126.45, 154.55}, histories));
}

CollimatorConfig iodine131Config(std::size_t histories) {
  return configFor(physics::windowAround(364.5, 20), histories);
}

const std::vector<physics::EmissionLine> kIodine364{{364.49, 0.812}};

/// Sensitivities at 10 cm in air, physics.md 1.4, counts a second and MBq.
struct TechnetiumRow {
  const physics::Collimator& collimator;
  double cpsPerMBq;
  double penetrationAndScatterPercent;
};

void expectTechnetium(const TechnetiumRow& row, std::size_t histories, double tolerance) {
  const PassageRates rates = technetiumRates(row.collimator, histories);
  EXPECT_NEAR(rates.total.value, row.cpsPerMBq, tolerance * row.cpsPerMBq) << row.collimator.name;
  const double share = 100 * (1 - rates.of(Passage::kGeometric).value / rates.total.value);
  EXPECT_NEAR(share, row.penetrationAndScatterPercent, 1.5) << row.collimator.name;
}

TEST(CollimatorTransport, SiemensLehrHasThePublishedSensitivity) {
  // 202 counts a minute and microcurie; statistics here 1 %.
  expectTechnetium({kSiemensLehr, 91.0, 8}, 400'000, 0.03);
}

TEST(CollimatorTransport, TechnetiumTableLong) {
  if (!std::getenv("REMNANT_LONG_TESTS")) GTEST_SKIP() << "set REMNANT_LONG_TESTS to run it";
  const physics::Collimator siemensHe{"Siemens HE", 4.0, 2.0, 59.7};
  const physics::Collimator geLegp{"GE LEGP", 1.9, 0.2, 35};
  for (const TechnetiumRow& row : {TechnetiumRow{kSiemensLehr, 90.7, 8},
                                   {kGeLehr, 77.2, 4.7},
                                   {geLegp, 131, 5.5},
                                   {kGeMegp, 77.6, 2.7},
                                   {kGeHegp, 92.1, 2.4},
                                   {siemensHe, 105.5, 2.8},
                                   {kSiemensMe, 146, 4.1}})
    expectTechnetium(row, 3'000'000, 0.015);
}

/// Test 1 of physics.md 9: the same from any distance.
TEST(CollimatorTransport, CountsDoNotDependOnTheDistance) {
  CollimatorConfig config = configFor({126.45, 154.55}, 200'000);
  const std::vector<physics::EmissionLine> line{{140.5, 0.885}};
  const PassageRates near = ratesOf(kGeLehr, line, config);
  config.distanceMm = 300;
  const PassageRates far = ratesOf(kGeLehr, line, config);
  const double error = std::hypot(near.total.standardError, far.total.standardError);
  EXPECT_NEAR(near.total.value, far.total.value, 0.015 * near.total.value + 3 * error);
}

TEST(CollimatorTransport, GeometricPassageIsTheClosedForm) {
  // With the holes' full length: photons that touch no lead, seen by a crystal that absorbs 0.84 of them.
  const double openAngle = kGeHegp.holeMm * kGeHegp.holeMm / (kGeHegp.lengthMm * 5.8);
  const double passing = 0.0689161 * openAngle * openAngle;
  const PassageRates rates = technetiumRates(kGeHegp, 200'000);
  const double efficiency = rates.of(Passage::kGeometric).value / (1e6 * 0.885 * passing);
  EXPECT_NEAR(efficiency, 0.845, 0.03);
}

/// A foil of lead before a crystal that absorbs everything: what penetrates is the exponential, what scatters
/// once and goes on forwards the Klein-Nishina share.
TEST(CollimatorTransport, FoilTransmitsAndScattersAsComputed) {
  constexpr double kKeV = 364.5, kFoilMm = 0.1, kConeDegrees = 1;
  physics::Detector thick;
  thick.crystalMm = 2000;
  CollimatorConfig config = configFor({1, 2000}, 300'000);
  config.widestDegrees = kConeDegrees;
  config.countedRadiusMm = config.radialBinMm = 1e6;
  config.coherentInLead = CoherentInLead::kNeglected;
  const physics::Collimator foil{"foil", 1e-6, 1, kFoilMm};
  const PassageRates rates = transportThroughCollimator(foil, thick, {{kKeV, 1}}, config).windows[0];

  const double emitted = 1e6 * (1 - std::cos(kConeDegrees * std::numbers::pi / 180)) / 2;
  const double all = physics::attenuationWithoutCoherentPerMm(physics::Material::kLead, kKeV);
  EXPECT_NEAR(rates.of(Passage::kPenetration).value, emitted * std::exp(-all * kFoilMm), 0.01 * emitted);

  // Over depths and angles: attenuated before and after.
  const double compton = all - physics::photoelectricPerMm(physics::Material::kLead, kKeV);
  double scattered = 0;
  constexpr int kSteps = 200;
  for (int angle = 0; angle < kSteps; ++angle) {
    const double cosine = (angle + 0.5) / kSteps;
    const double after = physics::attenuationWithoutCoherentPerMm(physics::Material::kLead,
                                                                  physics::scatteredKeV(kKeV, cosine));
    for (int depth = 0; depth < kSteps; ++depth) {
      const double behind = (depth + 0.5) / kSteps * kFoilMm;
      scattered += emitted * compton * kFoilMm / kSteps * 2 * std::numbers::pi / kSteps *
                   physics::kleinNishinaMm2(kKeV, cosine) / physics::kleinNishinaTotalMm2(kKeV) *
                   std::exp(-all * (kFoilMm - behind) - after * behind / cosine);
    }
  }
  // Two scatterings are a hundredth; standard error 2.5 %.
  EXPECT_NEAR(rates.of(Passage::kScatter).value, scattered, 0.08 * scattered);
}

void expectHegpAt364(std::size_t histories, double slack) {
  const PassageRates rates = ratesOf(kGeHegp, kIodine364, iodine131Config(histories));
  const double geometric = 100 * rates.of(Passage::kGeometric).value / rates.total.value;
  EXPECT_GT(geometric, 62 - slack);
  EXPECT_LT(geometric, 72 + slack);
  EXPECT_NEAR(rates.of(Passage::kGeometric).value, 20.1, 0.05 * 20.1);
}

/// Above 60 % published, 62 to 69 % between the two ways to treat coherent scattering.
TEST(CollimatorTransport, MostOf364KeVPassesTheHolesOfHegp) {
  expectHegpAt364(400'000, 3);
}

TEST(CollimatorTransport, MostOf364KeVPassesTheHolesOfHegpLong) {
  if (!std::getenv("REMNANT_LONG_TESTS")) GTEST_SKIP() << "set REMNANT_LONG_TESTS to run it";
  expectHegpAt364(8'000'000, 0);
}

TEST(CollimatorTransport, Iodine131BehindHegpLong) {
  if (!std::getenv("REMNANT_LONG_TESTS")) GTEST_SKIP() << "set REMNANT_LONG_TESTS to run it";
  CollimatorConfig config = iodine131Config(3'000'000);
  config.windows.push_back(physics::windowAround(318, 6));
  config.windows.push_back(physics::windowAround(413, 6));
  const auto& lines = physics::nuclideNamed("I-131").lines;
  const CollimatorResult low = transportThroughCollimator(kGeHegp, {}, lines, config);
  // Total 36 to 42; 637 and 723 keV 5.1 and 2.1 (physics.md 1.4).
  EXPECT_NEAR(low.windows[0].total.value, 36, 0.05 * 36);
  EXPECT_NEAR(low.byLine[1][0].total.value, 5.1, 0.1 * 5.1);
  EXPECT_NEAR(low.byLine[4][0].total.value, 2.1, 0.1 * 2.1);

  // Test 13 of physics.md 9: three windows find the unscattered photons of 364 keV within 10 %.
  const auto density = [&](std::size_t window) {
    return low.windows[window].total.value / config.windows[window].widthKeV();
  };
  const double background = (density(1) + density(2)) / 2 * config.windows[0].widthKeV();
  const PassageRates& peak = low.byLine[0][0];
  const double unscattered = peak.of(Passage::kGeometric).value + peak.of(Passage::kPenetration).value;
  EXPECT_NEAR(low.windows[0].total.value - background, unscattered, 0.1 * unscattered);

  // Test 12: 0.15 to 0.25 outside 4 cm.
  double outside = 0;
  for (const auto& passage : low.landings[0].radial)
    outside += std::accumulate(passage.begin() + 20, passage.end(), 0.0);
  EXPECT_GT(outside / low.windows[0].total.value, 0.15);
  EXPECT_LT(outside / low.windows[0].total.value, 0.25);

  config.coherentInLead = CoherentInLead::kNeglected;
  const CollimatorResult high = transportThroughCollimator(kGeHegp, {}, lines, config);
  EXPECT_NEAR(high.windows[0].total.value, 42, 0.05 * 42);
}

/// Published 64.5 (Geant4) and 67.7 (SIMIND). Photons penetrate a low-energy collimator everywhere, so that
/// the ratio grows with the crystal: the published ones do not tell theirs, but the decks that come with the
/// former have 18 x 18 cm. Here a circle of 11 cm, between that square's half side and half diagonal.
TEST(CollimatorTransport, LehrOverHegpAt364KeVLong) {
  if (!std::getenv("REMNANT_LONG_TESTS")) GTEST_SKIP() << "set REMNANT_LONG_TESTS to run it";
  CollimatorConfig config = iodine131Config(4'000'000);
  config.countedRadiusMm = 110;
  const auto ratio = [&] {
    return ratesOf(kGeLehr, kIodine364, config).total.value /
           ratesOf(kGeHegp, kIodine364, config).total.value;
  };
  const double lower = ratio();
  EXPECT_GT(lower, 57);
  EXPECT_LT(lower, 67.7);
  config.coherentInLead = CoherentInLead::kNeglected;
  EXPECT_GT(ratio(), 64.5);
}

/// 116 without backscatter by SIMIND, in a window of 15 %; 118.6 by the prototype.
TEST(CollimatorTransport, Iodine123BehindMeAt15Cm) {
  CollimatorConfig config = configFor(physics::windowAround(158.97, 15), 100'000);
  config.distanceMm = 150;
  const PassageRates rates = ratesOf(kSiemensMe, physics::nuclideNamed("I-123").lines, config);
  EXPECT_NEAR(rates.total.value, 116, 0.08 * 116);
  EXPECT_LT(rates.total.standardError, 0.025 * 116);
}

TEST(CollimatorTransport, ResultDoesNotDependOnThreads) {
  CollimatorConfig config = iodine131Config(2'000);
  config.batches = 5;
  const CollimatorResult one = transportThroughCollimator(kGeHegp, {}, kIodine364, config);
  config.threads = 3;
  const CollimatorResult three = transportThroughCollimator(kGeHegp, {}, kIodine364, config);
  EXPECT_EQ(one.windows[0].total.value, three.windows[0].total.value);
  EXPECT_EQ(one.landings[0].radial, three.landings[0].radial);
  EXPECT_EQ(one.landings[0].azimuth, three.landings[0].azimuth);
}

}  // namespace
}  // namespace remnant::montecarlo

#include "remnant/montecarlo/object_transport.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "remnant/physics/nuclide.h"
#include "remnant/physics/scatter.h"

namespace remnant::montecarlo {
namespace {

constexpr double kTechnetiumKeV = 140.5;

ObjectConfig configFor(const physics::Window& window, std::size_t histories) {
  ObjectConfig config;
  config.histories = histories;
  config.windows = {window};
  config.heads = {projection::HeadPosition{}};
  return config;
}

/// An energy resolution of the given share at 140 keV, else as 1 / sqrt(E).
physics::Detector rootDetector(double shareAt140) {
  physics::Detector detector;
  detector.widthOffsetKeV = 0;
  detector.widthCurvaturePerKeV = 0;
  detector.widthSlope = shareAt140 * std::sqrt(140.0);
  return detector;
}

/// The neck of physics.md 2: 13 cm wide, 12 cm thick; 20 cm long, which the source does not say.
const EllipticCylinder kNeck(65, 60, 100);

/// As thick, without sides.
const EllipticCylinder kSlab(5000, 60, 5000);

image::Point inNeck(double depthMm) {
  return {0, depthMm - 60, 0};
}

WindowTally onlyTally(const Source& source, const Body& body, double keV, const ObjectConfig& config) {
  return transportInObject(source, body, keV, config).tallies[0][0];
}

/// SIMIND's benchmark (physics.md 8): a point amid a cylinder of water, radius 11 cm, half length 8.32 cm.
WindowTally simindCylinder(std::size_t histories) {
  ObjectConfig config = configFor({126, 154}, histories);
  config.detector = rootDetector(0.088);
  return onlyTally(image::Point{}, EllipticCylinder(110, 110, 83.2), 140, config);
}

void expectSimind(const WindowTally& tally) {
  EXPECT_NEAR(tally.scatterToPrimary.value, 0.648, 0.05 * 0.648);
  // Orders in percent; SIMIND gives 82.9, 15.5 and 1.7.
  EXPECT_NEAR(100 * tally.byOrder[0].value / tally.scatter.value, 82.9, 2);
  EXPECT_NEAR(100 * tally.byOrder[1].value / tally.scatter.value, 15.5, 1.5);
  EXPECT_NEAR(100 * tally.byOrder[2].value / tally.scatter.value, 1.7, 0.4);
}

TEST(ObjectTransport, PrimaryOfAPointIsTheExponential) {
  const ObjectConfig config = configFor({126.45, 154.55}, 100);
  const WindowTally tally = onlyTally(inNeck(30), kNeck, kTechnetiumKeV, config);
  const double water = physics::attenuationPerMm(physics::Material::kWater, kTechnetiumKeV);
  EXPECT_NEAR(tally.primary.value,
              std::exp(-30 * water) * config.detector.windowFraction(config.windows[0], kTechnetiumKeV),
              1e-5);
  EXPECT_NEAR(tally.primary.standardError, 0, 1e-12);
}

TEST(ObjectTransport, CylinderOfSimindsBenchmark) {
  const WindowTally tally = simindCylinder(150'000);
  expectSimind(tally);
  EXPECT_LT(tally.scatterToPrimary.standardError, 0.006);
}

TEST(ObjectTransport, CylinderOfSimindsBenchmarkLong) {
  if (!std::getenv("REMNANT_LONG_TESTS")) GTEST_SKIP() << "set REMNANT_LONG_TESTS to run it";
  expectSimind(simindCylinder(4'000'000));
}

/// S/P at depths in a neck of water, physics.md 2.
struct NeckTable {
  const char* nuclide;
  std::vector<std::pair<double, double>> scatterToPrimary;  ///< depth mm
};

const std::vector<NeckTable> kNeckTables{{"Tc-99m",
                                          {{5, .0329},
                                           {10, .0646},
                                           {15, .0955},
                                           {20, .1258},
                                           {30, .1849},
                                           {40, .2426},
                                           {60, .3547},
                                           {80, .462},
                                           {100, .562},
                                           {110, .608}}},
                                         {"I-123",
                                          {{5, .0284},
                                           {10, .0561},
                                           {15, .0832},
                                           {20, .1100},
                                           {30, .1625},
                                           {40, .2140},
                                           {60, .314},
                                           {80, .409},
                                           {100, .500},
                                           {110, .542}}},
                                         {"I-131",
                                          {{5, .0117},
                                           {10, .0234},
                                           {15, .0350},
                                           {20, .0465},
                                           {30, .0694},
                                           {40, .0922},
                                           {60, .1374},
                                           {80, .182},
                                           {100, .227},
                                           {110, .249}}}};

void expectNeckTable(const NeckTable& table, std::size_t histories, bool everyDepth) {
  const physics::Nuclide& nuclide = physics::nuclideNamed(table.nuclide);
  const ObjectConfig config = configFor(physics::windowAround(nuclide.photopeakKeV, 20), histories);
  for (const auto& [depthMm, published] : table.scatterToPrimary) {
    if (!everyDepth && depthMm != 10 && depthMm != 40 && depthMm != 100) continue;
    const WindowTally tally = onlyTally(inNeck(depthMm), kNeck, nuclide.photopeakKeV, config);
    EXPECT_NEAR(tally.scatterToPrimary.value, published, 0.03 * published)
        << table.nuclide << " " << depthMm << " mm";
    EXPECT_LT(tally.scatterToPrimary.standardError, 0.01 * published);
  }
}

TEST(ObjectTransport, BroadBeamTableOfTheNeck) {
  for (const NeckTable& table : kNeckTables) expectNeckTable(table, 120'000, false);
}

TEST(ObjectTransport, BroadBeamTableOfTheNeckLong) {
  if (!std::getenv("REMNANT_LONG_TESTS")) GTEST_SKIP() << "set REMNANT_LONG_TESTS to run it";
  for (const NeckTable& table : kNeckTables) expectNeckTable(table, 2'000'000, true);
}

/// Test 6 of physics.md 9. The closed form's medium has no sides.
TEST(ObjectTransport, FirstOrderIsTheClosedForm) {
  for (const auto& [keV, depthMm] : {std::pair{140.5, 10.0}, {140.5, 40.0}, {364.5, 30.0}}) {
    ObjectConfig config = configFor(physics::windowAround(keV, 20), 150'000);
    config.coherent = false;
    config.orders = 1;
    const double closed = physics::firstOrderTotal(depthMm, keV, config.windows[0], config.detector);
    const WindowTally tally = onlyTally(inNeck(depthMm), kSlab, keV, config);
    const double water = physics::attenuationPerMm(physics::Material::kWater, keV);
    const double primary =
        std::exp(-water * depthMm) * config.detector.windowFraction(config.windows[0], keV);
    EXPECT_NEAR(tally.scatterToPrimary.value, closed / primary, 0.03 * closed / primary)
        << keV << " keV " << depthMm << " mm";
  }
}

/// Ratio of a scatter window to the photopeak window, physics.md 6.4.
TEST(ObjectTransport, RatioOfWindowsByDepth) {
  ObjectConfig config = configFor({126.45, 154.55}, 80'000);
  config.windows.push_back({92, 125});
  config.windows.push_back({114, 126});
  const std::vector<std::array<double, 3>> rows{{10, .368, .0827}, {20, .434, .1229}, {40, .512, .1749}};
  for (const auto& [depthMm, dual, low] : rows) {
    const auto tallies = transportInObject(inNeck(depthMm), kNeck, kTechnetiumKeV, config).tallies[0];
    const auto counted = [&](std::size_t window) {
      return tallies[window].primary.value + tallies[window].scatter.value;
    };
    EXPECT_NEAR(counted(1) / counted(0), dual, 0.05 * dual) << depthMm << " mm";
    EXPECT_NEAR(counted(2) / counted(0), low, 0.05 * low) << depthMm << " mm";
  }
}

}  // namespace
}  // namespace remnant::montecarlo

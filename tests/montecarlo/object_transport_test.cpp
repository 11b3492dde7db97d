#include "remnant/montecarlo/object_transport.h"

#include <gtest/gtest.h>

#include <array>
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

/// Counts of two scatter windows over those of the photopeak window, physics.md 6.4.
struct RatioTable {
  const char* nuclide;
  std::array<physics::Window, 2> windows;
  std::vector<std::array<double, 3>> rows;  ///< depth mm, ratio of the first window, of the second
};

const RatioTable kTechnetiumRatios{"Tc-99m",
                                   {{{92, 125}, {114, 126}}},
                                   {{5, .320, .0555},
                                    {10, .368, .0827},
                                    {15, .404, .1045},
                                    {20, .434, .1229},
                                    {30, .479, .1523},
                                    {40, .512, .1749},
                                    {60, .551, .2068}}};
const RatioTable kIodineRatios{"I-131",
                               {{{307, 329}, {260, 320}}},
                               {{5, .0112, .0227},
                                {10, .0181, .0434},
                                {15, .0247, .0628},
                                {20, .0310, .0812},
                                {30, .0431, .1152},
                                {40, .0545, .1461},
                                {60, .0754, .1986}}};

void expectRatios(const RatioTable& table, std::size_t histories, bool everyDepth) {
  const physics::Nuclide& nuclide = physics::nuclideNamed(table.nuclide);
  ObjectConfig config = configFor(physics::windowAround(nuclide.photopeakKeV, 20), histories);
  config.windows.insert(config.windows.end(), table.windows.begin(), table.windows.end());
  for (const auto& row : table.rows) {
    if (!everyDepth && row[0] != 10 && row[0] != 40) continue;
    const auto tallies = transportInObject(inNeck(row[0]), kNeck, nuclide.photopeakKeV, config).tallies[0];
    const auto counted = [&](std::size_t window) {
      return tallies[window].primary.value + tallies[window].scatter.value;
    };
    for (std::size_t window = 1; window < 3; ++window) {
      const double error = tallies[window].scatter.standardError / counted(0);
      EXPECT_NEAR(counted(window) / counted(0), row[window], 0.05 * row[window] + 2 * error)
          << table.nuclide << " " << row[0] << " mm, window " << window;
    }
  }
}

TEST(ObjectTransport, RatioOfWindowsByDepth) {
  expectRatios(kTechnetiumRatios, 80'000, false);
}

TEST(ObjectTransport, RatioOfWindowsByDepthLong) {
  if (!std::getenv("REMNANT_LONG_TESTS")) GTEST_SKIP() << "set REMNANT_LONG_TESTS to run it";
  expectRatios(kTechnetiumRatios, 1'000'000, true);
  expectRatios(kIodineRatios, 2'000'000, true);
}

}  // namespace
}  // namespace remnant::montecarlo

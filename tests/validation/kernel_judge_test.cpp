#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "remnant/montecarlo/comparison.h"
#include "remnant/montecarlo/object_transport.h"
#include "remnant/physics/scatter.h"

// The kernel's totals against the Monte Carlo that it follows, in windows beside the photopeak.
namespace remnant {
namespace {

struct Case {
  const char* nuclide;
  physics::Window window;
  double depthMm;
};

/// A point 15 mm beside the middle of a neck of water.
montecarlo::WindowTally counted(const Case& one, std::size_t histories) {
  montecarlo::ObjectConfig config;
  config.histories = histories;
  config.seed = 5;
  config.windows = {one.window};
  config.heads = {projection::HeadPosition{}};
  const double skinY = -60 * std::sqrt(1 - 15. * 15 / (65 * 65));
  return transportInObject(image::Point{15, skinY + one.depthMm, 0},
                           montecarlo::EllipticCylinder(65, 60, 100),
                           physics::nuclideNamed(one.nuclide).photopeakKeV, config)
      .tallies[0][0];
}

void expectJudged(const Case& one, std::size_t histories) {
  const physics::ScatterKernel kernel(physics::nuclideNamed(one.nuclide), one.window, {});
  const auto tally = counted(one, histories);
  EXPECT_NEAR(kernel.totalAt(one.depthMm), tally.scatter.value,
              0.03 * tally.scatter.value + 2 * tally.scatter.standardError)
      << one.nuclide << " from " << one.window.lowerKeV << " keV, " << one.depthMm << " mm deep";
}

TEST(KernelJudge, KernelFollowsTheMonteCarloAtBothEnds) {
  for (double depthMm : {5.0, 111.0}) {
    expectJudged({"Tc-99m", {92, 125}, depthMm}, 60'000);
    expectJudged({"Tc-99m", {114, 126}, depthMm}, 60'000);
    expectJudged({"I-131", {260, 320}, depthMm}, 120'000);
  }
}

TEST(KernelJudge, KernelFollowsTheMonteCarloEverywhereLong) {
  if (!std::getenv("REMNANT_LONG_TESTS")) GTEST_SKIP() << "set REMNANT_LONG_TESTS to run it";
  for (double depthMm : {5.0, 7.0, 12.0, 25.0, 50.0, 70.0, 90.0, 103.0, 108.0})
    for (const Case& one : {Case{"Tc-99m", {92, 125}, depthMm},
                            {"Tc-99m", {114, 126}, depthMm},
                            {"I-131", physics::windowAround(318, 6), depthMm},
                            {"I-131", {260, 320}, depthMm}})
      expectJudged(one, 500'000);
}

// The effective source knows the outline of the voxels too.
TEST(KernelJudge, EffectiveSourceFollowsTheMonteCarlo) {
  montecarlo::ComparisonConfig config;
  config.depthsMm = {5};
  config.histories = 60'000;
  for (const auto& row : compareWithMonteCarlo(
           montecarlo::NeckKind::kUniform, physics::nuclideNamed("Tc-99m"), {{92, 125}, {114, 126}}, config))
    EXPECT_NEAR(row.esse, row.monteCarlo.value,
                0.03 * row.monteCarlo.value + 2 * row.monteCarlo.standardError)
        << row.window.lowerKeV << " keV, " << row.headDegrees << " degrees";
}

}  // namespace
}  // namespace remnant

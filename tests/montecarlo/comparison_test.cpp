#include "remnant/montecarlo/comparison.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

namespace remnant::montecarlo {
namespace {

const physics::Window kPhotopeak{126.45, 154.55};

std::vector<ComparisonRow> technetium(NeckKind neck, const std::vector<double>& depthsMm,
                                      std::size_t histories) {
  ComparisonConfig config;
  config.depthsMm = depthsMm;
  config.histories = histories;
  return compareWithMonteCarlo(neck, physics::nuclideNamed("Tc-99m"), {kPhotopeak}, config);
}

/// Tests 3 and 14 of physics.md 9: the totals within 2 %, the effective source within 3 %.
void expectUniform(const std::vector<ComparisonRow>& rows) {
  for (const ComparisonRow& row : rows) {
    const double error = 2 * row.monteCarlo.standardError;
    EXPECT_NEAR(row.analytic, row.monteCarlo.value, 0.02 * row.monteCarlo.value + error)
        << row.headDegrees << " degrees, " << row.depthMm << " mm";
    EXPECT_NEAR(row.esse, row.monteCarlo.value, 0.03 * row.monteCarlo.value + error)
        << row.headDegrees << " degrees, " << row.depthMm << " mm";
  }
}

/// Test 14: 7 % with a trachea.
void expectWithTrachea(const std::vector<ComparisonRow>& rows) {
  for (const ComparisonRow& row : rows)
    EXPECT_NEAR(row.esse, row.monteCarlo.value,
                0.07 * row.monteCarlo.value + 2 * row.monteCarlo.standardError)
        << row.headDegrees << " degrees, " << row.depthMm << " mm";
}

TEST(Comparison, FastModelIsNearTheMonteCarlo) {
  expectUniform(technetium(NeckKind::kUniform, {20}, 40'000));
  expectWithTrachea(technetium(NeckKind::kTracheaAndSpine, {20}, 40'000));
}

TEST(Comparison, FastModelIsNearTheMonteCarloLong) {
  if (!std::getenv("REMNANT_LONG_TESTS")) GTEST_SKIP() << "set REMNANT_LONG_TESTS to run it";
  const std::vector<double> depthsMm{5, 10, 20, 40, 60, 100};
  expectUniform(technetium(NeckKind::kUniform, depthsMm, 400'000));
  expectWithTrachea(technetium(NeckKind::kTracheaAndSpine, depthsMm, 400'000));
}

TEST(Comparison, NeckHasTracheaAndSpine) {
  const projection::Medium medium = neckMedium(NeckKind::kTracheaAndSpine, 140.5);
  const auto at = [&](double depthMm) {  // at x = 1 mm; the first slice is 2 mm before the skin
    return medium.attenuationPerMm.at(static_cast<std::size_t>((depthMm + 2) / 2), 50, 34);
  };
  EXPECT_NEAR(at(6), physics::attenuationPerMm(physics::Material::kWater, 140.5), 1e-6);
  EXPECT_LT(at(22), 1e-4);
  EXPECT_NEAR(at(80), physics::attenuationPerMm(physics::Material::kBone, 140.5), 1e-6);
  EXPECT_EQ(at(-1), 0);
}

TEST(Comparison, WritesOneLineARow) {
  ComparisonRow row;
  row.nuclide = "I-131";
  row.window = {328.05, 400.95};
  row.headDegrees = 180;
  row.depthMm = 20;
  row.monteCarlo = {0.5, 0.001};
  std::ostringstream out;
  writeCsv({row}, out);
  EXPECT_EQ(out.str(),
            "neck,nuclide,lowerKeV,upperKeV,headDegrees,depthMm,unscattered,analytic,esse,monteCarlo,"
            "monteCarloStandardError\n"
            "uniform,I-131,328.05,400.95,180,20,0.000000,0.000000,0.000000,0.500000,0.001000\n");
}

}  // namespace
}  // namespace remnant::montecarlo

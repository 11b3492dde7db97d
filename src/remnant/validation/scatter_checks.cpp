#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "remnant/montecarlo/comparison.h"
#include "remnant/physics/attenuation.h"
#include "remnant/physics/scatter.h"
#include "remnant/validation/validate.h"

namespace remnant::validation {
namespace {

using montecarlo::ComparisonRow;
using montecarlo::NeckKind;

constexpr const char* kGroup = "scatter";

struct FirstOrder {
  const char* nuclide;
  double depthMm, toPrimary;
};

/// Of k1 over the plane by the midpoint rule in the logarithm of the radius.
double radialIntegral(double depthMm, double keV, const physics::Window& window) {
  constexpr int kSteps = 120;
  const double from = std::log(0.001), step = (std::log(3000.0) - from) / kSteps;
  double sum = 0;
  for (int index = 0; index < kSteps; ++index) {
    const double radius = std::exp(from + (index + 0.5) * step);
    sum += 2 * std::numbers::pi * radius * radius * step *
           physics::firstOrderDensity(radius, depthMm, keV, window, {});
  }
  return sum;
}

void addFirstOrder(std::vector<Check>& checks) {
  for (const FirstOrder& one :
       {FirstOrder{"Tc-99m", 10, 0.0622}, {"Tc-99m", 40, 0.2263}, {"I-131", 30, 0.0690}}) {
    const double keV = physics::nuclideNamed(one.nuclide).photopeakKeV;
    const physics::Window window = physics::windowAround(keV, 20);
    const double total = physics::firstOrderTotal(one.depthMm, keV, window, {});
    const double primary = physics::Detector{}.windowFraction(window, keV) *
                           std::exp(-physics::attenuationPerMm(physics::Material::kWater, keV) * one.depthMm);
    const std::string where = fmt::format("{}, {:g} mm", one.nuclide, one.depthMm);
    checks.push_back(relativeCheck(kGroup, "scattered once over unscattered, " + where, total / primary,
                                   one.toPrimary, 0.03, "prototype Monte Carlo, first order"));
    checks.push_back(relativeCheck(kGroup, "integral of k1 over the plane, " + where,
                                   radialIntegral(one.depthMm, keV, window), total, 0.005,
                                   "closed form over the angle"));
  }
}

struct Model {
  const char* name;
  double ComparisonRow::*value;
  double share;
};

/// The row that is farthest from the Monte Carlo, as a ratio to it.
Check worstOf(const std::vector<ComparisonRow>& rows, const physics::Window& window, const Model& model) {
  Check worst;
  for (const ComparisonRow& row : rows) {
    if (!(row.window == window)) continue;
    const double ratio = row.*model.value / row.monteCarlo.value;
    if (!worst.quantity.empty() && std::abs(ratio - 1) <= std::abs(worst.value - 1)) continue;
    const double depthMm = row.headDegrees == 0 ? row.depthMm : 116.75 - row.depthMm;
    worst = {kGroup,
             fmt::format("{} over Monte Carlo, {} {:.0f}-{:.0f} keV, {}; worst, at {:.0f} mm", model.name,
                         row.nuclide, window.lowerKeV, window.upperKeV,
                         row.neck == NeckKind::kUniform ? "uniform neck" : "trachea and spine", depthMm),
             ratio,
             1,
             model.share,
             ratio * row.monteCarlo.standardError / row.monteCarlo.value,
             "reference Monte Carlo of this program"};
  }
  return worst;
}

struct Windows {
  const char* nuclide;
  std::vector<physics::Window> windows;
};

void addComparison(const ValidationConfig& config, std::vector<Check>& checks) {
  montecarlo::ComparisonConfig comparison;
  comparison.depthsMm = {5, 20, 60, 100};
  comparison.histories = config.histories;
  comparison.seed = config.seed;
  for (const Windows& row :
       {Windows{"Tc-99m", {physics::windowAround(140.51, 20), {92, 125}, {114, 126}}},
        Windows{"I-131", {physics::windowAround(364.49, 20), physics::windowAround(318, 6), {260, 320}}}})
    for (const NeckKind neck : {NeckKind::kUniform, NeckKind::kTracheaAndSpine}) {
      const auto rows =
          compareWithMonteCarlo(neck, physics::nuclideNamed(row.nuclide), row.windows, comparison);
      const bool uniform = neck == NeckKind::kUniform;
      for (const physics::Window& window : row.windows) {
        if (uniform)
          checks.push_back(worstOf(rows, window, {"analytic model", &ComparisonRow::analytic, 0.03}));
        checks.push_back(
            worstOf(rows, window, {"effective source", &ComparisonRow::esse, uniform ? 0.03 : 0.07}));
      }
    }
}

}  // namespace

std::vector<Check> scatterChecks(const ValidationConfig& config) {
  std::vector<Check> checks;
  addFirstOrder(checks);
  addComparison(config, checks);
  return checks;
}

}  // namespace remnant::validation

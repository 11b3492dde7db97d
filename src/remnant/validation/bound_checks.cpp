#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "remnant/quantify/conjugate_view.h"
#include "remnant/validation/depth_model.h"
#include "remnant/validation/validate.h"

namespace remnant::validation {
namespace {

using namespace quantify;

constexpr const char* kGroup = "depth and its bounds";

BoundObservation observation(double signal, double slope, double background = 0, double ratio = 1e300) {
  BoundObservation one;
  one.signal = signal;
  one.background = background;
  one.backgroundAreaRatio = ratio;
  one.slopePerMm = slope;
  return one;
}

void addIdentities(std::vector<Check>& checks) {
  constexpr double kMu = 0.01124;
  const SourceBound two = cramerRaoBound({observation(1e4, -kMu, 2000, 1), observation(3600, kMu, 900, 4)});
  const double wA = 1e8 / (1e4 + 2000 * 2), wP = 3600. * 3600 / (3600 + 900 * 1.25);
  checks.push_back(relativeCheck(kGroup, "bound of depth, two views with background (mm)", two.depthSigmaMm,
                                 std::sqrt(1 / wA + 1 / wP) / (2 * kMu), 1e-9, "sqrt(1/wA + 1/wP) / 2 mu"));
  checks.push_back(relativeCheck(kGroup, "bound of ln activity, two views with background",
                                 two.logActivitySigma, std::sqrt(1 / wA + 1 / wP) / 2, 1e-9,
                                 "sqrt(1/wA + 1/wP) / 2"));
  const SourceBound windows = cramerRaoBound({observation(1e4, -0.0094), observation(827, 0.0536)});
  checks.push_back(relativeCheck(kGroup, "bound of depth, one view in two windows (mm)", windows.depthSigmaMm,
                                 std::sqrt(1e-4 + 1 / 827.) / 0.063, 1e-9, "sqrt(1/w1 + 1/w2) / kappa"));
}

void addClosedForms(std::vector<Check>& checks) {
  constexpr double kMu = 0.01124;
  double worst = 0;
  for (double depth : {0., 3., 15., 60., 119.}) {
    const OpposedCounts counts{std::exp(-kMu * depth), std::exp(-kMu * (kThicknessMm - depth))};
    worst = std::max(worst, std::abs(depthByEffectiveAttenuation(counts, kMu, kThicknessMm) - depth));
  }
  checks.push_back(
      {kGroup, "depth without noise by the closed form, greatest error (mm)", worst, 0, 1e-9, 0, "identity"});
  checks.push_back(
      {kGroup, "self factor of a slab of 1 cm", sourceSelfFactor(0.0112, 10), 0.9995, 5e-5, 0, "x / sinh x"});
  const auto beam = physics::BroadBeam::of(physics::nuclideNamed("Tc-99m"));
  for (double depth : {5., 40.}) {
    const OpposedCounts counts{beam.transmission(depth), beam.transmission(kThicknessMm - depth)};
    checks.push_back({kGroup, fmt::format("bias of depth with mu = 0.12 per cm, {:g} mm deep (mm)", depth),
                      depthByEffectiveAttenuation(counts, 0.012, kThicknessMm) - depth,
                      depth == 5 ? 3.7 : 1.2, 0.25, 0, "prototype Monte Carlo"});
    checks.push_back({kGroup, fmt::format("bias of depth with mu = 0.1124 per cm, {:g} mm deep (mm)", depth),
                      depthByEffectiveAttenuation(counts, kMu, kThicknessMm) - depth, 0, 0.4, 0,
                      "prototype Monte Carlo, +0.2 to -0.1"});
  }
}

void addGeometricMean(std::vector<Check>& checks) {
  const auto beam = physics::BroadBeam::of(physics::nuclideNamed("Tc-99m"));
  const auto mean = [&](double depth) {
    return std::sqrt(beam.transmission(depth) * beam.transmission(kThicknessMm - depth));
  };
  checks.push_back(relativeCheck(kGroup, "geometric mean of transmissions, 60 over 5 mm", mean(60) / mean(5),
                                 0.526 / 0.504, 0.015, "prototype Monte Carlo, 0.504 to 0.526"));
}

struct TableRow {
  double depthMm, opposed, narrow, wide, four;
};

void addTable(std::vector<Check>& checks) {
  const DepthModel narrow({114, 126}), wide({92, 125});
  const auto add = [&](const char* name, const std::vector<BoundObservation>& seen, double depth,
                       double expected, double share) {
    checks.push_back(relativeCheck(kGroup, fmt::format("bound of depth, {}, {:g} mm (mm)", name, depth),
                                   cramerRaoBound(seen).depthSigmaMm, expected, share,
                                   "prototype Monte Carlo, 10^4 anterior counts"));
  };
  for (const TableRow& row :
       {TableRow{10, .92, .57, .83, .50}, {15, .87, .82, 1.14, .62}, {30, .77, 1.68, 2.26, .71}}) {
    add("two views", narrow.opposed(row.depthMm, 1e4), row.depthMm, row.opposed, 0.03);
    add("anterior, with 114-126", narrow.anterior(row.depthMm, 1e4), row.depthMm, row.narrow, 0.12);
    add("anterior, with 92-125", wide.anterior(row.depthMm, 1e4), row.depthMm, row.wide, 0.12);
    add("two views, with 114-126", narrow.all(row.depthMm, 1e4), row.depthMm, row.four, 0.12);
  }
}

void addRealised(const ValidationConfig& config, std::vector<Check>& checks) {
  constexpr int kTrials = 1500;
  const DepthModel model({114, 126});
  for (const bool second : {false, true}) {
    const auto seen = second ? model.all(15, 5000) : model.opposed(15, 5000);
    const double bound = cramerRaoBound(seen).depthSigmaMm;
    const Realised realised = realisedDepth(model, second, 15, 5000, kTrials, config.seed);
    const std::string name = second ? "two views, two windows" : "two views";
    checks.push_back({kGroup, "deviation of the fitted depth over its bound, " + name,
                      realised.deviationMm / bound, 1.01, 0.04, 1 / std::sqrt(2.0 * kTrials),
                      "Cramer-Rao: 0.97 to 1.05"});
    checks.push_back({kGroup, "bias of the fitted depth over its bound, " + name,
                      (realised.meanMm - 15) / bound, 0, 0.05, 1 / std::sqrt(double{kTrials}), "unbiased"});
  }
}

}  // namespace

std::vector<Check> boundChecks(const ValidationConfig& config) {
  std::vector<Check> checks;
  addIdentities(checks);
  addClosedForms(checks);
  addGeometricMean(checks);
  addTable(checks);
  addRealised(config, checks);
  return checks;
}

}  // namespace remnant::validation

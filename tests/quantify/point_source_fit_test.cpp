#include "remnant/quantify/point_source_fit.h"

#include <cmath>
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "remnant/base/error.h"
#include "remnant/base/random.h"
#include "remnant/physics/scatter.h"
#include "remnant/quantify/cramer_rao.h"

namespace remnant::quantify {
namespace {

constexpr double kThickness = 120;
constexpr DepthNodes kNodes{61, 2};

/// Two views, or one view in two windows, of a source in a neck of water.
struct Setting {
  std::vector<std::vector<double>> logResponses;  ///< a node
  double backgroundShare = 0;                     ///< of the first region's counts, in each
  double areaRatio = 0;
  Eigen::MatrixXd errors;  ///< observation x cause
};

Setting opposedViews() {
  const auto beam = physics::BroadBeam::of(physics::nuclideNamed("I-131"));
  Setting setting;
  setting.logResponses.resize(2);
  for (std::size_t node = 0; node < kNodes.count; ++node) {
    const double depth = static_cast<double>(node) * kNodes.stepMm;
    setting.logResponses[0].push_back(std::log(beam.transmission(depth)));
    setting.logResponses[1].push_back(std::log(beam.transmission(kThickness - depth)));
  }
  setting.errors = Eigen::MatrixXd::Zero(2, 1);
  return setting;
}

/// ln K(114-126) through the table of physics.md 6.4 at 1 and 3 cm, as a + b ln(d + 2 mm).
Setting twoWindows() {
  Setting setting = opposedViews();
  for (std::size_t node = 0; node < kNodes.count; ++node) {
    const double depth = static_cast<double>(node) * kNodes.stepMm + 2;
    const double share =
        std::log(.0827) + std::log(.1523 / .0827) * std::log(depth / 12) / std::log(32.0 / 12);
    setting.logResponses[1][node] = setting.logResponses[0][node] + share;
  }
  return setting;
}

double at(const std::vector<double>& nodes, double depth) {
  const auto below = std::min(static_cast<std::size_t>(depth / kNodes.stepMm), kNodes.count - 2);
  return std::lerp(nodes[below], nodes[below + 1], depth / kNodes.stepMm - static_cast<double>(below));
}

std::vector<SourceObservation> drawn(const Setting& setting, double activity, double depth,
                                     RandomStream& random) {
  std::vector<SourceObservation> observations;
  Eigen::VectorXd causes(setting.errors.cols());
  for (double& cause : causes) cause = random.normal();
  for (std::size_t i = 0; i < setting.logResponses.size(); ++i) {
    const double error = setting.errors.row(static_cast<Eigen::Index>(i)).dot(causes);
    const double signal = activity * std::exp(at(setting.logResponses[i], depth) + error);
    const double background =
        activity * std::exp(at(setting.logResponses[0], depth)) * setting.backgroundShare;
    SourceObservation one;
    one.regionCounts = random.poisson(signal + background);
    one.areaRatio = setting.areaRatio;
    one.backgroundCounts = setting.areaRatio > 0 ? random.poisson(background / setting.areaRatio) : 0;
    one.logResponse = setting.logResponses[i];
    one.logErrors.assign(kNodes.count, setting.errors.row(static_cast<Eigen::Index>(i)).transpose());
    observations.push_back(std::move(one));
  }
  return observations;
}

struct Coverage {
  double depth = 0, activity = 0;  ///< shares of intervals that hold the truth
};

Coverage coverage(const Setting& setting, double counts, double depth, int trials) {
  const double activity = counts / std::exp(at(setting.logResponses[0], depth));
  int depths = 0, activities = 0;
  for (int trial = 0; trial < trials; ++trial) {
    RandomStream random(99, static_cast<std::uint32_t>(trial), static_cast<std::uint32_t>(counts + depth));
    const PointSourceFit fit = fitPointSource(kNodes, drawn(setting, activity, depth, random));
    depths += fit.depthMm.lower <= depth && depth <= fit.depthMm.upper;
    activities += fit.activityMBq.lower <= activity && activity <= fit.activityMBq.upper;
  }
  return {static_cast<double>(depths) / trials, static_cast<double>(activities) / trials};
}

/// 93 to 97 %, and the noise of the share itself (3 sigma).
void expectCovered(const std::string& name, const Coverage& found, int trials) {
  const double noise = 3 * std::sqrt(0.95 * 0.05 / trials);
  EXPECT_NEAR(found.depth, 0.95, 0.02 + noise) << name;
  EXPECT_NEAR(found.activity, 0.95, 0.02 + noise) << name;
}

/// Each of the cases where there are trials enough for it, and all of them together.
void expectAllCovered(const std::string& name, const Setting& setting, int trials) {
  constexpr double kCounts[] = {100, 1000, 10000}, kDepths[] = {12, 40};
  Coverage mean;
  for (const double counts : kCounts)
    for (const double depth : kDepths) {
      const Coverage found = coverage(setting, counts, depth, trials);
      mean.depth += found.depth / 6;
      mean.activity += found.activity / 6;
      if (trials >= 200)
        expectCovered(name + " " + std::to_string(counts) + " counts at " + std::to_string(depth) + " mm",
                      found, trials);
    }
  expectCovered(name, mean, 6 * trials);
}

Setting withErrorsAndBackground(Setting setting) {
  setting.backgroundShare = 0.3;
  setting.areaRatio = 0.4;
  setting.errors = Eigen::MatrixXd::Zero(2, 3);
  setting.errors << 0.02, 0.03, 0.0,  //
      0.02, 0.0, 0.06;
  return setting;
}

void expectAllCovered(int trials) {
  expectAllCovered("opposed views", opposedViews(), trials);
  expectAllCovered("opposed views with errors", withErrorsAndBackground(opposedViews()), trials);
  expectAllCovered("two windows", twoWindows(), trials);
  expectAllCovered("two windows with errors", withErrorsAndBackground(twoWindows()), trials);
}

TEST(PointSourceFit, IntervalsKeepTheirPromise) {
  expectAllCovered(40);
}

TEST(PointSourceFit, LongIntervalsKeepTheirPromise) {
  if (!std::getenv("REMNANT_LONG_TESTS")) GTEST_SKIP() << "1000 trials run with REMNANT_LONG_TESTS set";
  expectAllCovered(1000);
}

TEST(PointSourceFit, FindsDepthAndActivityWithoutNoise) {
  const Setting setting = opposedViews();
  for (const double depth : {0., 14., 60., 110.}) {
    std::vector<SourceObservation> observations;
    for (const auto& responses : setting.logResponses) {
      SourceObservation one;
      one.regionCounts = 1e6 * std::exp(at(responses, depth));
      one.logResponse = responses;
      observations.push_back(one);
    }
    const PointSourceFit fit = fitPointSource(kNodes, observations);
    EXPECT_NEAR(fit.depthMm.value, depth, 1e-3);
    EXPECT_NEAR(fit.activityMBq.value / 1e6, 1, 1e-5);
  }
}

TEST(PointSourceFit, StatesTheBoundAsItsUncertainty) {
  const auto beam = physics::BroadBeam::of(physics::nuclideNamed("I-131"));
  Setting setting = opposedViews();
  constexpr double kDepth = 21;
  std::vector<SourceObservation> observations;
  std::vector<BoundObservation> bounds;
  for (int i = 0; i < 2; ++i) {
    SourceObservation one;
    one.regionCounts = 1e6 * std::exp(at(setting.logResponses[static_cast<std::size_t>(i)], kDepth));
    one.logResponse = setting.logResponses[static_cast<std::size_t>(i)];
    one.logErrors.assign(kNodes.count, Eigen::VectorXd::Constant(1, i == 1 ? 0.03 : 0));
    observations.push_back(one);
    BoundObservation bound;
    bound.signal = one.regionCounts;
    bound.slopePerMm = i == 0 ? -beam.slope(kDepth) : beam.slope(kThickness - kDepth);
    bound.nuisanceEffects = Eigen::VectorXd::Constant(1, i);
    bounds.push_back(bound);
  }
  const PointSourceFit fit = fitPointSource(kNodes, observations);
  const SourceBound total = cramerRaoBound(bounds, Eigen::VectorXd::Constant(1, 0.03));
  const SourceBound counting = cramerRaoBound(bounds, Eigen::VectorXd::Constant(1, 1e-9));
  EXPECT_NEAR(fit.depthMm.statistical / counting.depthSigmaMm, 1, 2e-3);
  EXPECT_NEAR(fit.depthMm.standardUncertainty() / total.depthSigmaMm, 1, 2e-3);
  EXPECT_NEAR(fit.activityMBq.standardUncertainty() / fit.activityMBq.value / total.logActivitySigma, 1,
              2e-3);
  // Symmetric at such counts: 1.96 standard uncertainties to each side.
  EXPECT_NEAR((fit.depthMm.upper - fit.depthMm.lower) / (3.92 * total.depthSigmaMm), 1, 0.03);
}

TEST(PointSourceFit, ASourceBeforeTheSkinIsPutInTheSkinWithAnInterval) {
  std::vector<SourceObservation> observations;
  const Setting setting = opposedViews();
  for (std::size_t i = 0; i < 2; ++i) {
    SourceObservation one;
    one.regionCounts = i == 0 ? 300 : 60;  // a ratio of 5; at the skin it is 2.9
    one.logResponse = setting.logResponses[i];
    observations.push_back(one);
  }
  const PointSourceFit fit = fitPointSource(kNodes, observations);
  EXPECT_LT(fit.freeDepthMm, -10);
  EXPECT_EQ(fit.depthMm.value, 0);
  EXPECT_EQ(fit.depthMm.lower, 0);
  EXPECT_LT(fit.depthMm.upper, 10);
  EXPECT_LT(fit.activityMBq.lower, fit.activityMBq.value);
  EXPECT_GT(fit.activityMBq.upper, fit.activityMBq.value);
}

TEST(PointSourceFit, RefusesWhatCannotBeFitted) {
  EXPECT_THROW(fitPointSource(kNodes, {}), ProgramError);
  const Setting setting = opposedViews();
  SourceObservation empty;
  empty.logResponse = setting.logResponses[0];
  EXPECT_THROW(fitPointSource(kNodes, {empty, empty}), ProgramError);
}

}  // namespace
}  // namespace remnant::quantify

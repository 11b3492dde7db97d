#include "remnant/quantify/joint_fit.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "remnant/base/error.h"
#include "remnant/quantify/joint_interval.h"
#include "remnant/quantify/joint_solver.h"
#include "remnant/quantify/joint_start.h"

namespace remnant::quantify {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr const char* kMethod = "joint maximum likelihood";
/// A focus stays within so many widths of its seed, and out of its neighbour's place.
constexpr double kReachFwhm = 1.0;
constexpr int kWeightingRounds = 2;
constexpr int kFlatIterations = 20;
constexpr double kFlatTolerance = 0.1;
/// Bumps that stand for what is known of irregularity beforehand; and how often that of the configuration a
/// background's may be at most.
constexpr double kSeenBefore = 5, kMostIrregularity = 5;
/// Of a focus that is not there.
constexpr double kNoLogActivity = -30;
/// No bound within so many standard deviations leaves a distribution normal.
constexpr double kPlainReachSigmas = 3.5;

Index at(std::size_t index) {
  return static_cast<Index>(index);
}

/// The best fit and its covariances.
struct Fitted {
  JointModel& model;
  JointSolution solution;
  MatrixXd total, statistical;

  double value(std::size_t parameter) const { return solution.parameters(at(parameter)); }
  double totalSigma(std::size_t parameter) const { return std::sqrt(total(at(parameter), at(parameter))); }
  double statisticalSigma(std::size_t parameter) const {
    return std::sqrt(statistical(at(parameter), at(parameter)));
  }
};

Fitted fitted(JointModel& model, JointSolution solution) {
  const MatrixXd information = solution.evaluation.information;
  return {model, std::move(solution), covarianceOf(model, information, noneHeld(model)),
          covarianceOf(model, information, nuisancesHeld(model))};
}

double rest(double total, double part) {
  return std::sqrt(std::max(0.0, total * total - part * part));
}

/// With the interval of a normal distribution.
Estimate plainEstimate(const Fitted& fit, std::size_t parameter) {
  Estimate estimate;
  const double sigma = fit.totalSigma(parameter), deviate = fit.model.config().confidenceDeviate;
  estimate.value = fit.value(parameter);
  estimate.statistical = std::min(sigma, fit.statisticalSigma(parameter));
  estimate.systematic = rest(sigma, estimate.statistical);
  estimate.lower = estimate.value - deviate * sigma;
  estimate.upper = estimate.value + deviate * sigma;
  estimate.method = kMethod;
  estimate.inputs = {fit.model.optics().optics().name()};
  return estimate;
}

/// From that of a logarithm.
Estimate exponential(Estimate estimate) {
  const double value = std::exp(estimate.value);
  estimate.statistical *= value;
  estimate.systematic *= value;
  estimate.lower = std::exp(estimate.lower);
  estimate.upper = std::exp(estimate.upper);
  estimate.value = value;
  return estimate;
}

Estimate scaled(Estimate estimate, double factor) {
  for (double* part :
       {&estimate.value, &estimate.statistical, &estimate.systematic, &estimate.lower, &estimate.upper})
    *part *= factor;
  return estimate;
}

Estimate withInterval(Estimate estimate, const ProfileInterval& interval) {
  estimate.lower = interval.lower;
  estimate.upper = interval.upper;
  return estimate;
}

/// Of the logarithm of activity: the camera's sensitivity on top.
Estimate withSensitivity(Estimate estimate, const Known& sensitivity, double deviate) {
  const double extra = sensitivity.value > 0 ? sensitivity.sigma / sensitivity.value : 0;
  estimate.value -= std::log(sensitivity.value);
  estimate.lower = estimate.value -
                   std::hypot(estimate.value + std::log(sensitivity.value) - estimate.lower, deviate * extra);
  estimate.upper = estimate.value +
                   std::hypot(estimate.upper - estimate.value - std::log(sensitivity.value), deviate * extra);
  estimate.systematic = std::hypot(estimate.systematic, extra);
  return estimate;
}

/// Whether the covariance tells the interval as well as the profile would.
bool isPlain(const Fitted& fit, std::size_t parameter, double limit) {
  if (!fit.model.config().profileIntervals) return true;
  VectorXd lower, upper;
  fit.model.bounds(fit.solution.parameters, lower, upper);
  const double sigma = fit.totalSigma(parameter), reach = kPlainReachSigmas * sigma;
  return sigma < limit && fit.value(parameter) - reach > lower(at(parameter)) &&
         fit.value(parameter) + reach < upper(at(parameter));
}

ProfileInterval profiled(Fitted& fit, std::size_t parameter) {
  return profileInterval(fit.model, fit.solution, fit.total, parameter, fit.model.config().confidenceDeviate);
}

Estimate depthEstimate(Fitted& fit, std::size_t k) {
  const std::size_t parameter = fit.model.layout().focus(k, kDepth);
  Estimate estimate = plainEstimate(fit, parameter);
  if (!isPlain(fit, parameter, fit.model.config().profileAboveDepthMm))
    return withInterval(estimate, profiled(fit, parameter));
  VectorXd lower, upper;
  fit.model.bounds(fit.solution.parameters, lower, upper);
  estimate.lower = std::max(estimate.lower, lower(at(parameter)));
  estimate.upper = std::min(estimate.upper, upper(at(parameter)));
  return estimate;
}

Estimate logActivityEstimate(Fitted& fit, std::size_t k) {
  const std::size_t parameter = fit.model.layout().focus(k, kLogActivity);
  Estimate estimate = plainEstimate(fit, parameter);
  if (!isPlain(fit, parameter, fit.model.config().profileAboveLogActivity))
    estimate = withInterval(estimate, profiled(fit, parameter));
  return withSensitivity(estimate, fit.model.problem().nuisances.sensitivity,
                         fit.model.config().confidenceDeviate);
}

double significanceOf(Fitted& fit, std::size_t k) {
  const JointConfig& config = fit.model.config();
  std::vector<bool> held = noneHeld(fit.model);
  for (std::size_t i = 0; i < kFocusParameters; ++i)
    held[fit.model.layout().focus(k, kLogActivity) + i] = true;
  VectorXd without = fit.solution.parameters;
  without(at(fit.model.layout().focus(k, kLogActivity))) = kNoLogActivity;
  const JointSolution rest = minimise(fit.model, without, held, config.maximumIterations, config.tolerance);
  return std::sqrt(2 * std::max(0.0, rest.evaluation.objective() - fit.solution.evaluation.objective()));
}

const std::vector<DepthComponent>& depthPriorOf(const Fitted& fit, std::size_t k) {
  const std::vector<DepthComponent>& own = fit.model.seed(k).depthPrior;
  return own.empty() ? fit.model.config().depthPrior : own;
}

void addPriorEstimates(Fitted& fit, std::size_t k, FocusEstimate& estimate) {
  const JointConfig& config = fit.model.config();
  const DepthPosterior posterior =
      depthPosterior(fit.model, fit.solution, fit.total, k, depthPriorOf(fit, k), config.confidenceDeviate);
  Estimate depth = estimate.depthMm;
  depth.value = posterior.mean;
  depth.statistical = std::min(depth.statistical, posterior.standardDeviation);
  depth.systematic = rest(posterior.standardDeviation, depth.statistical);
  depth.lower = posterior.lower;
  depth.upper = posterior.upper;
  depth.inputs.emplace_back("prior of depth");
  Estimate logActivity = plainEstimate(fit, fit.model.layout().focus(k, kLogActivity));
  logActivity.value = posterior.logActivityMean;
  logActivity.statistical = std::min(logActivity.statistical, posterior.logActivityDeviation);
  logActivity.systematic = rest(posterior.logActivityDeviation, logActivity.statistical);
  logActivity.lower = posterior.logActivityLower;
  logActivity.upper = posterior.logActivityUpper;
  logActivity.inputs.emplace_back("prior of depth");
  const PlanarProblem& problem = fit.model.problem();
  logActivity = withSensitivity(logActivity, problem.nuisances.sensitivity, config.confidenceDeviate);
  estimate.depthWithPriorMm = depth;
  estimate.activityWithPriorMBq = exponential(logActivity);
  estimate.uptakeWithPriorPercent = scaled(*estimate.activityWithPriorMBq, problem.activityToUptakePercent);
}

/// In the patch of the first view that is about the focus.
double anteriorCounts(Fitted& fit, std::size_t k) {
  std::size_t patch = 0;
  while (std::find(fit.model.patch(patch).foci.begin(), fit.model.patch(patch).foci.end(), k) ==
         fit.model.patch(patch).foci.end())
    ++patch;
  VectorXd counts(fit.model.counts(patch).size());
  fit.model.picture(patch).evaluate(fit.model.seen(patch, k, fit.solution.parameters), counts.data(), false);
  return counts.sum();
}

FocusEstimate estimateOf(Fitted& fit, std::size_t k) {
  const JointLayout& layout = fit.model.layout();
  FocusEstimate estimate;
  estimate.depthMm = depthEstimate(fit, k);
  estimate.activityMBq = exponential(logActivityEstimate(fit, k));
  estimate.uptakePercent = scaled(estimate.activityMBq, fit.model.problem().activityToUptakePercent);
  estimate.x = plainEstimate(fit, layout.focus(k, kX));
  estimate.z = plainEstimate(fit, layout.focus(k, kZ));
  estimate.widthMm = exponential(plainEstimate(fit, layout.focus(k, kLogWidth)));
  estimate.focus = fit.model.focusOf(k, fit.solution.parameters);
  estimate.focus.activityMBq = estimate.activityMBq.value;
  estimate.expectedAnteriorCounts = anteriorCounts(fit, k);
  estimate.significance = significanceOf(fit, k);
  if (!depthPriorOf(fit, k).empty()) addPriorEstimates(fit, k, estimate);
  return estimate;
}

std::vector<FocusSeed> seedsOf(const std::vector<Focus>& foci) {
  std::vector<FocusSeed> seeds;
  for (const Focus& focus : foci) seeds.push_back({focus.x, focus.z});
  return seeds;
}

std::vector<FocusBound> boundsOf(const JointModel& model, const MatrixXd& covariance, double extra) {
  std::vector<FocusBound> bounds;
  for (std::size_t k = 0; k < model.layout().foci; ++k) {
    const auto sigma = [&](FocusParameter parameter) {
      const Index index = at(model.layout().focus(k, parameter));
      return std::sqrt(covariance(index, index));
    };
    bounds.push_back(
        {std::hypot(sigma(kLogActivity), extra), sigma(kDepth), sigma(kX), sigma(kZ), sigma(kLogWidth)});
  }
  return bounds;
}

void requireFoci(std::size_t foci) {
  if (foci == 0) throw InputError("no-foci", "there is no focus to fit");
}

void keepNear(JointModel& model, const std::vector<FocusSeed>& seeds) {
  for (std::size_t k = 0; k < seeds.size(); ++k)
    model.keepNear(
        k, seeds[k],
        kReachFwhm * responseFwhmMm(model.problem().views.front(), model.optics().optics(), seeds[k]));
}

/// How irregular a background is its bumps away from the foci tell: their mean square over the number of them
/// that the counts determine (MacKay 1992, Neural Computation 4:415), about the prior's as if that had been
/// seen before.
void learnIrregularity(JointModel& model, JointSolution& solution, const std::vector<bool>& held) {
  const JointLayout& layout = model.layout();
  const MatrixXd covariance = covarianceOf(model, solution.evaluation.information, held);
  for (std::size_t patch = 0; patch < layout.patches(); ++patch) {
    const Index first = at(layout.background(patch, layout.smoothTerms)),
                bumps = at(layout.irregularities[patch]);
    const VectorXd& away = model.bumpsAway(patch);
    const double squares = away.dot(solution.parameters.segment(first, bumps).cwiseAbs2());
    const double determined = away.sum() - away.dot(covariance.diagonal().segment(first, bumps));
    const double factor = std::sqrt((squares + kSeenBefore) / (std::max(0.0, determined) + kSeenBefore));
    const double scale = std::clamp(model.irregularityScale(patch) * factor, 1.0, kMostIrregularity);
    model.scaleIrregularity(patch, scale / model.irregularityScale(patch), solution.parameters);
  }
}

/// With flat backgrounds, so that none takes the place of a focus that is not yet where it belongs.
VectorXd flatMinimum(JointModel& model, const VectorXd& start, std::vector<bool> held) {
  const JointLayout& layout = model.layout();
  held.resize(layout.size(), false);
  for (std::size_t patch = 0; patch < layout.patches(); ++patch)
    for (std::size_t term = 1; term < layout.backgroundTerms(patch); ++term)
      held[layout.background(patch, term)] = true;
  for (std::size_t i = layout.firstNuisance(); i < layout.size(); ++i) held[i] = true;
  return minimise(model, start, held, kFlatIterations, kFlatTolerance).parameters;
}

/// The weights of the pixels and the irregularity depend on the fit, so it is made again with those of the
/// last one.
JointSolution weightedMinimum(JointModel& model, const VectorXd& start, const std::vector<bool>& held) {
  const JointConfig& config = model.config();
  JointSolution solution =
      minimise(model, flatMinimum(model, start, held), held, config.maximumIterations, config.tolerance);
  for (int round = 0; round < kWeightingRounds; ++round) {
    if (config.modelError > 0) model.weigh(solution.parameters);
    if (config.irregularitySigma > 0) learnIrregularity(model, solution, held);
    solution =
        minimise(model, VectorXd(solution.parameters), held, config.maximumIterations, config.tolerance);
  }
  return solution;
}

}  // namespace

JointFit jointFit(const PlanarProblem& problem, const NeckOptics& optics, const std::vector<FocusSeed>& seeds,
                  const JointConfig& config) {
  requireFoci(seeds.size());
  JointModel model(problem, optics, seeds.size(), patchesAround(problem, optics, seeds, config), config);
  keepNear(model, seeds);
  Fitted fit = fitted(model, weightedMinimum(model, startOf(model, seeds), {}));
  JointFit result;
  for (std::size_t k = 0; k < seeds.size(); ++k) result.foci.push_back(estimateOf(fit, k));
  result.logLikelihood = -fit.solution.evaluation.misfit;
  result.pixels = static_cast<double>(model.pixels());
  result.converged = fit.solution.converged;
  result.iterations = fit.solution.iterations;
  return result;
}

JointBound cramerRao(const PlanarProblem& problem, const NeckOptics& optics, const std::vector<Focus>& foci,
                     const JointConfig& config) {
  requireFoci(foci.size());
  const auto seeds = seedsOf(foci);
  JointModel model(problem, optics, foci.size(), patchesAround(problem, optics, seeds, config), config);
  keepNear(model, seeds);
  VectorXd parameters = startOf(model, seeds);
  for (std::size_t k = 0; k < foci.size(); ++k) model.setFocus(k, foci[k], parameters);
  std::vector<bool> held = nuisancesHeld(model);
  std::fill(held.begin(), held.begin() + at(model.layout().background(0, 0)), true);
  const JointSolution solution = weightedMinimum(model, parameters, held);
  const MatrixXd& information = solution.evaluation.information;
  const Known& sensitivity = problem.nuisances.sensitivity;
  return {boundsOf(model, covarianceOf(model, information, nuisancesHeld(model)), 0),
          boundsOf(model, covarianceOf(model, information, noneHeld(model)),
                   sensitivity.sigma / sensitivity.value)};
}

}  // namespace remnant::quantify

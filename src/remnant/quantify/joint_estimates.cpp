#include "remnant/quantify/joint_estimates.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "remnant/quantify/joint_interval.h"
#include "remnant/quantify/joint_labels.h"
#include "remnant/quantify/joint_start.h"

namespace remnant::quantify {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr const char* kMethod = "joint maximum likelihood";
/// No bound within so many standard deviations leaves a distribution normal.
constexpr double kPlainReachSigmas = 3.5;
/// Of twice the objective, at which the odds of an exchange, e^(-rise / 2), are 1 to 19; and the deviate that
/// stands for none.
const double kMostRise = 2 * std::log(19.0);
constexpr double kLeastDeviate = 1e-3;

Index at(std::size_t index) {
  return static_cast<Index>(index);
}

/// The best fit and its covariances.
struct Fitted {
  JointModel& model;
  const JointSolution& solution;
  MatrixXd total, statistical;
  std::vector<double> significance;  ///< of each focus

  const JointConfig& config() const { return model.config(); }
  bool isSeen(std::size_t k) const { return significance[k] >= config().leastSignificance; }
  double value(std::size_t parameter) const { return solution.parameters(at(parameter)); }
  double totalSigma(std::size_t parameter) const { return std::sqrt(total(at(parameter), at(parameter))); }
  double statisticalSigma(std::size_t parameter) const {
    return std::sqrt(statistical(at(parameter), at(parameter)));
  }
};

double rest(double total, double part) {
  return std::sqrt(std::max(0.0, total * total - part * part));
}

/// With the interval of a normal distribution.
Estimate plainEstimate(const Fitted& fit, std::size_t parameter, double deviate) {
  Estimate estimate;
  const double sigma = fit.totalSigma(parameter);
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

/// Of the logarithm of activity: the camera's sensitivity on top.
Estimate withSensitivity(Estimate estimate, const Known& sensitivity, double deviate) {
  const double extra = sensitivity.value > 0 ? sensitivity.sigma / sensitivity.value : 0;
  const double below = std::hypot(estimate.value - estimate.lower, deviate * extra),
               above = std::hypot(estimate.upper - estimate.value, deviate * extra);
  estimate.value -= std::log(sensitivity.value);
  estimate.lower = estimate.value - below;
  estimate.upper = estimate.value + above;
  estimate.systematic = std::hypot(estimate.systematic, extra);
  return estimate;
}

/// Whether the covariance tells the interval as well as the profile would.
bool isPlain(const Fitted& fit, std::size_t parameter, double limit, const VectorXd& lower,
             const VectorXd& upper) {
  if (!fit.config().profileIntervals) return true;
  const double sigma = fit.totalSigma(parameter), reach = kPlainReachSigmas * sigma;
  return sigma < limit && fit.value(parameter) - reach > lower(at(parameter)) &&
         fit.value(parameter) + reach < upper(at(parameter));
}

/// limit: standard deviation from which on the interval is that of the profile. profile: ask for it in any
/// case.
Estimate likelihoodEstimate(const Fitted& fit, std::size_t parameter, double limit, double deviate,
                            bool profile = false) {
  Estimate estimate = plainEstimate(fit, parameter, deviate);
  VectorXd lower, upper;
  fit.model.bounds(fit.solution.parameters, lower, upper);
  if (!profile && isPlain(fit, parameter, limit, lower, upper)) {
    estimate.lower = std::max(estimate.lower, lower(at(parameter)));
    estimate.upper = std::min(estimate.upper, upper(at(parameter)));
    return estimate;
  }
  const ProfileInterval interval = profileInterval(fit.model, fit.solution, fit.total, parameter, deviate);
  estimate.lower = interval.lower;
  estimate.upper = interval.upper;
  return estimate;
}

Estimate posteriorEstimate(Estimate likelihood, double mean, double sigma, double lower, double upper) {
  likelihood.value = mean;
  likelihood.statistical = std::min(likelihood.statistical, sigma);
  likelihood.systematic = rest(sigma, likelihood.statistical);
  likelihood.lower = lower;
  likelihood.upper = upper;
  likelihood.inputs.emplace_back("prior of depth");
  return likelihood;
}

/// The best fit, or that with some of the foci taken away.
struct Reduced {
  std::vector<bool> held;  ///< the parameters of those that are gone, at no activity
  JointSolution solution;
};

/// Starts from which the others may take over what focus k leaves: as they are, and each in its place.
std::vector<VectorXd> startsWithout(const JointModel& model, const Reduced& fit, std::size_t k) {
  const JointLayout& layout = model.layout();
  std::vector<VectorXd> starts{fit.solution.parameters};
  for (std::size_t other = 0; other < layout.foci; ++other)
    if (other != k && !fit.held[layout.focus(other, kLogActivity)])
      starts.push_back(exchanged(model, fit.solution.parameters, k, other));
  for (VectorXd& start : starts) start(at(layout.focus(k, kLogActivity))) = kNoLogActivity;
  return starts;
}

Reduced without(JointModel& model, const Reduced& fit, std::size_t k) {
  const JointConfig& config = model.config();
  Reduced reduced{fit.held, {}};
  for (std::size_t i = 0; i < kFocusParameters; ++i)
    reduced.held[model.layout().focus(k, kLogActivity) + i] = true;
  double least = std::numeric_limits<double>::infinity();
  for (const VectorXd& start : startsWithout(model, fit, k)) {
    JointSolution rest = minimise(model, start, reduced.held, config.maximumIterations, config.tolerance);
    if (rest.evaluation.objective() >= least) continue;
    least = rest.evaluation.objective();
    reduced.solution = std::move(rest);
  }
  return reduced;
}

double significanceOver(const Reduced& reduced, const Reduced& fit) {
  return std::sqrt(
      2 * std::max(0.0, reduced.solution.evaluation.objective() - fit.solution.evaluation.objective()));
}

/// Two foci that look like one are each nothing beside the other: the least significant is taken away alone,
/// and what is left is asked again.
std::vector<double> significances(JointModel& model, const JointSolution& solution) {
  std::vector<double> result(model.layout().foci);
  std::vector<std::size_t> asked(result.size());
  std::iota(asked.begin(), asked.end(), std::size_t{0});
  Reduced fit{noneHeld(model), solution};
  while (!asked.empty()) {
    std::vector<Reduced> reduced;
    for (const std::size_t k : asked) {
      reduced.push_back(without(model, fit, k));
      result[k] = significanceOver(reduced.back(), fit);
    }
    const auto least = std::min_element(asked.begin(), asked.end(), [&](std::size_t one, std::size_t other) {
      return result[one] < result[other];
    });
    fit = std::move(reduced[static_cast<std::size_t>(least - asked.begin())]);
    asked.erase(least);
    std::erase_if(asked, [&](std::size_t k) { return result[k] >= model.config().leastSignificance; });
  }
  return result;
}

/// Of one focus, before the camera's sensitivity.
struct Found {
  Estimate depthMm, logActivity;
  std::optional<Estimate> depthWithPriorMm, logActivityWithPrior;
};

const std::vector<DepthComponent>& depthPriorOf(const Fitted& fit, std::size_t k) {
  const std::vector<DepthComponent>& own = fit.model.seed(k).depthPrior;
  return own.empty() ? fit.config().depthPrior : own;
}

Found foundOf(Fitted& fit, std::size_t k, const std::vector<DepthComponent>& prior, double deviate) {
  const JointLayout& layout = fit.model.layout();
  Found found{likelihoodEstimate(fit, layout.focus(k, kDepth), fit.config().profileAboveDepthMm, deviate),
              likelihoodEstimate(fit, layout.focus(k, kLogActivity), fit.config().profileAboveLogActivity,
                                 deviate, !fit.isSeen(k)),
              {},
              {}};
  if (prior.empty()) return found;
  const DepthPosterior posterior = depthPosterior(fit.model, fit.solution, fit.total, k, prior, deviate);
  found.depthWithPriorMm = posteriorEstimate(found.depthMm, posterior.mean, posterior.standardDeviation,
                                             posterior.lower, posterior.upper);
  found.logActivityWithPrior =
      posteriorEstimate(found.logActivity, posterior.logActivityMean, posterior.logActivityDeviation,
                        posterior.logActivityLower, posterior.logActivityUpper);
  return found;
}

/// The focus may, with this chance, be the other. scale: from the other's deviations to its own; error: what
/// a mistake would cost.
void admit(Estimate& own, const Estimate& other, double chance, double scale, double error) {
  const double square = (1 - chance) * own.statistical * own.statistical +
                        chance * (std::pow(scale * other.statistical, 2) + error * error);
  own.statistical = std::sqrt(square);
  own.lower = std::min(own.lower, other.lower);
  own.upper = std::max(own.upper, other.upper);
}

void admitDepth(Estimate& own, const Estimate& other, double chance) {
  admit(own, other, chance, 1, other.value - own.value);
}

/// Deviations of a logarithm are those of the activity over its value, and stay so where it is far off.
void admitLogActivity(Estimate& own, const Estimate& other, double chance) {
  admit(own, other, chance, std::exp(other.value - own.value), std::expm1(other.value - own.value));
}

void admit(Found& own, const Found& other, double chance) {
  admitDepth(own.depthMm, other.depthMm, chance);
  admitLogActivity(own.logActivity, other.logActivity, chance);
  if (!own.depthWithPriorMm) return;
  admitDepth(*own.depthWithPriorMm, *other.depthWithPriorMm, chance);
  admitLogActivity(*own.logActivityWithPrior, *other.logActivityWithPrior, chance);
}

/// Those that are seen, as this one is. A mark of nothing is nobody's place.
std::vector<Exchange> likelyExchanges(Fitted& fit, std::size_t k) {
  std::vector<Exchange> exchanges;
  if (!fit.isSeen(k)) return exchanges;
  for (const Exchange& exchange : exchangesOf(fit.model, fit.solution, k, kMostRise))
    if (fit.isSeen(exchange.other)) exchanges.push_back(exchange);
  return exchanges;
}

/// In another's place a focus may differ from it by no more than the rise of the objective leaves.
Found foundWithExchanges(Fitted& fit, std::size_t k) {
  const double deviate = fit.config().confidenceDeviate;
  const std::vector<DepthComponent> prior = depthPriorOf(fit, k);
  Found found = foundOf(fit, k, prior, deviate);
  const std::vector<Exchange> exchanges = likelyExchanges(fit, k);
  double odds = 1;
  for (const Exchange& exchange : exchanges) odds += std::exp(-exchange.rise / 2);
  for (const Exchange& exchange : exchanges) {
    const double left = std::sqrt(std::max(0.0, deviate * deviate - std::max(0.0, exchange.rise)));
    admit(found, foundOf(fit, exchange.other, prior, std::max(left, kLeastDeviate)),
          std::exp(-exchange.rise / 2) / odds);
  }
  return found;
}

void addActivities(const Fitted& fit, const Found& found, FocusEstimate& estimate) {
  const PlanarProblem& problem = fit.model.problem();
  const auto activity = [&](const Estimate& logarithm) {
    return exponential(
        withSensitivity(logarithm, problem.nuisances.sensitivity, fit.config().confidenceDeviate));
  };
  estimate.activityMBq = activity(found.logActivity);
  estimate.uptakePercent = scaled(estimate.activityMBq, problem.activityToUptakePercent);
  if (!found.logActivityWithPrior) return;
  estimate.activityWithPriorMBq = activity(*found.logActivityWithPrior);
  estimate.uptakeWithPriorPercent = scaled(*estimate.activityWithPriorMBq, problem.activityToUptakePercent);
}

FocusEstimate estimateOf(Fitted& fit, std::size_t k) {
  const JointLayout& layout = fit.model.layout();
  const double deviate = fit.config().confidenceDeviate;
  const Found found = foundWithExchanges(fit, k);
  FocusEstimate estimate;
  estimate.depthMm = found.depthMm;
  estimate.depthWithPriorMm = found.depthWithPriorMm;
  addActivities(fit, found, estimate);
  estimate.x = plainEstimate(fit, layout.focus(k, kX), deviate);
  estimate.z = plainEstimate(fit, layout.focus(k, kZ), deviate);
  estimate.widthMm = exponential(plainEstimate(fit, layout.focus(k, kLogWidth), deviate));
  estimate.focus = fit.model.focusOf(k, fit.solution.parameters);
  estimate.focus.activityMBq = estimate.activityMBq.value;
  estimate.expectedAnteriorCounts = countsOfFocus(fit.model, k, fit.solution.parameters);
  estimate.significance = fit.significance[k];
  return estimate;
}

}  // namespace

std::vector<FocusEstimate> estimatesOf(JointModel& model, const JointSolution& solution) {
  const MatrixXd& information = solution.evaluation.information;
  Fitted fit{model, solution, covarianceOf(model, information, noneHeld(model)),
             covarianceOf(model, information, nuisancesHeld(model)), significances(model, solution)};
  std::vector<FocusEstimate> estimates;
  for (std::size_t k = 0; k < model.layout().foci; ++k) estimates.push_back(estimateOf(fit, k));
  return estimates;
}

}  // namespace remnant::quantify

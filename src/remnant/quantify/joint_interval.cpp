#include "remnant/quantify/joint_interval.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace remnant::quantify {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int kIterations = 15, kRounds = 4, kSteps = 15;
constexpr double kTolerance = 1e-3, kDeviateTolerance = 0.01;
/// The next place to look keeps this share of the bracket from its ends.
constexpr double kLeastShare = 0.1;
/// Of a posterior: how far its prior is followed, how far from the best fit at all, and its nodes.
constexpr double kPriorReach = 2.5, kMostReachMm = 60, kSpacingSigmas = 0.5;
constexpr int kLeastNodes = 25, kMostNodes = 61;

/// The best fit at fixed values of one parameter, each begun where the last ended.
class Profile {
 public:
  Profile(JointModel& model, const JointSolution& best, const MatrixXd& covariance, std::size_t parameter)
      : model_(model),
        best_(best),
        held_(noneHeld(model)),
        index_(static_cast<Index>(parameter)),
        direction_(covariance.col(index_) / covariance(index_, index_)) {
    held_[parameter] = true;
    last_.parameters = best.parameters;
  }

  const JointSolution& at(double value) {
    last_ = minimise(model_, startAt(value), held_, kIterations, kTolerance);
    for (int round = 1; round < kRounds && !last_.converged; ++round)
      last_ = minimise(model_, VectorXd(last_.parameters), held_, kIterations, kTolerance);
    return last_;
  }
  double deviateAt(double value) {
    return std::sqrt(std::max(0.0, 2 * (at(value).evaluation.objective() - best_.evaluation.objective())));
  }
  void restart() { last_.parameters = best_.parameters; }
  const std::vector<bool>& held() const { return held_; }

 private:
  /// The best of where the last ended and the best fit, each as it stands and along the valley as the
  /// covariance has it: one foot in a wrong valley must not lead all others there.
  VectorXd startAt(double value) {
    VectorXd chosen;
    double least = std::numeric_limits<double>::infinity();
    for (const JointSolution* solution : {&std::as_const(last_), &best_})
      for (const double share : {0., 1.}) {
        const VectorXd& from = solution->parameters;
        VectorXd start = from + share * (value - from(index_)) * direction_;
        model_.bound(start);
        start(index_) = value;
        const double objective = model_.evaluate(start, false).objective();
        if (objective >= least) continue;
        least = objective;
        chosen = std::move(start);
      }
    return chosen;
  }

  JointModel& model_;
  const JointSolution& best_;
  std::vector<bool> held_;
  Index index_;
  VectorXd direction_;
  JointSolution last_;
};

/// The signed deviate is near to linear in the parameter, so regula falsi on it needs few fits.
double endOf(Profile& profile, double centre, double limit, double sigma, double deviate, double firstReach) {
  profile.restart();
  const double sign = limit > centre ? 1 : -1, room = std::abs(limit - centre);
  double inner = 0, innerDeviate = 0, outer = room, outerDeviate = std::numeric_limits<double>::infinity();
  double reach = std::min({room, deviate * sigma, firstReach});
  for (int step = 0; step < kSteps && reach > 0; ++step) {
    const double found = profile.deviateAt(centre + sign * reach);
    if (std::abs(found - deviate) < kDeviateTolerance) break;
    if (found < deviate) {
      if (reach >= room) return limit;
      inner = reach;
      innerDeviate = found;
    } else {
      outer = reach;
      outerDeviate = found;
    }
    double next = 0;
    if (std::isfinite(outerDeviate))
      next = std::lerp(
          inner, outer,
          std::clamp((deviate - innerDeviate) / (outerDeviate - innerDeviate), kLeastShare, 1 - kLeastShare));
    else
      next = inner * std::clamp(deviate / std::max(innerDeviate, 1e-6), 1.02, 2.5);
    reach = std::min(next, outer);
    if (step + 1 == kSteps && !std::isfinite(outerDeviate)) return limit;
  }
  return centre + sign * reach;
}

double priorDensity(const std::vector<DepthComponent>& prior, double depthMm) {
  double sum = 0;
  for (const DepthComponent& component : prior) {
    const double deviate = (depthMm - component.meanMm) / component.sigmaMm;
    sum += component.weight / component.sigmaMm * std::exp(-0.5 * deviate * deviate);
  }
  return sum;
}

/// One depth of the grid.
struct DepthNode {
  double depthMm = 0, logDensity = 0, logActivity = 0, logActivitySigma = 0;
};

DepthNode nodeAt(Profile& profile, JointModel& model, std::size_t focus, double depthMm,
                 const std::vector<DepthComponent>& prior) {
  const JointSolution& solution = profile.at(depthMm);
  const auto activity = static_cast<Index>(model.layout().focus(focus, kLogActivity));
  const MatrixXd covariance = covarianceOf(model, solution.evaluation.information, profile.held());
  return {depthMm,
          -solution.evaluation.objective() + std::log(std::max(priorDensity(prior, depthMm), 1e-300)),
          solution.parameters(activity), std::sqrt(covariance(activity, activity))};
}

double normalBelow(double deviate) {
  return 0.5 * std::erfc(-deviate / std::numbers::sqrt2);
}

/// The value below which a share of the mixture of normals lies.
double mixtureQuantile(const std::vector<DepthNode>& nodes, const std::vector<double>& weights,
                       double share) {
  double low = 1e9, high = -1e9;
  for (const DepthNode& node : nodes) {
    low = std::min(low, node.logActivity - 8 * node.logActivitySigma);
    high = std::max(high, node.logActivity + 8 * node.logActivitySigma);
  }
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    double below = 0;
    for (std::size_t i = 0; i < nodes.size(); ++i)
      below += weights[i] * normalBelow((middle - nodes[i].logActivity) / nodes[i].logActivitySigma);
    (below < share ? low : high) = middle;
  }
  return (low + high) / 2;
}

/// Of a density given at evenly spaced nodes, each standing for the cell around it.
double gridQuantile(const std::vector<DepthNode>& nodes, const std::vector<double>& weights, double spacing,
                    double share) {
  double below = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (below + weights[i] >= share) return nodes[i].depthMm + spacing * ((share - below) / weights[i] - 0.5);
    below += weights[i];
  }
  return nodes.back().depthMm + spacing / 2;
}

}  // namespace

ProfileInterval profileInterval(JointModel& model, const JointSolution& best, const MatrixXd& covariance,
                                std::size_t parameter, double deviate) {
  const auto index = static_cast<Index>(parameter);
  VectorXd lower, upper;
  model.bounds(best.parameters, lower, upper);
  const double centre = best.parameters(index), sigma = std::sqrt(covariance(index, index));
  Profile profile(model, best, covariance, parameter);
  const double firstReach = greatestSteps(model.layout())(index);
  return {endOf(profile, centre, lower(index), sigma, deviate, firstReach),
          endOf(profile, centre, upper(index), sigma, deviate, firstReach)};
}

DepthPosterior depthPosterior(JointModel& model, const JointSolution& best, const MatrixXd& covariance,
                              std::size_t focus, const std::vector<DepthComponent>& prior, double deviate) {
  const std::size_t parameter = model.layout().focus(focus, kDepth);
  const auto index = static_cast<Index>(parameter);
  VectorXd lower, upper;
  model.bounds(best.parameters, lower, upper);
  const double sigma = std::sqrt(covariance(index, index)), centre = best.parameters(index);
  double from = centre - 5 * sigma, to = centre + 5 * sigma;
  for (const DepthComponent& component : prior) {
    from = std::min(from, component.meanMm - kPriorReach * component.sigmaMm);
    to = std::max(to, std::min(centre + kMostReachMm, component.meanMm + kPriorReach * component.sigmaMm));
  }
  from = std::max(lower(index), from);
  to = std::min({upper(index), to, std::max(centre, 0.0) + kMostReachMm});
  const int count = std::clamp(static_cast<int>(std::ceil((to - from) / (kSpacingSigmas * sigma))),
                               kLeastNodes, kMostNodes);
  const double spacing = (to - from) / count;
  Profile profile(model, best, covariance, parameter);
  std::vector<DepthNode> nodes;
  for (int i = 0; i < count; ++i)
    nodes.push_back(nodeAt(profile, model, focus, from + (i + 0.5) * spacing, prior));
  double greatest = -std::numeric_limits<double>::infinity(), sum = 0;
  for (const DepthNode& node : nodes) greatest = std::max(greatest, node.logDensity);
  std::vector<double> weights;
  for (const DepthNode& node : nodes) sum += weights.emplace_back(std::exp(node.logDensity - greatest));
  DepthPosterior posterior;
  double depthSquare = 0, activitySquare = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const DepthNode& node = nodes[i];
    weights[i] /= sum;
    posterior.mean += weights[i] * node.depthMm;
    depthSquare += weights[i] * (node.depthMm * node.depthMm + spacing * spacing / 12);
    posterior.logActivityMean += weights[i] * node.logActivity;
    activitySquare +=
        weights[i] * (node.logActivity * node.logActivity + node.logActivitySigma * node.logActivitySigma);
  }
  const double tail = normalBelow(-deviate);
  posterior.standardDeviation = std::sqrt(std::max(0.0, depthSquare - posterior.mean * posterior.mean));
  posterior.lower = gridQuantile(nodes, weights, spacing, tail);
  posterior.upper = gridQuantile(nodes, weights, spacing, 1 - tail);
  posterior.logActivityDeviation =
      std::sqrt(std::max(0.0, activitySquare - posterior.logActivityMean * posterior.logActivityMean));
  posterior.logActivityLower = mixtureQuantile(nodes, weights, tail);
  posterior.logActivityUpper = mixtureQuantile(nodes, weights, 1 - tail);
  return posterior;
}

}  // namespace remnant::quantify

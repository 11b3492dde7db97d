#include "remnant/quantify/joint_labels.h"

#include <utility>

namespace remnant::quantify {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

/// An exchange must gain so much of twice the objective, or two fits of the same worth would alternate.
constexpr double kLeastGain = 1e-3;

bool keepsBounds(JointModel& model, const VectorXd& parameters) {
  VectorXd lower, upper;
  model.bounds(parameters, lower, upper);
  return (parameters.array() >= lower.array()).all() && (parameters.array() <= upper.array()).all();
}

/// The first two foci that had better change places.
std::pair<std::size_t, std::size_t> misplaced(JointModel& model, const JointSolution& solution) {
  for (std::size_t k = 0; k < model.layout().foci; ++k)
    for (const Exchange& exchange : exchangesOf(model, solution, k, -kLeastGain)) return {k, exchange.other};
  return {0, 0};
}

}  // namespace

VectorXd exchanged(const JointModel& model, const VectorXd& parameters, std::size_t k, std::size_t other) {
  const auto one = static_cast<Index>(model.layout().focus(k, kLogActivity)),
             two = static_cast<Index>(model.layout().focus(other, kLogActivity));
  VectorXd result = parameters;
  result.segment(one, kFocusParameters) = parameters.segment(two, kFocusParameters);
  result.segment(two, kFocusParameters) = parameters.segment(one, kFocusParameters);
  return result;
}

std::vector<Exchange> exchangesOf(JointModel& model, const JointSolution& best, std::size_t k, double limit) {
  std::vector<Exchange> exchanges;
  if (!(model.config().seedSigmaMm > 0)) return exchanges;
  for (std::size_t other = 0; other < model.layout().foci; ++other) {
    if (other == k) continue;
    const VectorXd parameters = exchanged(model, best.parameters, k, other);
    if (!keepsBounds(model, parameters)) continue;
    const double rise = 2 * (model.evaluate(parameters, false).objective() - best.evaluation.objective());
    if (rise < limit) exchanges.push_back({other, rise});
  }
  return exchanges;
}

JointSolution settled(JointModel& model, JointSolution solution, const std::vector<bool>& held) {
  const JointConfig& config = model.config();
  for (std::size_t tried = 0; tried < model.layout().foci * model.layout().foci; ++tried) {
    const auto [k, other] = misplaced(model, solution);
    if (k == other) break;
    solution = minimise(model, exchanged(model, solution.parameters, k, other), held,
                        config.maximumIterations, config.tolerance);
  }
  return solution;
}

}  // namespace remnant::quantify

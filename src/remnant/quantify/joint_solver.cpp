#include "remnant/quantify/joint_solver.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "remnant/base/interrupt.h"

namespace remnant::quantify {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kFirstDamping = 1e-3, kLeastDamping = 1e-7, kMostDamping = 1e7;
/// Ends too where so many steps in a row gain next to nothing: the sampled optics have kinks.
constexpr int kMostStalled = 3;
constexpr double kStalledTolerances = 10;

Index at(std::size_t index) {
  return static_cast<Index>(index);
}

std::vector<Index> freeParameters(const VectorXd& parameters, const VectorXd& gradient, const VectorXd& lower,
                                  const VectorXd& upper, const std::vector<bool>& held) {
  std::vector<Index> chosen;
  for (Index i = 0; i < parameters.size(); ++i) {
    if (!held.empty() && held[static_cast<std::size_t>(i)]) continue;
    const bool leaves =
        (parameters(i) <= lower(i) && gradient(i) > 0) || (parameters(i) >= upper(i) && gradient(i) < 0);
    if (!leaves) chosen.push_back(i);
  }
  return chosen;
}

VectorXd dampedStep(const JointEvaluation& evaluation, const std::vector<Index>& chosen, double damping) {
  const MatrixXd information = evaluation.information(chosen, chosen);
  MatrixXd damped = information;
  damped.diagonal() += damping * information.diagonal() + VectorXd::Constant(information.rows(), 1e-12);
  VectorXd step = VectorXd::Zero(evaluation.gradient.size());
  step(chosen) = -damped.ldlt().solve(VectorXd(evaluation.gradient(chosen)));
  return step;
}

void shorten(VectorXd& step, const VectorXd& greatest) {
  const double excess = (step.cwiseAbs().cwiseQuotient(greatest)).maxCoeff();
  if (excess > 1) step /= excess;
}

}  // namespace

VectorXd greatestSteps(const JointLayout& layout) {
  VectorXd steps = VectorXd::Constant(at(layout.size()), 2);
  for (std::size_t k = 0; k < layout.foci; ++k)
    steps.segment(at(layout.focus(k, kLogActivity)), kFocusParameters) << 1.5, 6, 6, 20, 0.7, 0.7;
  return steps;
}

JointSolution minimise(JointModel& model, const VectorXd& start, const std::vector<bool>& held,
                       int maximumIterations, double tolerance) {
  stopIfInterrupted();
  JointSolution solution{start, {}, false, 0};
  VectorXd lower, upper;
  const auto keepInside = [&](VectorXd& parameters) {
    model.bounds(parameters, lower, upper);
    for (Index i = 0; i < parameters.size(); ++i)
      if (held.empty() || !held[static_cast<std::size_t>(i)])
        parameters(i) = std::clamp(parameters(i), lower(i), upper(i));
  };
  keepInside(solution.parameters);
  solution.evaluation = model.evaluate(solution.parameters);
  const VectorXd greatest = greatestSteps(model.layout());
  double damping = kFirstDamping;
  int stalled = 0;
  for (; solution.iterations < maximumIterations; ++solution.iterations) {
    model.bounds(solution.parameters, lower, upper);
    const auto chosen = freeParameters(solution.parameters, solution.evaluation.gradient, lower, upper, held);
    VectorXd step = dampedStep(solution.evaluation, chosen, damping);
    const double gain = -0.5 * step.dot(solution.evaluation.gradient);
    if (gain < tolerance && damping <= 1) {
      solution.converged = true;
      return solution;
    }
    shorten(step, greatest);
    VectorXd next = solution.parameters + step;
    keepInside(next);
    JointEvaluation evaluation = model.evaluate(next);
    const double decrease = solution.evaluation.objective() - evaluation.objective();
    if (decrease > 0) {
      solution.parameters = std::move(next);
      solution.evaluation = std::move(evaluation);
      stalled = decrease < kStalledTolerances * tolerance ? stalled + 1 : 0;
      if (stalled == kMostStalled) {
        solution.converged = true;
        return solution;
      }
      // Far less gained than foreseen: the step overshot the valley, and would again on its way back.
      if (decrease < 0.4 * gain)
        damping = std::max(3 * damping, kFirstDamping);
      else
        damping = damping < kLeastDamping ? 0 : damping / 10;
    } else {
      damping = std::max(10 * damping, kLeastDamping);
      if (damping > kMostDamping || gain < tolerance) {
        // At a kink of the sampled optics no step gains, though the quadratic model hopes for one.
        solution.converged = true;
        return solution;
      }
    }
  }
  return solution;
}

MatrixXd covarianceOf(const JointModel& model, const MatrixXd& information, const std::vector<bool>& held) {
  const JointLayout& layout = model.layout();
  std::vector<Index> chosen;
  for (std::size_t i = 0; i < layout.size(); ++i)
    if (held.empty() || !held[i]) chosen.push_back(at(i));
  VectorXd wide = VectorXd::Constant(at(layout.size()), 1e-4);
  for (std::size_t k = 0; k < layout.foci; ++k)
    wide.segment(at(layout.focus(k, kLogActivity)), kFocusParameters) << 1e-3, 1e-6, 1e-6, 1e-6, 0, 0;
  MatrixXd free = information(chosen, chosen);
  for (std::size_t i = 0; i < chosen.size(); ++i) free(at(i), at(i)) += wide(chosen[i]);
  const MatrixXd inverse = free.ldlt().solve(MatrixXd::Identity(free.rows(), free.cols()));
  MatrixXd covariance = MatrixXd::Zero(at(layout.size()), at(layout.size()));
  covariance(chosen, chosen) = inverse;
  return covariance;
}

std::vector<bool> noneHeld(const JointModel& model) {
  return std::vector<bool>(model.layout().size(), false);
}

std::vector<bool> nuisancesHeld(const JointModel& model) {
  std::vector<bool> held = noneHeld(model);
  std::fill(held.begin() + static_cast<std::ptrdiff_t>(model.layout().firstNuisance()), held.end(), true);
  return held;
}

}  // namespace remnant::quantify

#pragma once

#include "remnant/quantify/joint_model.h"

/// The minimum of a joint model's objective by Fisher scoring with Levenberg's damping.
namespace remnant::quantify {

struct JointSolution {
  Eigen::VectorXd parameters;
  JointEvaluation evaluation;
  bool converged = false;
  int iterations = 0;
};

/// held: parameters that keep the value of `start`; empty: none. Parameters at a bound that want to leave it
/// are held for the step.
JointSolution minimise(JointModel& model, const Eigen::VectorXd& start, const std::vector<bool>& held,
                       int maximumIterations, double tolerance);

/// Inverse of the information of the parameters not held, zero elsewhere. Directions without information get
/// a prior far wider than what could be (a factor e^30 of activity, a metre), so that all is finite.
Eigen::MatrixXd covarianceOf(const JointModel& model, const Eigen::MatrixXd& information,
                             const std::vector<bool>& held);

std::vector<bool> noneHeld(const JointModel& model);
std::vector<bool> nuisancesHeld(const JointModel& model);

/// Of each parameter: beyond it the quadratic model of the objective is not trusted.
Eigen::VectorXd greatestSteps(const JointLayout& layout);

}  // namespace remnant::quantify

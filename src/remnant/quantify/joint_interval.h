#pragma once

#include "remnant/quantify/joint_solver.h"

/// Intervals of one parameter with all others fitted again at each of its values.
namespace remnant::quantify {

/// Bounds of a parameter.
struct ProfileInterval {
  double lower = 0, upper = 0;
};

/// Where twice the profile of the objective has risen by deviate^2 (Wilks); at a bound of the parameter where
/// it does not rise so far.
ProfileInterval profileInterval(JointModel& model, const JointSolution& best,
                                const Eigen::MatrixXd& covariance, std::size_t parameter, double deviate);

/// Posterior of depth, the likelihood's profile times the prior, and the logarithm of activity along it.
struct DepthPosterior {
  double mean = 0, standardDeviation = 0, lower = 0, upper = 0;
  double logActivityMean = 0, logActivityDeviation = 0, logActivityLower = 0, logActivityUpper = 0;
};
DepthPosterior depthPosterior(JointModel& model, const JointSolution& best, const Eigen::MatrixXd& covariance,
                              std::size_t focus, const std::vector<DepthComponent>& prior, double deviate);

}  // namespace remnant::quantify

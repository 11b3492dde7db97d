#pragma once

#include <vector>

#include "remnant/quantify/joint_solver.h"

/// Which of two foci close together is which: only their marks tell, and a mark is put to a few millimetres.
namespace remnant::quantify {

/// Two foci in each other's place explain the counts as well; only the prior of the marks tells them apart.
struct Exchange {
  std::size_t other = 0;
  double rise = 0;  ///< of twice the objective, if the two changed places
};

/// The parameters with two foci in each other's place.
Eigen::VectorXd exchanged(const JointModel& model, const Eigen::VectorXd& parameters, std::size_t k,
                          std::size_t other);

/// Those foci with which focus k may have been mistaken: the exchange keeps all bounds and raises twice the
/// objective by less than `limit`. Empty where marks have no prior.
std::vector<Exchange> exchangesOf(JointModel& model, const JointSolution& best, std::size_t k, double limit);

/// Foci that fit their marks better in each other's place change places, until none does.
JointSolution settled(JointModel& model, JointSolution solution, const std::vector<bool>& held);

}  // namespace remnant::quantify

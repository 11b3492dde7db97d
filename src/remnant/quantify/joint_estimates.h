#pragma once

#include <vector>

#include "remnant/quantify/joint_solver.h"

/// What a joint fit says of its foci: values, uncertainties and intervals.
namespace remnant::quantify {

/// One estimate a focus. Where a focus may have been mistaken for another (joint_labels.h), its intervals
/// hold what is possible of both, and its standard uncertainty the chance of it.
std::vector<FocusEstimate> estimatesOf(JointModel& model, const JointSolution& solution);

}  // namespace remnant::quantify

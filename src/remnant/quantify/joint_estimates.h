#pragma once

#include <vector>

#include "remnant/quantify/joint_solver.h"

/// What a joint fit says of its foci: values, uncertainties and intervals.
namespace remnant::quantify {

/// One estimate a focus. Where a focus may have been mistaken for another (joint_labels.h), its intervals of
/// depth, activity and uptake hold what is possible of both, and their statistical uncertainty the chance of
/// it; place and width are those of the likelier one. The upper end of the activity of a focus that is not
/// seen (JointConfig::leastSignificance) is that of the profile whatever the configuration says: a limit.
std::vector<FocusEstimate> estimatesOf(JointModel& model, const JointSolution& solution);

}  // namespace remnant::quantify

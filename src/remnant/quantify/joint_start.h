#pragma once

#include "remnant/quantify/joint_model.h"

/// Where a joint fit begins.
namespace remnant::quantify {

/// Flat backgrounds from the pixels away from all seeds; the activity and depth of each focus by the sums of
/// counts around it in all views (with an anterior and a posterior view, by their ratio); nuisances at their
/// means.
Eigen::VectorXd startOf(JointModel& model, const std::vector<FocusSeed>& seeds);

}  // namespace remnant::quantify

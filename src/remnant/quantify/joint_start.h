#pragma once

#include "remnant/quantify/joint_model.h"

/// Where a joint fit begins.
namespace remnant::quantify {

/// Flat backgrounds from the pixels away from all seeds; the activity and depth of each focus by the sums of
/// counts around it in all views (with an anterior and a posterior view, by their ratio); nuisances at their
/// means.
Eigen::VectorXd startOf(JointModel& model, const std::vector<FocusSeed>& seeds);

/// Expected of a focus in its patch of the first view.
double countsOfFocus(JointModel& model, std::size_t k, const Eigen::VectorXd& parameters);
/// Whether a fit has lost a focus: it expects no count of it.
bool isLost(JointModel& model, std::size_t k, const Eigen::VectorXd& parameters);
/// Begins a lost focus again where, within the reach of its mark, the first view has most counts above what
/// all else there explains.
void restartFocus(JointModel& model, std::size_t k, Eigen::VectorXd& parameters);

}  // namespace remnant::quantify

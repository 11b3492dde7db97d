#pragma once

#include "remnant/quantify/joint_model.h"

/// Where a joint fit begins.
namespace remnant::quantify {

/// The pixels of each view to fit: the box of all seeds as that head sees them, with the margin of the
/// config, cut to the picture. Throws InputError "focus-outside-picture" where a seed is outside of a
/// picture.
std::vector<image::Box> fitWindows(const PlanarProblem& problem, const NeckOptics& optics,
                                   const std::vector<FocusSeed>& seeds, double marginFwhm);

/// Flat backgrounds from the pixels away from all seeds; the activity and depth of each focus by the sums of
/// counts around it in all views (with an anterior and a posterior view, by their ratio); nuisances at their
/// means.
Eigen::VectorXd startOf(JointModel& model, const std::vector<FocusSeed>& seeds);

/// Full width at half maximum of the core at a middling depth below the seed, mm.
double responseFwhmMm(const CalibratedView& view, const NeckOptics& optics, const FocusSeed& seed);

}  // namespace remnant::quantify

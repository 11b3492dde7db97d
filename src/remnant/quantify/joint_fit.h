#pragma once

#include "remnant/quantify/calibrated_view.h"
#include "remnant/quantify/joint_config.h"
#include "remnant/quantify/neck_optics.h"

/// Position, depth, activity and width of several foci and the backgrounds, from all pictures and windows of
/// a study together, with all that is uncertain in common fitted along under its prior.
///
/// Minimises sum(m - n ln m) + sum(z^2) / 2 over all pixels near the foci by Fisher scoring; m from
/// PixelModel. The sensitivity of the camera cannot be told from the activity and enters the uncertainty of
/// activity and uptake afterwards. Source: physics.md 6.5.
namespace remnant::quantify {

/// One estimate a seed, in their order. Throws InputError "no-views", "no-foci", "negative-counts",
/// "bad-shape", "focus-outside-picture".
JointFit jointFit(const PlanarProblem& problem, const NeckOptics& optics, const std::vector<FocusSeed>& seeds,
                  const JointConfig& config = {});

/// The bound of the model that jointFit fits to these pixels, at the true foci. The backgrounds are those
/// that the counts of the problem tell with the foci held; the nuisances are at their means. Activity of 0 is
/// not allowed.
JointBound cramerRao(const PlanarProblem& problem, const NeckOptics& optics, const std::vector<Focus>& foci,
                     const JointConfig& config = {});

}  // namespace remnant::quantify

#pragma once

#include <vector>

#include "remnant/physics/nuclide.h"
#include "remnant/quantify/region_sums.h"

/// Depth, activity and uptake of one focus from the counts of its regions, one method at a time. The joint
/// estimator needs less counts for the same accuracy; these are what a physicist can follow by hand.
///
/// Each takes the foci's discs (foci[k][v]: focus k in view v) and answers for focus k. What the regions lose
/// (recovery, tails, scatter, the focus's own counts in the ring) is computed for the focus at each depth by
/// the pixel model and given back. Refusals: single-view, unopposed-views, no-scatter-window,
/// no-lateral-view, no-thickness, saturated-pixels, overlapping-focus, no-counts, not-significant (with an
/// upper limit), region-outside, empty-region, no-dose (of the uptake alone).
namespace remnant::quantify {

struct PlanarAnswer {
  Result depthMm, activityMBq, uptakePercent;
};

/// Two opposed photopeak views: ln(nA / nP) by the broad-beam model of the ray, scatter by its kernel
/// (physics.md 6.2).
PlanarAnswer byOpposedViews(const PlanarProblem& problem, const NeckOptics& optics,
                            const std::vector<FocusDiscs>& foci, std::size_t k,
                            const RegionConfig& config = {});

/// The same by one effective attenuation for the whole neck (6.3), known to 0.0007 per mm.
PlanarAnswer byEffectiveAttenuation(const PlanarProblem& problem, const NeckOptics& optics,
                                    const physics::Nuclide& nuclide, const std::vector<FocusDiscs>& foci,
                                    std::size_t k, const RegionConfig& config = {});

/// The photopeak against the scatter windows of the same head, the anterior one where it has them (6.4).
PlanarAnswer byScatterWindow(const PlanarProblem& problem, const NeckOptics& optics,
                             const std::vector<FocusDiscs>& foci, std::size_t k,
                             const RegionConfig& config = {});

/// All views and windows together; opposed views are not needed where there is a scatter window.
PlanarAnswer byAllRegions(const PlanarProblem& problem, const NeckOptics& optics,
                          const std::vector<FocusDiscs>& foci, std::size_t k,
                          const RegionConfig& config = {});

/// Depth from a photopeak view within 5 degrees of 90 or 270: from the skin to the image of the focus.
///   skinU: where the skin before the focus lies in that picture, mm from the axis, with its uncertainty (a
///   marker is placed to 2 mm).
Result depthByLateralView(const PlanarProblem& problem, const NeckOptics& optics,
                          const std::vector<FocusDiscs>& foci, std::size_t k, const Known& skinU,
                          const RegionConfig& config = {});

}  // namespace remnant::quantify

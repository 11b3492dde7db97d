#pragma once

#include <vector>

#include "remnant/quantify/region_sums.h"

/// Where the focus lies that a mark means, and how wide it is, told by one picture: what a reader does who
/// moves a region until it sits about the spot.
namespace remnant::quantify {

struct SpotPlaceConfig {
  /// How well marks are put, along x and along z.
  double markSigmaMm = 3.5;
  /// Of sources, as Gaussians; log-normal (JointConfig).
  double widthMedianMm = 2.0, widthSigmaLog = 0.4;
};

struct SpotPlace {
  FocusSeed place;  ///< patient space
  /// As a Gaussian, along x and z; how far the place is uncertain blurs the source in its region, and counts.
  Known widthMm;
};

/// Of focus k, with a level background, by the likelihood of the first view's pixels in its disc and ring
/// but those of other foci, and the priors of the configuration: the mean over a grid of places about the
/// mark, again with disc and ring about that, then the mean over widths. depthMm: below the anterior skin, at
/// which the response has its width. marks and discs: one a focus
/// (discs[k][view]). A focus that the picture does not tell stays at its mark. Throws what RegionPixels
/// throws.
SpotPlace placeOfSpot(const PlanarProblem& problem, const NeckOptics& optics,
                      const std::vector<FocusSeed>& marks, const std::vector<FocusDiscs>& discs,
                      std::size_t k, double depthMm, const RegionConfig& regions,
                      const SpotPlaceConfig& config = {});

}  // namespace remnant::quantify

#pragma once

#include <cstdint>
#include <vector>

#include "remnant/quantify/calibrated_view.h"
#include "remnant/quantify/estimate.h"
#include "remnant/quantify/tomography.h"

/// Depth and activity of foci from a tomography with an attenuation map.
namespace remnant::quantify {

struct SpectConfig {
  TomographyConfig tomography;
  double radiusMm = 22;  ///< of the ball about a focus that is fitted
  /// Between map and emission, and of the centre of rotation; along each axis.
  double registrationSigmaMm = 2;
  /// Of the attenuation map as a whole.
  double mapRelativeSigma = 0.02;
  /// Of an activity: scatter by windows beside the peak, a resolution without tails.
  double modelRelativeSigma = 0.1;
  /// How well the background under a focus is known, as a share of it: lumps of tissue as wide as the focus
  /// look like it.
  double backgroundRelativeSigma = 0.7;
  /// A focus is told where its activity is so many of its standard uncertainties.
  double leastSignificance = 2;
  /// Poisson resamplings of the projections for the uncertainty from counting; each is one reconstruction.
  std::size_t resamplings = 8;
  std::uint64_t seed = 1;
};

struct SpectAnswer {
  Result depthMm, activityMBq, uptakePercent;
  image::Point centroid;  ///< patient space; of the seed where refused
};

/// One focus on a level background in a ball of a volume of MBq a voxel.
struct BallFit {
  image::Point centroid;
  double sigmaMm = 0;
  double backgroundMBq = 0;       ///< a voxel
  double backgroundUnderMBq = 0;  ///< as the Gaussian's own shape weighs it
  double activityMBq = 0;         ///< sum above the background over the share of the Gaussian within the ball
  bool found = false;
};
/// Least squares of a round Gaussian and a level, from the greatest voxel within half the radius of the seed.
/// body: where the level is, in its tissue, blurred as a reconstruction is; nullptr: everywhere.
BallFit fitBall(const image::Volume& activityMBq, const image::Point& seed, double radiusMm,
                const projection::Medium* body = nullptr);

/// Depth: from the map's skin towards the anterior head, along y, to the centroid. One answer a seed.
/// sensitivity: of the camera on the day over the calibrated one. Refusals: no-counts (nothing that looks
/// like a focus near the seed), not-significant, overlapping-focus (seeds within the radius as seen from the
/// front, for their depths are not yet known), no-thickness (no tissue before the focus in the map), no-dose.
/// Throws what reconstruct throws.
std::vector<SpectAnswer> quantifySpect(const TomographicProblem& problem,
                                       const std::vector<image::Point>& seeds, const Known& sensitivity,
                                       double activityToUptakePercent, const SpectConfig& config = {});

}  // namespace remnant::quantify

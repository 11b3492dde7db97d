#pragma once

#include <optional>
#include <vector>

#include "remnant/quantify/estimate.h"

/// What the joint estimator is asked and what it gives back.
namespace remnant::quantify {

/// A focus of uptake, small beside the resolution.
struct Focus {
  double activityMBq = 0;
  double x = 0, z = 0;  ///< patient space, mm
  double depthMm = 0;   ///< below the anterior skin, along y
  double widthMm =
      1.5;             ///< standard deviation of a ball of its volume along each axis: radius over root five
  double stretch = 1;  ///< extent along z over that across, an ellipsoid
};

/// One site of the mixture of depths that a prior may be made of.
struct DepthComponent {
  double weight = 1, meanMm = 15, sigmaMm = 6;
};

/// Where a focus is looked for: to about a width (FWHM) of the response.
struct FocusSeed {
  double x = 0, z = 0;
  /// Of its depth; where empty, that of the configuration.
  std::vector<DepthComponent> depthPrior{};
};

struct JointConfig {
  /// Pixels fitted: those within so many widths (FWHM) of the response of a focus. Further out more is told
  /// of the background, and more of it is something else.
  double marginFwhm = 2.5;
  /// Prior of a focus's place about its seed, along x and along z: how well a mark is put. 0: none.
  double seedSigmaMm = 3.5;
  /// Foci nearer to each other than this share their background.
  double togetherFwhm = 3;
  /// The background of each picture is exp(polynomial in u and z of this degree, 0 to 4) x the view's
  /// shape.
  int backgroundDegree = 2;
  /// Prior of the polynomial's coefficients but the first, over a window scaled to -1..1: it keeps an empty
  /// picture from a background without bounds.
  double backgroundShapeSigma = 0.3;
  /// Beside the polynomial, unit-normal bumps; 0 for none. Seen in the simulator's necks: vessels, thyroid
  /// cartilage, muscles and glands.
  double irregularitySigma = 0.1, irregularitySpacingFwhm = 0.85, irregularityWidthFwhm = 0.5;
  /// Prior of the source's width: log-normal. Default: balls of 0.01 to 5 g (physics.md 5.2), radius over
  /// root five, most of them in the middle.
  double widthMedianMm = 2.0, widthSigmaLog = 0.4;
  /// Prior of the stretch, log-normal: remains of the lobes are longer than wide.
  double stretchMedian = 1.35, stretchSigmaLog = 0.2;
  /// What the model of a focus is not true to, as a share of what the focus adds to an element of the
  /// resolution, a disc as wide as the response: shapes that are no ellipsoids, scatter and response known to
  /// a few per cent. The pixels of an element err together, so that each weighs as if its own error were the
  /// root of their number N times the share: m / (m + N (share f)^2) for m counts, f of them from foci.
  double modelError = 0.015;
  /// Off where empty: the estimates with the prior of depth are then not computed.
  std::vector<DepthComponent> depthPrior{};
  /// Intervals of depth and activity by the profile of the likelihood; else, and where the standard deviation
  /// is below what follows and no bound near, from the covariance.
  bool profileIntervals = true;
  double profileAboveDepthMm = 2.5, profileAboveLogActivity = 0.1;
  double confidenceDeviate = 1.959964;  ///< 95 %
  /// A focus is seen from so many standard deviations on.
  double leastSignificance = 4;
  int maximumIterations = 60;
  /// Ends where the predicted gain in log-likelihood is below.
  double tolerance = 1e-5;
};

/// Estimates of one focus.
struct FocusEstimate {
  Focus focus;
  Estimate activityMBq, uptakePercent, depthMm, x, z, widthMm;
  /// With the prior of depth, where there is one.
  std::optional<Estimate> depthWithPriorMm, activityWithPriorMBq, uptakeWithPriorPercent;
  double expectedAnteriorCounts = 0;  ///< in the window of the first view, all of the focus
  /// Root of twice the log-likelihood (with priors) that the picture would lose without the focus, once the
  /// foci that are less significant, and not seen, are gone: of two that look like one, one is seen.
  double significance = 0;
};

struct JointFit {
  std::vector<FocusEstimate> foci;
  double logLikelihood = 0;  ///< Poisson, against a model that fits every pixel exactly; without priors
  double pixels = 0;         ///< that were fitted
  bool converged = false;
  int iterations = 0;
};

/// Standard deviations that no unbiased estimate can stay below.
struct FocusBound {
  double logActivity = 0, depthMm = 0, x = 0, z = 0, logWidth = 0;
};
struct JointBound {
  std::vector<FocusBound> statistical;  ///< all nuisances but the background known
  std::vector<FocusBound> total;        ///< with the nuisances' priors, sensitivity included
};

}  // namespace remnant::quantify

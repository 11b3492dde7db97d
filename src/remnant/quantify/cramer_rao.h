#pragma once

#include <vector>

#include <Eigen/Core>

/// How well depth and activity of one source can be known from its counts: the Cramer-Rao bounds of
/// physics.md 6.5 and the budget of 6.6. Depths in mm.
namespace remnant::quantify {

/// One region of one view and window.
struct BoundObservation {
  double signal = 0;                   ///< lambda: expected net counts of the source
  double background = 0;               ///< b: expected background in the region
  double backgroundAreaRatio = 1e300;  ///< r_b: area of the background's region over this one's
  double slopePerMm = 0;               ///< gamma = d ln lambda / d depth
  /// How each nuisance moves ln lambda, a unit-normal or wider one; as many for all observations.
  Eigen::VectorXd nuisanceEffects;
  double weight() const;  ///< lambda^2 / (lambda + b (1 + 1/r_b))
};

/// Of (ln a, d).
struct SourceBound {
  double logActivitySigma = 0;
  double depthSigmaMm = 0;
  double covariance = 0;
};

/// nuisanceSigmas: standard deviation of the prior of each nuisance; infinite where nothing is known before.
/// Throws ProgramError where the observations do not determine depth and activity.
SourceBound cramerRaoBound(const std::vector<BoundObservation>& observations,
                           const Eigen::VectorXd& nuisanceSigmas = {});

/// Of the depth by two opposed views, in closed form.
struct DepthBudget {
  double attenuationPerMm = 0.01124;
  double thicknessMm = 120, depthMm = 15;
  double anteriorWeight = 0, posteriorWeight = 0;                          ///< w
  double gainSigma = 0, tableSigma = 0, regionSigma = 0, tissueSigma = 0;  ///< of the log ratio
  double attenuationSigmaPerMm = 0, thicknessSigmaMm = 0, calibrationSigma = 0;
};
double depthSigmaMm(const DepthBudget& budget);
double logActivitySigma(const DepthBudget& budget);

/// Net counts that are seen 95 times of 100 with 5 false alarms of 100, over a background of b counts.
/// Source: Currie 1968, Anal. Chem. 40:586.
double detectionLimit(double background, double backgroundAreaRatio);

}  // namespace remnant::quantify

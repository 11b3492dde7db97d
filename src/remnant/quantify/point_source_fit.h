#pragma once

#include <vector>

#include <Eigen/Core>

#include "remnant/quantify/estimate.h"

/// Depth and activity of one source from the counts of a few regions, with intervals that keep their promise
/// at low counts and where the source seems to lie outside the neck.
///
/// Of region i: net = C - ratio B has the expectation a R_i(d) and, where (a, d) is true, the covariance
///   V = diag(a R_i + ratio B (1 + ratio) + (sigma ratio B)^2) + (a R)(a R)^T o S(d),
/// S: common errors of the logarithms of R; sigma: how much less level than the ring the background is. q(a,
/// d) = (net - a R)^T V^-1 (net - a R) is the score statistic. The estimate is the least q. The 95 % interval
/// of d holds the depths whose least q over a is at most 3.84 above the least of all; that of a likewise.
/// Where q is least outside the neck, R is continued log-linearly there, so that the interval is not cut
/// short by the skin. Source: score intervals after Wilson 1927; Fieller 1954 for the ratio of two.
namespace remnant::quantify {

/// Depths in mm at which responses are tabulated, between which they are interpolated linearly in the
/// logarithm. The first is the anterior skin, the last the posterior one.
struct DepthNodes {
  std::size_t count = 2;  ///< >= 2
  double stepMm = 2;
  double lastMm() const { return static_cast<double>(count - 1) * stepMm; }
};

/// One region of one view and window.
struct SourceObservation {
  double regionCounts = 0;                 ///< C
  double backgroundCounts = 0;             ///< B
  double areaRatio = 0;                    ///< region over background, times the displaced-tissue factor
  double backgroundSigma = 0;              ///< relative, of areaRatio B as what the region has of background
  std::vector<double> logResponse;         ///< ln of net counts a MBq, one a node
  std::vector<Eigen::VectorXd> logErrors;  ///< one a node: how unit-normal causes move the above; empty: none

  double background() const { return areaRatio * backgroundCounts; }
  double net() const { return regionCounts - background(); }
  /// Of net(), were there no source: counting, and how much less level than the ring the background is.
  double countingVariance() const { return background() * (1 + areaRatio); }
  double unlevelVariance() const { return backgroundSigma * background() * backgroundSigma * background(); }
};

struct PointSourceFit {
  /// value, uncertainties and interval; method and inputs are left empty. The depth lies between the skins.
  Estimate depthMm, activityMBq;
  double freeDepthMm = 0;  ///< where q is least, outside the neck as well
  double correlation = 0;  ///< of ln activity and depth
};

/// 2 to 8 observations of equal numbers of nodes. Throws ProgramError otherwise, and where none has net
/// counts above 0.
PointSourceFit fitPointSource(const DepthNodes& nodes, const std::vector<SourceObservation>& observations);

}  // namespace remnant::quantify

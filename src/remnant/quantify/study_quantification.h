#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "remnant/quantify/joint_fit.h"
#include "remnant/quantify/region_sums.h"
#include "remnant/quantify/study_problem.h"

/// Depth, activity and uptake of a study's foci by every method that applies.
namespace remnant::quantify {

/// What one method says of one focus.
struct MethodAnswer {
  std::string method;  ///< "joint", "opposed-views", "effective-attenuation", "scatter-window", "regions"
  Result depthMm, activityMBq, uptakePercent;
};

struct FocusAnswer {
  int number = 1;
  double column = 0, row = 0;  ///< in the anterior view, pixels; as asked
  double anteriorCounts = 0;   ///< of the focus in the anterior photopeak view, as fitted
  std::vector<MethodAnswer> methods;

  const MethodAnswer* by(const std::string& method) const;
};

struct QuantificationConfig {
  JointConfig joint;
  bool regionMethods = true;  ///< besides the joint estimate, those by the counts of regions
  RegionConfig regions;
  /// Discs about the foci, over the response's width (FWHM) at `discDepthMm`.
  double discRadiusFwhm = 0.9;
  double discDepthMm = 18;
};

/// The foci of a problem, looked for around the given seeds; one answer a seed, in their order.
std::vector<FocusAnswer> quantifyFoci(const StudyProblem& study, const std::vector<FocusSeed>& seeds,
                                      const QuantificationConfig& config = {});

/// Net counts of a focus expected in one view, all of its picture: through the holes, scattered, and in the
/// tails.
double expectedCounts(const CalibratedView& view, const NeckOptics& optics, const Focus& focus);

}  // namespace remnant::quantify

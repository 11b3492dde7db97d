#pragma once

#include <optional>
#include <variant>

#include "remnant/quantify/focus_detector.h"
#include "remnant/quantify/region_sums.h"
#include "remnant/quantify/study_problem.h"

/// Foci of a study that nobody marked.
namespace remnant::quantify {

struct FociSearchConfig {
  DetectorConfig detector;
  /// Of the area about the middle of a picture of the neck.
  double halfWidthMm = 45, halfHeightMm = 45;
  /// Below the skin, where the limit of detection is stated: a middling focus of the thyroid bed.
  double limitDepthMm = 18;
  double discRadiusFwhm = 0.9;
  /// Of a focus in the anterior view, over all else in its disc: less is taken for unevenness of the body's
  /// background (vessels, glands), or for what a bright focus's image is not known to, however many counts
  /// make it certain.
  double leastContrast = 0.25;
  RegionConfig regions;
};

/// What a focus would need to be seen at one known place, by its net counts in a disc in the anterior view:
/// 95 times of 100, with 5 false alarms of 100, and for the least contrast. Source: Currie 1968, Anal. Chem.
/// 40:586.
struct DetectionLimit {
  double depthMm = 0;
  double netCounts = 0;
  double activityMBq = 0;
  std::optional<double> uptakePercent;  ///< nothing where no dose is told
};

struct FociSearch {
  SearchArea area;
  double falseFociPerStudy = 0;
  Detection detection;
  std::variant<DetectionLimit, Refusal> limit;  ///< in the middle of the area
};

/// Patient space of the problem. thyroid: the bed's box in the anterior view. Refuses "no-area" for a sweep
/// without it: nothing tells where in the body the neck is.
std::variant<SearchArea, Refusal> searchAreaOf(const StudyProblem& study,
                                               const std::optional<image::Box>& thyroid,
                                               const FociSearchConfig& config = {});

/// Refuses "empty-region" where the disc or the ring about it does not lie in the picture.
std::variant<DetectionLimit, Refusal> detectionLimitAt(const StudyProblem& study, const FocusSeed& place,
                                                       const FociSearchConfig& config = {});

/// The foci of detectFoci that have the least contrast. Throws what detectFoci throws.
FociSearch searchFoci(const StudyProblem& study, const SearchArea& area, const FociSearchConfig& config = {});

}  // namespace remnant::quantify

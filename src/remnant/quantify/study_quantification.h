#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "remnant/quantify/joint_fit.h"
#include "remnant/quantify/region_sums.h"
#include "remnant/quantify/spot_place.h"
#include "remnant/quantify/study_lateral.h"
#include "remnant/quantify/study_problem.h"
#include "remnant/quantify/study_spect.h"
#include "remnant/quantify/study_standard.h"

/// Depth, activity and uptake of a study's foci by every method that applies.
namespace remnant::quantify {

/// All methods by name, in the order in which they answer: "joint" (all planar pixels together),
/// "opposed-views", "effective-attenuation", "scatter-window", "regions" (counts of regions,
/// planar_methods.h), "lateral" (depth alone), "spect", "standard" (uptake alone).
const std::vector<std::string>& methodNames();

/// The refusal of a quantity that the method is not for: "not-by-this-method".
Refusal notByThisMethod();
/// Whether the method is for this quantity at all: an estimate, or refused for another reason.
bool isGiven(const Result& result);

/// What one method says of one focus.
struct MethodAnswer {
  std::string method;
  Result depthMm, activityMBq, uptakePercent;
};

/// Where the joint fit found a focus: patient space, mm (x to the patient's left, z towards the feet).
struct FoundPlace {
  Estimate x, z;
};

struct FocusAnswer {
  int number = 1;
  double column = 0, row = 0;  ///< in the anterior view, pixels; as asked
  /// Of the focus in the anterior photopeak view, as fitted; nothing where there was no joint fit.
  std::optional<double> anteriorCounts;
  std::optional<FoundPlace> place;     ///< nothing where there was no joint fit
  std::optional<double> significance;  ///< deviate of the score test, of a focus that the program found
  std::vector<MethodAnswer> methods;

  const MethodAnswer* by(const std::string& method) const;
};

struct QuantificationConfig {
  JointConfig joint;
  /// Names of methods; empty: all. Those that a study has no pictures for stay silent.
  std::vector<std::string> methods;
  RegionConfig regions;
  SpotPlaceConfig place;
  LateralConfig lateral;
  SpectConfig spect;
  /// Discs about the foci, over the response's width (FWHM) at `discDepthMm`.
  double discRadiusFwhm = 0.9;
  double discDepthMm = 18;

  /// Without an attenuation map the joint method's depth and activity are taken with the prior of depth by
  /// site (depth_by_site.h), and name it.
  bool depthPriorBySite = true;
  /// Without an attenuation map, foci further along the body from the middle of the thyroid bed are refused
  /// with "outside-neck": the ellipse is of the neck.
  double neckReachMm = 60;
  /// The joint method refuses a focus that is not seen (JointConfig::leastSignificance) with
  /// "not-significant": what it then found would be a whim of the counts. It refuses with "too-deep" where
  /// all of the interval lies behind this share of the body's thickness: the spine is there.
  double deepestShare = 0.6;
  /// An activity or uptake whose interval reaches to more than so many times itself is refused, by any
  /// method, with "too-uncertain" and that limit.
  double mostOverEstimate = 10;

  bool wants(const std::string& method) const;
};

/// What else of a study tells of its foci, beside its opposed views.
struct FurtherEvidence {
  std::vector<LateralProblem> laterals;
  std::optional<std::variant<TomographicStudy, Refusal>> tomography;
  std::optional<StudyStandard> standard;
  std::optional<double> thyroidBedZ;     ///< middle of its box in the anterior view, patient space
  std::optional<double> hoursAfterDose;  ///< start of the opposed views
};

/// Of the methods that the configuration wants. A tomography is used where the problem has its map's space.
FurtherEvidence evidenceOf(const scintigraphy::AcquiredStudy& study, const StudyProblem& problem,
                           const physics::Calibration& calibration, const physics::CameraLibrary& cameras,
                           const std::vector<NamedBox>& boxes, const StudyProblemConfig& problemConfig,
                           const QuantificationConfig& config);

/// The foci of a problem, looked for around the given seeds; one answer a seed, in their order. Throws what
/// jointFit throws.
std::vector<FocusAnswer> quantifyFoci(const StudyProblem& study, const std::vector<FocusSeed>& seeds,
                                      const QuantificationConfig& config = {},
                                      const FurtherEvidence& evidence = {});

/// The views that the joint fit takes: the photopeak, and of the windows beside it, in their order, those
/// that share no energies with one taken before (else counts would be told twice) and in which a point in air
/// counts less in tails than in the core: where septal penetration rules there is little of depth to learn.
PlanarProblem jointViews(const PlanarProblem& problem);

/// Net counts of a focus expected in one view, all of its picture: through the holes, scattered, and in the
/// tails.
double expectedCounts(const CalibratedView& view, const NeckOptics& optics, const Focus& focus);

}  // namespace remnant::quantify

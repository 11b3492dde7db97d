#pragma once

#include <string>
#include <vector>

#include "remnant/quantify/planar_methods.h"
#include "remnant/quantify/regions.h"
#include "remnant/quantify/study_problem.h"

/// Depth of a study's foci in its views from the side.
namespace remnant::quantify {

/// One lateral photopeak view. Its picture lies over the coordinates of the study's problem.
struct LateralProblem {
  PlanarProblem problem;           ///< this view alone
  double angleDegrees = 90;        ///< 90 from the patient's left, 270 from the right
  double skinSigmaMm = 2;          ///< of the skin in the picture
  std::string skin;                ///< what told it: "skin marker", "skin of the attenuation map", ...
  std::optional<Refusal> refusal;  ///< no-skin, no-calibration, no-exposure, pinhole
};

struct LateralConfig {
  double markerSigmaMm = 2;  ///< of a marker on the skin
  double mapSigmaMm = 2;     ///< between map and emission
  double depthSigmaMm = 8;   ///< of where the other methods place a focus
  double faceMm = 100;       ///< from the axis to the collimator, where no place is told
  RegionConfig regions;
  double discRadiusFwhm = 0.9;
};

/// The lateral views of the static objects of the study. The skin comes from a marker (region skin of the
/// table, on the foremost skin of the neck), else from the map that the problem was made with, else from the
/// gap before the anterior head, known to 12 mm. Empty where the study has no lateral view.
std::vector<LateralProblem> lateralProblemsOf(const scintigraphy::AcquiredStudy& study,
                                              const StudyProblem& planar,
                                              const physics::Calibration& calibration,
                                              const physics::CameraLibrary& cameras,
                                              const std::vector<NamedBox>& boxes,
                                              const StudyProblemConfig& problem = {},
                                              const LateralConfig& config = {});

/// Depth of focus k, from the view on whose side it lies. depthsMm: about where each focus is, to place the
/// regions; from the other methods. laterals: not empty.
Result lateralDepth(const std::vector<LateralProblem>& laterals, const NeckOptics& optics,
                    const std::vector<FocusSeed>& seeds, const std::vector<double>& depthsMm, std::size_t k,
                    const LateralConfig& config = {});

}  // namespace remnant::quantify

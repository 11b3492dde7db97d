#pragma once

#include <optional>
#include <variant>

#include "remnant/quantify/spect.h"
#include "remnant/quantify/study_problem.h"

/// The tomography of a study, ready for reconstruction.
namespace remnant::quantify {

struct TomographicStudy {
  TomographicProblem problem;
  Known sensitivity{1, 0.02};
  double activityToUptakePercent = 0;  ///< activity at the start of the tomography; 0: no dose is told
};

/// The first tomography of the study: its photopeak views, each with the scatter under the peak from the
/// windows beside it, over the study's attenuation map. Nothing where the study has no tomography. Refusals:
/// no-map, pinhole, saturated-pixels, no-exposure, no-calibration, no-place (of the heads in patient space),
/// views-differ (no common axis), no-scatter-window, too-few-views.
std::optional<std::variant<TomographicStudy, Refusal>> tomographyOf(const scintigraphy::AcquiredStudy& study,
                                                                    const physics::Calibration& calibration,
                                                                    const physics::CameraLibrary& cameras);

}  // namespace remnant::quantify

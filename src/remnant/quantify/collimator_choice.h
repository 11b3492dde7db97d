#pragma once

#include <string>
#include <variant>
#include <vector>

#include "remnant/physics/calibration.h"
#include "remnant/quantify/estimate.h"
#include "remnant/scintigraphy/acquired_study.h"

/// Which of a calibration's collimators stood before a head. Objects call a collimator as the site entered it
/// or by a number of the piece, which the calibration's collimatorNames translate.
namespace remnant::quantify {

/// Those that a calibration has sensitivities of, each once.
std::vector<std::string> collimatorsOf(const physics::Calibration& calibration, const std::string& nuclide);

/// Refusals: "no-calibration" where the calibration holds nothing of the nuclide, "unknown-collimator" where
/// it does not know the object's word, "no-collimator" where the object has none and the calibration several.
std::variant<std::string, Refusal> collimatorOf(const scintigraphy::AcquiredFrame& frame,
                                                const std::string& nuclide,
                                                const physics::Calibration& calibration);

/// The first refusal of collimatorOf in the planar object that shows a study from before and from behind;
/// none for a pinhole, where there is no such object, or nothing is known of the nuclide: others refuse that.
std::optional<Refusal> collimatorRefusal(const scintigraphy::AcquiredStudy& study,
                                         const physics::Calibration& calibration);

}  // namespace remnant::quantify

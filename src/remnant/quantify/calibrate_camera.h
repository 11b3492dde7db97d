#pragma once

#include <optional>
#include <string>
#include <vector>

#include "remnant/quantify/acquired_sources.h"
#include "remnant/quantify/calibration_result.h"

/// A camera's calibration from all acquisitions of known sources that a sources file names.
namespace remnant::quantify {

struct CameraCalibration {
  /// Nothing where no sensitivity could be measured.
  std::optional<physics::Calibration> calibration;
  std::vector<CalibrationResult> results;
  std::vector<std::string> warnings;
  bool refusedSome() const;
};

/// First the dead time, from pairs of activities, which then corrects the rest. Then each head's sensitivity
/// in each window of each source; the mean of several, with a warning where they disagree. The gain of the
/// second head over the first from what both see alike, and where both have sensitivities, from these; a head
/// without a source gets the other's sensitivity by the gain of the first kind. Windows beside the photopeak
/// that no source was measured in, and those of the sources file, get the photopeak's core by the camera
/// library's ratio. Resolution from points and lines, in the photopeak.
CameraCalibration calibrateCamera(const CalibrationSources& sources,
                                  const std::vector<AcquiredSource>& acquired,
                                  const physics::CameraLibrary& library);

}  // namespace remnant::quantify

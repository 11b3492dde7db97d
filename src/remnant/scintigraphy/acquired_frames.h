#pragma once

#include <string>
#include <vector>

#include "remnant/scintigraphy/acquired_study.h"

/// The frames of one object with their geometry and times. Not for other folders.
namespace remnant::scintigraphy {

/// An object with its frames, without their counts. What is not told becomes a warning.
/// acquisition  static, whole body, dynamic or tomo; each frame has one energy range, or none
AcquiredObject describeAcquired(const dicom::Object& source, const NmObject& meaning, Acquisition acquisition,
                                std::vector<std::string>& warnings);

}  // namespace remnant::scintigraphy

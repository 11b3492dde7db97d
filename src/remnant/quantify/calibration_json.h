#pragma once

#include <string>

#include "remnant/quantify/calibrate_camera.h"

/// What `remnant calibrate --json` prints.
namespace remnant::quantify {

std::string jsonOf(const CameraCalibration& calibration);

}  // namespace remnant::quantify

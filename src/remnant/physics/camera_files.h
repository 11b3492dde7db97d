#pragma once

#include "remnant/physics/camera.h"

/// The TOML files of a camera library, read and checked.
namespace remnant::physics {

struct CameraFiles {
  std::vector<Camera> cameras;
  std::vector<Collimator> collimators;
  std::vector<Pinhole> pinholes;
  std::vector<MeasuredResponse> responses;
};

/// Every *.toml of the folder, in the order of their names; each may hold tables [[collimator]], [[pinhole]],
/// [[camera]] and [[response]], and what one names may stand in another. Throws InputError "bad-camera"
/// naming file, line, key and what is allowed.
CameraFiles readCameraFiles(const std::filesystem::path& folder);

/// $REMNANT_CAMERAS where it is set, else the installed data folder, else the source tree's.
std::filesystem::path cameraFolder();

}  // namespace remnant::physics

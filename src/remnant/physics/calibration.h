#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "remnant/physics/nuclide.h"

/// A camera's calibration as a JSON file: made by `remnant calibrate`, or by the simulator for its cameras.
namespace remnant::physics {

/// One head and window for one nuclide and collimator.
struct HeadSensitivity {
  int head = 1;  ///< 1-based, the detector number of the objects
  std::string nuclide;
  std::string collimator;
  Window window;
  double coreCpsPerMBq = 0;        ///< counts through the holes; tails apart
  double relativeUncertainty = 0;  ///< standard, of the day of a study: calibration and its drift together
};

/// Full width at half maximum of the image of a point or line in air, measured.
struct HeadResolution {
  int head = 1;
  std::string nuclide;
  std::string collimator;
  Window window;
  std::string direction;  ///< "across" the picture or "along" it: its rows, its columns
  double distanceMm = 0;  ///< from the collimator's face
  double fwhmMm = 0;
  double uncertaintyMm = 0;  ///< standard
};

struct Calibration {
  std::string camera;        ///< name in the camera library
  std::string serialNumber;  ///< of the objects it applies to
  /// Collimators of the library by what the camera's objects call them, which may be a number of the piece
  /// ("@30429646"); may be left out of the file.
  std::map<std::string, std::string> collimatorNames;
  std::vector<HeadSensitivity> sensitivities;
  double headGainRelativeUncertainty = 0.03;  ///< of each head from day to day
  double tailScale = 1.2, tailScaleUncertainty = 0.2;
  double tableOpticalDepth = 0, tableOpticalDepthUncertainty = 0;  ///< on the posterior head
  double deadTimeSeconds = 1e-6, deadTimeUncertaintySeconds = 0;
  double fullSpectrumFraction = 0.3;  ///< counts in the photopeak window over those of the whole spectrum
  double rayAngleDegrees = 0;         ///< of the collimator's star
  std::vector<HeadResolution> resolutions;  ///< may be left out of the file
};

/// Throws InputError "bad-calibration" with file, key and what is allowed.
Calibration readCalibration(const std::filesystem::path& path);
/// By rename. Throws InputError "bad-calibration", and writes nothing, where readCalibration would refuse it.
void writeCalibration(const Calibration& calibration, const std::filesystem::path& path);

}  // namespace remnant::physics

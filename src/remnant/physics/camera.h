#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "remnant/physics/point_response.h"

/// Cameras and collimators as data: TOML files in cameras/ that a user can extend.
namespace remnant::physics {

struct Camera {
  std::string name;          ///< "Siemens Symbia"
  std::string manufacturer;  ///< as the DICOM header says it
  std::string model;
  Detector detector;
  double fieldOfViewAcrossMm = 533;
  double fieldOfViewAlongMm = 387;
  double pixelMm128 = 4.795;  ///< of a 128 x 128 matrix; 256 columns have half of it
  double deadTimeSeconds = 1e-6;
  std::vector<std::string> collimators;  ///< names
};

/// Measured or computed counts of a nuclide in a window behind one collimator, 10 cm before it in air.
struct MeasuredResponse {
  std::string collimator;
  std::string nuclide;
  Window window;
  double coreCpsPerMBq = 0;
  std::vector<Tail> tails;
};

class CameraLibrary {
 public:
  /// Reads every *.toml of the folder. Throws InputError "bad-camera" naming file, line, key and what is
  /// allowed.
  explicit CameraLibrary(const std::filesystem::path& folder);
  /// The cameras that come with the program ($REMNANT_CAMERAS, the installed data folder or the source tree).
  static const CameraLibrary& standard();

  /// Throws InputError "unknown-camera" / "unknown-collimator" naming those there are.
  const Camera& camera(const std::string& name) const;
  const Collimator& collimator(const std::string& name) const;
  const std::vector<Camera>& cameras() const { return cameras_; }
  const std::vector<Collimator>& collimators() const { return collimators_; }

  /// The response in a window: as measured where the library has it; else the closed form for the core (a
  /// nuclide's photopeak window, scaled by the share of pulses in the window) without tails. Throws
  /// InputError "no-response" where penetration forbids the closed form (high energy behind a low-energy
  /// collimator).
  PointResponse response(const std::string& camera, const std::string& collimator, const Nuclide& nuclide,
                         const Window& window) const;

 private:
  std::vector<Camera> cameras_;
  std::vector<Collimator> collimators_;
  std::vector<MeasuredResponse> responses_;
};

}  // namespace remnant::physics

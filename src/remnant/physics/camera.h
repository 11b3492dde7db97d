#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "remnant/physics/point_response.h"

/// Cameras and collimators as data: TOML files in cameras/ that a user can extend.
namespace remnant::physics {

struct Camera {
  std::string name;          ///< "Siemens Symbia Intevo"
  std::string manufacturer;  ///< as the DICOM header says it
  std::string model;
  Detector detector;
  double fieldOfViewAcrossMm = 533;
  double fieldOfViewAlongMm = 387;
  double pixelMm128 = 4.795;  ///< of a 128 x 128 matrix; 256 columns have half of it
  double deadTimeSeconds = 1e-6;
  std::vector<std::string> collimators;  ///< names, pinholes among them
};

/// A tail of a measured response, in counts a second and MBq; otherwise as in Tail.
struct MeasuredTail {
  double cpsPerMBq = 0;
  double lengthMm = 0;
  double modulation = 0;
};

/// Measured or computed counts of a nuclide in a window behind one collimator, 10 cm before it in air, with
/// 9.5 mm of sodium iodide.
struct MeasuredResponse {
  std::string collimator;
  std::string nuclide;
  Window window;
  /// Left out for windows beside the photopeak, whose core is the photopeak's by the share of full-energy
  /// pulses.
  std::optional<double> coreCpsPerMBq;
  std::vector<MeasuredTail> tails;
};

class CameraLibrary {
 public:
  /// Reads every *.toml of the folder. Throws InputError "bad-camera" naming file, line, key and what is
  /// allowed.
  explicit CameraLibrary(const std::filesystem::path& folder);
  /// The cameras that come with the program ($REMNANT_CAMERAS, the installed data folder or the source tree).
  static const CameraLibrary& standard();

  /// Throws InputError "unknown-camera" / "unknown-collimator" naming those there are; a pinhole is none of
  /// collimator().
  const Camera& camera(const std::string& name) const;
  const Collimator& collimator(const std::string& name) const;
  const std::vector<Camera>& cameras() const { return cameras_; }
  const std::vector<Collimator>& collimators() const { return collimators_; }

  const std::vector<Pinhole>& pinholes() const { return pinholes_; }

  /// The response in a window, for a camera with its crystal.
  ///
  /// The core is always the full-energy pulses alone: counts in a photopeak window times windowFraction of
  /// the window asked for over that of the photopeak's. Scatter in the patient is core / primary fraction
  /// times its kernel.
  ///
  /// Where the library has the nuclide's photopeak behind the collimator, its core is taken, and the tails of
  /// the measured window whose edges are within a tenth of its width, beside the photopeak by the ratio of
  /// the widths; a window nobody measured gets the photopeak's tails by the ratio of the widths. Counts are
  /// scaled by photopeakEfficiency of the camera's crystal over that of 9.5 mm.
  ///
  /// Elsewhere the closed form holds, without tails but for pulses whose energy the crystal lost (iodine's
  /// K radiation and photons that leave it): 0.03 % of the photopeak's counts for each keV of the window
  /// between 60 and 15 keV below the photopeak (inferred), spread hardly wider than the core.
  ///
  /// Throws InputError "no-response" where penetration forbids the closed form: where more than 5 % of the
  /// imaged photons pass the thinnest septal path, or more than half of the nuclide's most frequent photons
  /// of higher energy do.
  PointResponse response(const std::string& camera, const std::string& collimator, const Nuclide& nuclide,
                         const Window& window) const;

 private:
  const MeasuredResponse* photopeakOf(const std::string& collimator, const std::string& nuclide) const;
  const MeasuredResponse* measuredIn(const std::string& collimator, const std::string& nuclide,
                                     const Window& window) const;

  std::vector<Camera> cameras_;
  std::vector<Collimator> collimators_;
  std::vector<Pinhole> pinholes_;
  std::vector<MeasuredResponse> responses_;
};

}  // namespace remnant::physics

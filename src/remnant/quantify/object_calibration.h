#pragma once

#include "remnant/physics/calibration.h"
#include "remnant/physics/camera.h"
#include "remnant/projection/projector.h"
#include "remnant/scintigraphy/acquired_study.h"

/// What a camera's calibration says of the frames of one object.
namespace remnant::quantify {

/// Whether the energy lies inside the frame's window.
bool holdsEnergy(const scintigraphy::AcquiredFrame& frame, double keV);
/// Edges within 2 keV.
bool nearlyTheSame(const physics::Window& left, const physics::Window& right);

/// The kernel of a nuclide, window and detector, made once in a run: it takes 15 ms. Safe from several
/// threads. Throws what ScatterKernel throws.
physics::ScatterKernel scatterKernelOf(const physics::Nuclide& nuclide, const physics::Window& window,
                                       const physics::Detector& detector);

/// Keeps references to all that it is given.
class ObjectCalibration {
 public:
  ObjectCalibration(const scintigraphy::AcquiredObject& object, const physics::Nuclide& nuclide,
                    const physics::Calibration& calibration, const physics::CameraLibrary& cameras)
      : object_(object), nuclide_(nuclide), calibration_(calibration), cameras_(cameras) {}

  /// Of the frame's head, window and collimator (collimatorOf); null where the calibration has none.
  const physics::HeadSensitivity* sensitivityOf(const scintigraphy::AcquiredFrame& frame) const;
  projection::WindowModel modelOf(const physics::HeadSensitivity& sensitivity) const;
  physics::PointResponse responseOf(const physics::HeadSensitivity& sensitivity) const;
  /// Counts are the rate at the start of the acquisition times this: dead time, and decay over the
  /// `frameHours` after `startsAfterHours`, taken out.
  double effectiveSeconds(const scintigraphy::AcquiredFrame& frame, double startsAfterHours,
                          double frameHours) const;
  /// The picture over patient space as the frame's place tells it, else with its middle at u = 0 and row 0
  /// at z = 0.
  projection::Picture pictureOf(const scintigraphy::AcquiredFrame& frame) const;

 private:
  const scintigraphy::AcquiredFrame& photopeakOf(const scintigraphy::AcquiredFrame& frame) const;

  const scintigraphy::AcquiredObject& object_;
  const physics::Nuclide& nuclide_;
  const physics::Calibration& calibration_;
  const physics::CameraLibrary& cameras_;
};

/// 100 over the dose decayed to the start of an object of the study; 0 where dose or times are not told.
double activityToUptakePercent(const scintigraphy::AcquiredStudy& study,
                               const scintigraphy::AcquiredObject& object, const physics::Nuclide& nuclide);

}  // namespace remnant::quantify

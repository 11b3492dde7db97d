#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "remnant/image/grid.h"
#include "remnant/physics/nuclide.h"
#include "remnant/projection/view.h"
#include "remnant/scintigraphy/nm_object.h"

/// What the camera does at a study, an object at a time.
namespace remnant::phantom {

/// One sweep of both heads along the patient; rows are seen while they pass the field of view.
struct SweepPlan {
  double velocityMmPerSecond = 100.0 / 60;
  double fieldOfViewMm = 387;  ///< of a head along the patient
  double lengthMm = 1950;      ///< from the upper edge of row 0; nothing is recorded beyond
  double exposureSeconds() const { return fieldOfViewMm / velocityMmPerSecond; }
  double durationSeconds() const { return (lengthMm + fieldOfViewMm) / velocityMmPerSecond; }
};

/// One NM object to acquire. Its frames are ordered as they are stored: heads outermost, then windows, then
/// time frames (dynamic) or angular views (tomo).
struct AcquisitionPlan {
  scintigraphy::Acquisition kind = scintigraphy::Acquisition::kStatic;  ///< static, whole body, dynamic, tomo
  std::string description;                                              ///< "NECK STATIC"
  double startsAfterSeconds = 0;                ///< from the start of the study's first object
  std::vector<physics::Window> windows;         ///< the photopeak first
  std::vector<projection::HeadPosition> heads;  ///< where each detector stands, of tomo: at its first view
  projection::Picture picture;
  double secondsPerFrame = 600;   ///< of a sweep: the whole of it
  std::size_t framesPerHead = 1;  ///< time frames or angular views of each head and window
  double angleStepDegrees = 0;    ///< of tomo, added to the head's angle from view to view
  std::optional<SweepPlan> sweep;

  std::size_t frameCount() const { return heads.size() * windows.size() * framesPerHead; }
};

/// The object's counts, in the order of its frames.
struct AcquiredCounts {
  AcquisitionPlan plan;
  std::vector<image::Counts> frames;
};

}  // namespace remnant::phantom

#pragma once

#include <vector>

#include "remnant/quantify/acquired_sources.h"
#include "remnant/quantify/calibration_result.h"

/// What each acquisition of a known source tells by itself; what it cannot tell is a refusal in its place.
namespace remnant::quantify {

struct SourceSet {
  const CalibrationSources& sources;
  const std::vector<AcquiredSource>& acquired;
  const physics::CameraLibrary& library;

  physics::PointResponse response(const physics::Nuclide& nuclide, const physics::Window& window) const;
};

/// Of each head that both acquisitions of a pair show, by the net counts of its photopeak.
std::vector<MeasuredResult> measuredDeadTimes(const SourceSet& set);

/// Of each head in each window of each source with an activity. config: with the dead time that is to be
/// taken back; of the rate of the spectrum the photopeak of the same head tells, in whatever window.
std::vector<MeasuredResult> measuredSensitivities(const SourceSet& set, const CalibrateConfig& config);

/// Second head over first, in the photopeak, of what both see alike. The counts are taken as they are: what
/// of a room's background is under a source must fit into its asymmetry.
std::vector<MeasuredResult> measuredHeadGains(const SourceSet& set);

/// In the photopeak: of points in both directions, of lines across them.
std::vector<MeasuredResult> measuredResolutions(const SourceSet& set);

}  // namespace remnant::quantify

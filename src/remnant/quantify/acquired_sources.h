#pragma once

#include <string>
#include <vector>

#include "remnant/quantify/calibration_sources.h"
#include "remnant/scintigraphy/acquired_study.h"

/// The objects that a sources file names.
namespace remnant::quantify {

/// An entry of the sources file with its object. Frames carry the heads' numbers as the entry has them;
/// readings have their hours.
struct AcquiredSource {
  SourceEntry entry;
  std::string nuclide;  ///< of the entry, or else the object's
  scintigraphy::AcquiredObject object;
};

/// Reads every entry's object. Throws InputError of the readers, and "bad-sources" naming the sources file,
/// line and key where an object and what is written of it contradict each other: another camera's serial
/// number, another nuclide, a head that the object does not have, a nuclide that neither tells.
/// warnings  of the readers, and that an object does not tell its camera's serial number
std::vector<AcquiredSource> readAcquiredSources(const CalibrationSources& sources,
                                                std::vector<std::string>& warnings);

physics::Window windowOf(const scintigraphy::AcquiredFrame& frame);
/// The head's first frame whose window holds the photopeak; null where there is none.
const scintigraphy::AcquiredFrame* photopeakOf(const AcquiredSource& source, int head);
/// The same head, window and matrix in the entry's background; null where there is none.
const scintigraphy::AcquiredFrame* backgroundOf(const std::vector<AcquiredSource>& acquired,
                                                const AcquiredSource& source,
                                                const scintigraphy::AcquiredFrame& frame);

}  // namespace remnant::quantify

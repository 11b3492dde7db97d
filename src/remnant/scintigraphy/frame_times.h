#pragma once

#include <string>
#include <vector>

#include "remnant/scintigraphy/acquired_study.h"
#include "remnant/scintigraphy/header.h"

/// For how long and how late each frame was seen. Not for other folders.
namespace remnant::scintigraphy {

/// Sets the exposure and start of each frame of the object, and its duration. Heads and windows count at the
/// same time; angular views and time slices follow one another, views without a pause.
/// meanings: one a frame
void setFrameTimes(const Header& header, const std::vector<FrameMeaning>& meanings, AcquiredObject& object);

}  // namespace remnant::scintigraphy

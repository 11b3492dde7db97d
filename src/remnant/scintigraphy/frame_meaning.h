#pragma once

#include <vector>

#include "remnant/scintigraphy/header.h"
#include "remnant/scintigraphy/nm_object.h"

namespace remnant::scintigraphy {

/// No object has more frames: a frame increment vector (VR US) holds at most 65534 bytes.
inline constexpr std::int64_t kMostFrames = 32767;

/// The frames of an NM object with everything but their views, from the vectors that the Frame Increment
/// Pointer names (PS3.3, section C.8.4.8). What contradicts itself becomes a warning.
/// Throws InputError "over-limit" above kMostFrames.
std::vector<FrameMeaning> readFrames(const Header& header, std::optional<Acquisition> acquisition);

/// Tells the view of each frame from its detector's code, angle and names.
/// supine  whether the patient is told to lie on the back
void tellViews(std::vector<FrameMeaning>& frames, const Header& header,
               std::optional<Acquisition> acquisition, bool supine);

}  // namespace remnant::scintigraphy

#pragma once

#include "remnant/projection/medium.h"

/// Water on the way to a head, for media in the head's coordinates (head_view.h), by voxel.
namespace remnant::projection {

/// Water-equivalent depth of each voxel's middle, mm.
image::Volume waterDepths(const Medium& medium);

/// Density over water's less 1 inside the body, 0 outside and where the skin cuts a voxel: the first and the
/// last voxel on each ray of at least half of water's attenuation, and what lies beyond them.
image::Volume excessDensity(const Medium& medium);

/// Water-equivalent depth less the depth itself below the skin, mm: negative behind air, positive behind
/// bone, nothing in a body of water. It is a mean over ways that part as they go, as those from emission to
/// scattering do, so that a hole matters the less the further behind it one is.
image::Volume excessOfWater(const Medium& medium);

}  // namespace remnant::projection

#pragma once

#include "remnant/projection/medium.h"

/// Water on the way to a head, for media in the head's coordinates (head_view.h), by voxel.
namespace remnant::projection {

/// Water-equivalent depth of each voxel's middle, mm.
image::Volume waterDepths(const Medium& medium);

/// Water-equivalent depth less the depth itself below the skin, mm: negative behind air, positive behind
/// bone, nothing in a body of water. It is a mean over ways that part as they go, as those from emission to
/// scattering do, so that a hole matters the less the further behind it one is. The skin on either side is
/// where the attenuation passes half of water's.
image::Volume excessOfWater(const Medium& medium);

}  // namespace remnant::projection

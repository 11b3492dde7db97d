#pragma once

#include "remnant/image/volume.h"
#include "remnant/projection/view.h"

/// A volume turned so that its slices are planes before a head.
///
/// The grid of what is returned is in the head's coordinates: x is u, y the distance before the collimator's
/// face, z stays; slice 0 is the nearest. At multiples of 90 degrees voxels only change places. At others
/// they are interpolated bilinearly in x-y: activity is handed out to the four nearest voxels, which keeps
/// its sum and its centroid; attenuation is read between the four nearest.
namespace remnant::projection {

image::Volume activitySeenFrom(const HeadPosition& head, const image::Volume& activity);
image::Volume attenuationSeenFrom(const HeadPosition& head, const image::Volume& attenuation);

}  // namespace remnant::projection

#pragma once

#include "remnant/projection/projector.h"
#include "remnant/projection/seen_planes.h"

/// Scatter in any medium, projected from its effective source (esse.h).
namespace remnant::projection {

/// Adds to each window's plane the scattered counts a second a voxel. The planes lie on the lattice of the
/// head's view of the activity.
void addEffectiveScatter(const image::Volume& activityMBq, const Medium& medium, const HeadPosition& head,
                         const std::vector<WindowModel>& windows, std::vector<Plane>& counted);

}  // namespace remnant::projection

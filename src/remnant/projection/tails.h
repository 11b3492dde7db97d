#pragma once

#include "remnant/projection/projector.h"
#include "remnant/projection/seen_planes.h"

/// Photons that came through the septa: convolution with the tails of the point response.
namespace remnant::projection {

/// Adds to each window's plane the counts a second a voxel of all tails. Planes are handed out by cubic
/// interpolation to fixed distances between which the tails' lengths grow by a fifth; a kernel for each
/// distance is convolved on a grid twice as coarse. For voxels up to 2.5 mm within 2 % of the density of
/// physics::TailShape beyond 5 mm; pixels may be below zero by rounding, a millionth of the peak.
void addTails(const SeenPlanes& planes, const std::vector<WindowModel>& windows, std::vector<Plane>& counted);

}  // namespace remnant::projection

#pragma once

#include "remnant/projection/projector.h"
#include "remnant/projection/seen_planes.h"

/// Photons that came through the septa: convolution with the tails of the point response.
namespace remnant::projection {

/// Adds to each window's plane the counts a second a voxel of all tails. Planes are handed out to fixed
/// distances about an eighth (1 / depthGroups) of the volume's depth apart, the two nearest to each in
/// proportion; a kernel for each distance is convolved on a grid four times coarser.
void addTails(const SeenPlanes& planes, const std::vector<WindowModel>& windows, std::size_t depthGroups,
              std::vector<Plane>& counted);

}  // namespace remnant::projection

#pragma once

#include "remnant/projection/projector.h"
#include "remnant/projection/seen_planes.h"

/// Scatter in near-uniform media: each voxel's kernel by its water-equivalent depth towards the head.
namespace remnant::projection {

/// Adds to each window's plane the scattered counts a second a voxel. The Gaussians of the kernel are blurred
/// on grids as coarse as they allow.
void addAnalyticScatter(const SeenPlanes& planes, const std::vector<WindowModel>& windows,
                        std::size_t depthGroups, std::vector<Plane>& counted);

}  // namespace remnant::projection

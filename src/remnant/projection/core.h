#pragma once

#include "remnant/physics/point_response.h"
#include "remnant/projection/seen_planes.h"

/// The core of the point response: photons that came through the holes.
namespace remnant::projection {

/// Variance along each axis that activity gathered in the middles of voxels has more than before, on average,
/// in voxels squared.
inline constexpr double kGatheringVariance = 1.0 / 12;

/// Variance of the core at a distance less that of gathering, which the map has already, in voxels squared;
/// half of the core's where it is narrower than that allows.
double coreVariance(const physics::PointResponse& response, double distanceMm, double voxelMm);

/// MBq seen, blurred by the core, a voxel of `output`'s lattice. Planes far to near, each time blurred by
/// what the next plane's Gaussian lacks (exact: variances of Gaussians add).
Plane coreImage(const SeenPlanes& planes, const physics::PointResponse& response, const Region& output);

}  // namespace remnant::projection

#pragma once

#include "remnant/image/grid.h"
#include "remnant/projection/seen_planes.h"

/// From the voxels of a view to the pixels of a picture.
namespace remnant::projection {

/// The cells of a view's lattice that a picture covers, wholly or in part.
Region cellsUnder(const Picture& picture, const SeenPlanes& planes);

/// Each pixel gets of each cell the share of its area that the pixel covers; what the picture covers keeps
/// its sum.
image::Image resampledByArea(const Plane& plane, const SeenPlanes& planes, const Picture& picture);

}  // namespace remnant::projection

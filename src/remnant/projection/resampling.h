#pragma once

#include "remnant/image/grid.h"
#include "remnant/projection/seen_planes.h"

/// From the voxels of a view to the pixels of a picture.
namespace remnant::projection {

/// The cells of a view's lattice that count for a picture: those that it covers and two around.
Region cellsUnder(const Picture& picture, const SeenPlanes& planes);

/// Cells hold samples of a smooth density, in their middles, times their area: each pixel gets the integral
/// over itself of what cubic convolution interpolates between them (Keys 1981, IEEE Trans. ASSP 29:1153).
/// Sum, place and width are kept wherever pixels' edges lie, the sum but for what is within two cells of the
/// picture's edge. Cells taken for squares of even density would widen the picture by a twelfth of their
/// squared width, and narrow it by as much where their edges are those of pixels.
image::Image resampled(const Plane& plane, const SeenPlanes& planes, const Picture& picture);

}  // namespace remnant::projection

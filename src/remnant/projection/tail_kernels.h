#pragma once

#include <memory>
#include <vector>

#include "remnant/physics/point_response.h"
#include "remnant/projection/fourier_grid.h"

/// Transforms of the tails of point responses, made once and kept.
namespace remnant::projection {

/// All tails of a response at one distance, in the proportion of their fractions (sum: of the fractions, but
/// for what lies beyond the grid), around cell (0, 0) of a cyclic grid; rows x columns. Samples of
/// physics::TailShape at the cells' middles times their area: its blur leaves nothing between them, less what
/// gathering in voxels half as wide has added. Where
/// cells are so wide that it does not, it is blurred to half a cell.
std::vector<float> tailKernel(const physics::PointResponse& response, double distanceMm,
                              const FourierGrid& grid, double cellMm);

/// Its transform, which is real because the kernel is the same turned by 180 degrees; rows x
/// spectrumColumns(). Divided by that of halved() and addRefined() by a factor of 2, between which it is
/// applied, so that all three together make the tails as they are. Kept for the next call with the same
/// tails, lengths and grid, in bounded memory.
std::shared_ptr<const std::vector<float>> tailSpectrum(const physics::PointResponse& response,
                                                       double distanceMm, const FourierGrid& grid,
                                                       double cellMm);

}  // namespace remnant::projection

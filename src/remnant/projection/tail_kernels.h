#pragma once

#include <memory>
#include <vector>

#include "remnant/physics/point_response.h"
#include "remnant/projection/fourier_grid.h"

/// Transforms of the tails of point responses, made once and kept.
namespace remnant::projection {

/// All tails of a response at one distance, in the proportion of their fractions (sum: of the fractions, but
/// for what lies beyond the grid), averaged over cells, around cell (0, 0) of a cyclic grid; rows x columns.
std::vector<float> tailKernel(const physics::PointResponse& response, double distanceMm,
                              const FourierGrid& grid, double cellMm);

/// Its transform, which is real because the kernel is the same turned by 180 degrees; rows x
/// spectrumColumns(). Kept for the next call with the same tails, lengths and grid, in bounded memory.
std::shared_ptr<const std::vector<float>> tailSpectrum(const physics::PointResponse& response,
                                                       double distanceMm, const FourierGrid& grid,
                                                       double cellMm);

}  // namespace remnant::projection

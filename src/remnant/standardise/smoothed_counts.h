#pragma once

#include "remnant/image/grid.h"

namespace remnant::standardise {

/// The level of counts, smoothed with a Gaussian of these standard deviations in pixels, cut at three of
/// them; negative stored values count as zero, and beyond the edges nothing was counted.
image::Image smoothedCounts(const image::Counts& counts, double sigmaRows, double sigmaColumns);

}  // namespace remnant::standardise

#pragma once

#include "remnant/image/grid.h"
#include "remnant/quantify/estimate.h"

/// A camera's resolution from the picture of a point or a line.
namespace remnant::quantify {

enum class ProfileDirection { kAcross, kAlong };  ///< along the rows (x), along the columns (y)

struct ResolutionConfig {
  ProfileDirection direction = ProfileDirection::kAcross;
  double halfWidthMm = 40;  ///< of the row of pixels that is fitted, about the brightest place; the next line
                            ///< must lie beyond
  /// Length of a line source that is used, in bands that are fitted each by itself, so that it may lie askew;
  /// 0: a point, which is one band of 2 halfWidthMm.
  double lineMm = 0;
  double bandMm = 20;
};

/// Full width at half maximum, mm, of a point's or line's image by Gaussians on a level background, the mean
/// over the bands by their variances; systematic 0. Refuses "no-source", "source-at-edge".
Result resolutionFwhmMm(const image::Counts& counts, double pixelMm, const ResolutionConfig& config = {});

}  // namespace remnant::quantify

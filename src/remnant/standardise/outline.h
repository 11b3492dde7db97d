#pragma once

#include <optional>
#include <vector>

#include "remnant/image/grid.h"

/// The outline of the body against the empty field, from raw counts alone.
namespace remnant::standardise {

struct OutlineConfig {
  /// Standard deviation of the Gaussian the counts are smoothed with: as small as the first, which blurs an
  /// edge less than the camera does, and where counts are few as large as it takes to gather enough of them
  /// in its area (4 pi sigma^2) at the body's level, but not beyond the last.
  double smallestSmoothingMm = 8;
  double countsGathered = 100;
  double largestSmoothingMm = 16;
  /// The square root of the level (which makes Poisson noise even) is clipped at this multiple of the body's
  /// median, so that bladder, stomach or a hot remnant do not draw the threshold up to themselves: room
  /// counts can be half as many as those of a body, organs ten times as many.
  double clipAtBodyMedian = 1.3;
  /// Of the pixels of the scanned rows, ordered by level, the one at this share is taken for body: a body
  /// covers 0.3 to 0.6 of them, hot organs less than 0.1.
  double surelyBodyQuantile = 0.8;
  /// Gaps in a row narrower than this are bridged (cold lungs, the space between arm and chest).
  double bridgedGapMm = 15;
  /// Regions above the threshold that are smaller than this are no part of the body; a head that low counts
  /// part from the chest is larger.
  double smallestPartMm2 = 4000;
};

/// The extent of the body in one row of pixels: [left, right).
struct RowExtent {
  double left = 0;
  double right = 0;
  double width() const { return right - left; }
  double centre() const { return (left + right) / 2; }
};

struct Outline {
  double threshold = 0;  ///< smoothed counts a pixel that tell body from empty field
  image::Mask body;      ///< the large connected regions above the threshold
  /// For each row, the run of body pixels around the body's midline; nullopt where there is none.
  std::vector<std::optional<RowExtent>> rows;
};

/// The level of counts, smoothed; negative stored values count as zero.
image::Image smoothedCounts(const image::Counts& counts, double sigmaRows, double sigmaColumns);

/// nullopt where no body stands out: no counts at all, or two levels that do not part (a uniform field).
std::optional<Outline> findOutline(const image::Counts& counts, double rowSpacingMm, double columnSpacingMm,
                                   const OutlineConfig& config = {});

}  // namespace remnant::standardise

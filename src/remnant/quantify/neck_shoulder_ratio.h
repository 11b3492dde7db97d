#pragma once

#include <cstdint>

#include "remnant/image/grid.h"

/// The neck/shoulder uptake ratio: how much more is counted where the thyroid was than on the shoulders.
namespace remnant::quantify {

/// The forms in use in the literature; they are not the same number.
enum class RatioVariant {
  kMeanRatio,  ///< mean counts a pixel in the thyroid box over the same in the shoulder box
  kSumRatio,   ///< sum of counts over sum of counts: it depends on the areas of the boxes; its logarithm is
               ///< "log(sum in the thyroid) - log(sum in the shoulder)"
};

struct RatioConfig {
  RatioVariant variant = RatioVariant::kMeanRatio;
  /// Added to the sum of counts of each box, so that a box without a count gives a finite ratio with a large
  /// uncertainty instead of none. One half removes the first-order bias of the logarithm of a Poisson count.
  /// Source: Gart and Zweifel 1967, Biometrika 54:181.
  double continuity = 0.5;
};

struct NeckShoulderRatio {
  double ratio = 0;                         ///< > 0, no unit
  double ratioStandardUncertainty = 0;      ///< of Poisson counting alone, first order
  double logarithm = 0;                     ///< natural logarithm of the ratio
  double logarithmStandardUncertainty = 0;  ///< of Poisson counting alone
  std::int64_t thyroidCounts = 0;           ///< raw sum over the box
  std::int64_t shoulderCounts = 0;
};

/// The same with the background taken off both: (t - b) / (s - b), means a pixel of thyroid, shoulder and
/// background box. A shoulder box is background itself in most protocols; this form is for those that take a
/// third box, in the upper arm or beside the neck.
struct BackgroundCorrectedRatio {
  double ratio = 0;                     ///< negative where the thyroid box holds less than background
  double ratioStandardUncertainty = 0;  ///< of Poisson counting alone, first order
};

/// Throws what neckShoulderRatio throws, with boxes of pixels each, and "no-reference-counts" where the
/// shoulder holds no more than background. RatioConfig::variant does not matter.
BackgroundCorrectedRatio backgroundCorrectedRatio(const image::Counts& view, const image::Box& thyroid,
                                                  const image::Box& shoulder, const image::Box& background,
                                                  const RatioConfig& config = {});

/// view: raw counts of one view; the boxes lie inside it. Throws InputError "empty-region" where a box holds
/// no pixel or leaves the view, "negative-counts" where the sum over a box is negative, and
/// "no-reference-counts" where without continuity the thyroid or the shoulder box holds no counts.
NeckShoulderRatio neckShoulderRatio(const image::Counts& view, const image::Box& thyroid,
                                    const image::Box& shoulder, const RatioConfig& config = {});

}  // namespace remnant::quantify

#include "remnant/quantify/neck_shoulder_ratio.h"

#include <cmath>
#include <string>

namespace remnant::quantify {
namespace {

using image::Box;
using image::Counts;

std::int64_t countsInside(const Counts& view, const Box& box, const std::string& name) {
  if (box.width == 0 || box.height == 0 || box.x + box.width > view.columns() ||
      box.y + box.height > view.rows())
    throw InputError("empty-region", "the " + name + " box is empty or leaves the view");
  const std::int64_t sum = image::sumOf(image::cropped(view, box));
  if (sum < 0)
    throw InputError("negative-counts",
                     "the " + name + " box holds " + std::to_string(sum) + " counts, which no camera counts");
  return sum;
}

double areaOf(const Box& box, RatioVariant variant) {
  return variant == RatioVariant::kMeanRatio ? static_cast<double>(box.width * box.height) : 1;
}

double corrected(std::int64_t counts, const RatioConfig& config, const std::string& name) {
  const double value = static_cast<double>(counts) + config.continuity;
  if (value <= 0)
    throw InputError("no-reference-counts", "the " + name + " box holds no counts, so there is no ratio");
  return value;
}

}  // namespace

NeckShoulderRatio neckShoulderRatio(const Counts& view, const Box& thyroid, const Box& shoulder,
                                    const RatioConfig& config) {
  NeckShoulderRatio result;
  result.thyroidCounts = countsInside(view, thyroid, "thyroid");
  result.shoulderCounts = countsInside(view, shoulder, "shoulder");
  const double above = corrected(result.thyroidCounts, config, "thyroid");
  const double below = corrected(result.shoulderCounts, config, "shoulder");
  result.ratio = (above / areaOf(thyroid, config.variant)) / (below / areaOf(shoulder, config.variant));
  result.logarithm = std::log(result.ratio);
  result.logarithmStandardUncertainty = std::sqrt(1 / above + 1 / below);
  result.ratioStandardUncertainty = result.ratio * result.logarithmStandardUncertainty;
  return result;
}

}  // namespace remnant::quantify

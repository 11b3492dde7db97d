#include "remnant/quantify/neck_shoulder_ratio.h"

#include <cmath>
#include <string>
#include <utility>

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

BackgroundCorrectedRatio backgroundCorrectedRatio(const Counts& view, const Box& thyroid, const Box& shoulder,
                                                  const Box& background, const RatioConfig& config) {
  const auto mean = [&](const Box& box, const std::string& name) {
    const double counts = static_cast<double>(countsInside(view, box, name)) + config.continuity;
    const double area = static_cast<double>(box.width * box.height);
    return std::pair{counts / area, counts / (area * area)};
  };
  const auto [t, tVariance] = mean(thyroid, "thyroid");
  const auto [s, sVariance] = mean(shoulder, "shoulder");
  const auto [b, bVariance] = mean(background, "background");
  if (!(s > b))
    throw InputError("no-reference-counts", "the shoulder box holds no more counts than background");
  BackgroundCorrectedRatio result;
  result.ratio = (t - b) / (s - b);
  // d ratio: 1/(s-b) of t, -ratio/(s-b) of s, (ratio-1)/(s-b) of b.
  const double r = result.ratio;
  result.ratioStandardUncertainty =
      std::sqrt(tVariance + r * r * sVariance + (r - 1) * (r - 1) * bVariance) / (s - b);
  return result;
}

}  // namespace remnant::quantify

#include "remnant/quantify/resolution.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "remnant/quantify/gaussian_profile.h"
#include "remnant/quantify/source_disc.h"

namespace remnant::quantify {
namespace {

constexpr double kNormal95 = 1.959964;
/// Of a band's Gaussian over its uncertainty; less may be noise.
constexpr double kLeastSigmas = 5;

/// The picture with the direction that is fitted along its rows.
image::Counts turned(const image::Counts& counts, ProfileDirection direction) {
  if (direction == ProfileDirection::kAcross) return counts;
  image::Counts other(counts.columns(), counts.rows());
  for (std::size_t row = 0; row < counts.rows(); ++row)
    for (std::size_t column = 0; column < counts.columns(); ++column)
      other.at(column, row) = counts.at(row, column);
  return other;
}

std::size_t pixelsOf(double lengthMm, double pixelMm) {
  return static_cast<std::size_t>(std::max(1.0, std::round(lengthMm / pixelMm)));
}

/// Sums over the rows of the box.
std::vector<double> profileOf(const image::Counts& counts, const image::Box& box) {
  std::vector<double> profile(box.width);
  for (std::size_t row = box.y; row < box.y + box.height; ++row)
    for (std::size_t column = 0; column < box.width; ++column)
      profile[column] += counts.at(row, box.x + column);
  return profile;
}

/// The bands, one above the other, about the source; none where they leave the picture.
std::vector<image::Box> bandsAbout(const Disc& source, const image::Counts& counts, double pixelMm,
                                   const ResolutionConfig& config) {
  const bool point = config.lineMm <= 0;
  const std::size_t half = pixelsOf(config.halfWidthMm, pixelMm);
  const std::size_t height = point ? 2 * half + 1 : pixelsOf(config.bandMm, pixelMm);
  const std::size_t bands = point ? 1 : std::max<std::size_t>(1, pixelsOf(config.lineMm, pixelMm) / height);
  const double left = std::round(source.column) - static_cast<double>(half);
  // A line's brightest place may lie near its end.
  const double room = static_cast<double>(counts.rows()) - static_cast<double>(bands * height);
  const std::size_t rowsAbove = bands * height / 2;
  const double middle = std::round(source.row) - static_cast<double>(rowsAbove);
  const double top = point ? middle : std::clamp(middle, 0.0, std::max(0.0, room));
  if (left < 0 || top < 0 ||
      left + static_cast<double>(2 * half + 1) > static_cast<double>(counts.columns()) || top > room)
    return {};
  std::vector<image::Box> boxes;
  for (std::size_t band = 0; band < bands; ++band)
    boxes.push_back({static_cast<std::size_t>(left), static_cast<std::size_t>(top) + band * height,
                     2 * half + 1, height});
  return boxes;
}

}  // namespace

Result resolutionFwhmMm(const image::Counts& counts, double pixelMm, const ResolutionConfig& config) {
  const image::Counts picture = turned(counts, config.direction);
  const std::optional<Disc> source = discAboutSource(picture, config.halfWidthMm / pixelMm);
  if (!source) return Refusal{"source-at-edge", "the region about the source leaves the picture"};
  const std::vector<image::Box> bands = bandsAbout(*source, picture, pixelMm, config);
  if (bands.empty()) return Refusal{"source-at-edge", "the region about the source leaves the picture"};
  double weights = 0, sum = 0;
  for (const image::Box& band : bands)
    if (const auto profile = fitGaussianProfile(profileOf(picture, band));
        profile && profile->counts > kLeastSigmas * profile->countsUncertainty) {
      const double weight = 1 / (profile->sigmaUncertainty * profile->sigmaUncertainty);
      weights += weight;
      sum += weight * profile->sigma;
    }
  if (weights <= 0) return Refusal{"no-source", "no Gaussian stands out of the background"};
  const double fwhmInSigma = 2 * std::sqrt(2 * std::numbers::ln2) * pixelMm;
  Estimate estimate;
  estimate.value = fwhmInSigma * sum / weights;
  estimate.statistical = fwhmInSigma / std::sqrt(weights);
  estimate.lower = estimate.value - kNormal95 * estimate.statistical;
  estimate.upper = estimate.value + kNormal95 * estimate.statistical;
  estimate.method = "Gaussian on a level background";
  estimate.inputs = {config.lineMm > 0 ? "line source" : "point source"};
  return estimate;
}

}  // namespace remnant::quantify

#include <algorithm>
#include <cmath>

#include "remnant/image/resample.h"
#include "remnant/standardise/study_images.h"

namespace remnant::standardise {
namespace {

using image::Counts;
using image::Image;

constexpr double kReferencePercentile = 99.5;
constexpr float kLargestValue = 1.5F;

/// The size an image takes inside the input when both axes keep one scale.
struct FittedShape {
  std::size_t rows;
  std::size_t columns;
};

FittedShape fittedShape(const OpposedViews& views, const ModelInputConfig& config) {
  const double heightMm = static_cast<double>(views.anterior.rows()) * views.rowSpacingMm;
  const double widthMm = static_cast<double>(views.anterior.columns()) * views.columnSpacingMm;
  const double millimetresPerPixel =
      std::max(heightMm / static_cast<double>(config.rows), widthMm / static_cast<double>(config.columns));
  const auto fitted = [&](double lengthMm, std::size_t most) {
    const double pixels = std::round(lengthMm / millimetresPerPixel);
    return static_cast<std::size_t>(std::clamp(pixels, 1.0, static_cast<double>(most)));
  };
  return {fitted(heightMm, config.rows), fitted(widthMm, config.columns)};
}

/// The value that the given share of the pixels does not exceed (nearest rank).
float percentileOf(std::vector<float> values, double percent) {
  const auto rank = static_cast<std::size_t>(std::ceil(percent / 100 * static_cast<double>(values.size())));
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

/// An image without counts stays zero.
void normaliseSquareRoot(Image& image) {
  for (float& value : image.pixels()) value = std::sqrt(std::max(value, 0.0F));
  const float reference = percentileOf(image.pixels(), kReferencePercentile);
  const float largest = *std::max_element(image.pixels().begin(), image.pixels().end());
  if (largest <= 0) return;
  const float divisor = reference > 0 ? reference : largest;
  for (float& value : image.pixels()) value = std::min(value / divisor, kLargestValue);
}

void copyCentred(const Image& image, const ModelInputConfig& config, float* channel) {
  const std::size_t top = (config.rows - image.rows()) / 2;
  const std::size_t left = (config.columns - image.columns()) / 2;
  for (std::size_t row = 0; row < image.rows(); ++row)
    std::copy_n(&image.at(row, 0), image.columns(), channel + (top + row) * config.columns + left);
}

void requireUsable(const OpposedViews& views, const ModelInputConfig& config) {
  if (config.normalisation != "sqrt")
    throw InputError("unknown-normalisation",
                     "the normalisation '" + config.normalisation + "' is not known; 'sqrt' is");
  if (config.rows == 0 || config.columns == 0) throw ProgramError("a model's input without pixels");
  if (views.anterior.empty() || views.anterior.rows() != views.posterior.rows() ||
      views.anterior.columns() != views.posterior.columns())
    throw InputError("bad-views", "the anterior and the posterior view differ in their rows or columns");
  if (!(views.rowSpacingMm > 0) || !(views.columnSpacingMm > 0))
    throw InputError("bad-views", "the pixel spacing is not positive", {}, "(0028,0030)");
}

}  // namespace

std::vector<float> modelInput(const OpposedViews& views, const ModelInputConfig& config) {
  requireUsable(views, config);
  const FittedShape shape = fittedShape(views, config);
  std::vector<float> input(2 * config.rows * config.columns);
  const auto fill = [&](const Counts& upright, std::size_t channel) {
    Image image = image::resampledSum(image::asImage(upright), shape.rows, shape.columns);
    normaliseSquareRoot(image);
    copyCentred(image, config, input.data() + channel * config.rows * config.columns);
  };
  // With the head at the bottom the stored image is turned by half; a turned and mirrored one is upside down.
  fill(views.headFirst ? views.anterior : image::mirrored(image::upsideDown(views.anterior)), 0);
  fill(views.headFirst ? image::mirrored(views.posterior) : image::upsideDown(views.posterior), 1);
  return input;
}

}  // namespace remnant::standardise

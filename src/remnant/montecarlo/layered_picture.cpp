#include "remnant/montecarlo/layered_picture.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace remnant::montecarlo {

namespace {

/// A Gaussian integrated over pixels; 1 where it has no width.
std::vector<double> gaussianTaps(double sigma) {
  if (sigma <= 0) return {1};
  const auto reach = static_cast<std::ptrdiff_t>(std::ceil(4.5 * sigma));
  std::vector<double> taps;
  const double width = sigma * std::numbers::sqrt2;
  for (std::ptrdiff_t i = -reach; i <= reach; ++i) {
    const auto at = static_cast<double>(i);
    taps.push_back((std::erf((at + 0.5) / width) - std::erf((at - 0.5) / width)) / 2);
  }
  return taps;
}

/// Along lines of `length` pixels that lie `stride` apart.
void blurLine(const double* from, double* to, std::size_t length, std::size_t stride,
              const std::vector<double>& taps) {
  const std::size_t reach = taps.size() / 2;
  for (std::size_t i = 0; i < length; ++i) {
    const double value = from[i * stride];
    if (value == 0) continue;
    const std::size_t first = i >= reach ? 0 : reach - i;
    const std::size_t end = std::min(taps.size(), length + reach - i);
    for (std::size_t tap = first; tap < end; ++tap) to[(i + tap - reach) * stride] += value * taps[tap];
  }
}

}  // namespace

LayeredPicture::LayeredPicture(const projection::Picture& picture, const Layers& layers, std::size_t channels)
    : picture_(picture),
      layers_(layers),
      size_(picture.rows * picture.columns),
      pixels_((channels * layers.count + 1) * size_, 0) {}

LayeredPicture::Place LayeredPicture::placeOf(const projection::SeenPoint& seen) const {
  const double row = std::floor(picture_.rowOf(seen.z) + 0.5);
  const double column = std::floor(picture_.columnOf(seen.u) + 0.5);
  if (!(row >= 0 && row < static_cast<double>(picture_.rows) && column >= 0 &&
        column < static_cast<double>(picture_.columns)))
    return {};
  const double depth = std::clamp((seen.distanceMm - layers_.nearestMm) / layers_.stepMm, 0.0,
                                  static_cast<double>(layers_.count - 1));
  const auto layer = static_cast<std::size_t>(depth);
  return {true, static_cast<std::size_t>(row) * picture_.columns + static_cast<std::size_t>(column), layer,
          depth - static_cast<double>(layer)};
}

void LayeredPicture::add(const LayeredPicture& other) {
  for (std::size_t i = 0; i < pixels_.size(); ++i) pixels_[i] += other.pixels_[i];
}

void LayeredPicture::addBlurred(std::vector<double>& sum, std::size_t channel, std::size_t layer,
                                double sigmaPixels) const {
  const double* plane = pixels_.data() + (channel * layers_.count + layer) * size_;
  if (std::all_of(plane, plane + size_, [](double value) { return value == 0; })) return;
  const std::vector<double> taps = gaussianTaps(sigmaPixels);
  std::vector<double> across(size_, 0);
  for (std::size_t row = 0; row < picture_.rows; ++row)
    blurLine(plane + row * picture_.columns, across.data() + row * picture_.columns, picture_.columns, 1,
             taps);
  for (std::size_t column = 0; column < picture_.columns; ++column)
    blurLine(across.data() + column, sum.data() + column, picture_.rows, picture_.columns, taps);
}

}  // namespace remnant::montecarlo

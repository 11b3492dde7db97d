#include "remnant/phantom/blur.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace remnant::phantom {
namespace {

void addScaled(float* target, const float* source, std::size_t count, float weight) {
  for (std::size_t index = 0; index < count; ++index) target[index] += weight * source[index];
}

/// The layer blurred along its rows, wider by the kernel's radius on both sides.
image::Image blurredAlongRows(const image::Image& layer, const std::vector<float>& kernel) {
  image::Image wide(layer.rows(), layer.columns() + kernel.size() - 1);
  for (std::size_t row = 0; row < layer.rows(); ++row)
    for (std::size_t tap = 0; tap < kernel.size(); ++tap)
      addScaled(&wide.at(row, tap), &layer.at(row, 0), layer.columns(), kernel[tap]);
  return wide;
}

}  // namespace

std::vector<float> gaussianKernel(double sigmaPixels, double sigmas) {
  const int radius = static_cast<int>(std::ceil(sigmas * sigmaPixels));
  std::vector<double> weights;
  for (int offset = -radius; offset <= radius; ++offset)
    weights.push_back(std::exp(-0.5 * offset * offset / (sigmaPixels * sigmaPixels)));
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<float> kernel;
  for (const double weight : weights) kernel.push_back(static_cast<float>(weight / sum));
  return kernel;
}

void addBlurred(const image::Image& layer, const std::vector<float>& kernel, std::size_t top,
                std::size_t left, image::Image& target) {
  const image::Image wide = blurredAlongRows(layer, kernel);
  const auto radius = static_cast<std::ptrdiff_t>(kernel.size() / 2);
  const std::ptrdiff_t firstColumn = static_cast<std::ptrdiff_t>(left) - radius;
  const std::ptrdiff_t begin = std::max<std::ptrdiff_t>(firstColumn, 0);
  const std::ptrdiff_t end = std::min(firstColumn + static_cast<std::ptrdiff_t>(wide.columns()),
                                      static_cast<std::ptrdiff_t>(target.columns()));
  if (begin >= end) return;
  for (std::size_t row = 0; row < wide.rows(); ++row)
    for (std::size_t tap = 0; tap < kernel.size(); ++tap) {
      const auto targetRow = static_cast<std::ptrdiff_t>(top + row + tap) - radius;
      if (targetRow < 0 || targetRow >= static_cast<std::ptrdiff_t>(target.rows())) continue;
      addScaled(&target.at(static_cast<std::size_t>(targetRow), static_cast<std::size_t>(begin)),
                &wide.at(row, static_cast<std::size_t>(begin - firstColumn)),
                static_cast<std::size_t>(end - begin), kernel[tap]);
    }
}

}  // namespace remnant::phantom

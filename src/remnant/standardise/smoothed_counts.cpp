#include "remnant/standardise/smoothed_counts.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace remnant::standardise {
namespace {

using image::Counts;
using image::Image;

std::vector<float> gaussianWeights(double sigma) {
  const auto reach = static_cast<std::ptrdiff_t>(std::ceil(3 * sigma));
  std::vector<float> weights;
  for (std::ptrdiff_t offset = -reach; offset <= reach; ++offset)
    weights.push_back(static_cast<float>(std::exp(-0.5 * std::pow(static_cast<double>(offset) / sigma, 2))));
  const float total = std::accumulate(weights.begin(), weights.end(), 0.0F);
  for (float& weight : weights) weight /= total;
  return weights;
}

/// The field goes on with zeros beyond its edges: outside it nothing was counted.
Image blurredAlongRows(const Image& image, const std::vector<float>& weights) {
  const auto reach = static_cast<std::ptrdiff_t>(weights.size() / 2);
  const auto columns = static_cast<std::ptrdiff_t>(image.columns());
  Image result(image.rows(), image.columns());
  for (std::size_t row = 0; row < image.rows(); ++row)
    for (std::ptrdiff_t column = 0; column < columns; ++column) {
      float sum = 0;
      for (std::ptrdiff_t offset = std::max(-reach, -column); offset <= std::min(reach, columns - 1 - column);
           ++offset)
        sum += weights[static_cast<std::size_t>(offset + reach)] *
               image.at(row, static_cast<std::size_t>(column + offset));
      result.at(row, static_cast<std::size_t>(column)) = sum;
    }
  return result;
}

Image blurredAlongColumns(const Image& image, const std::vector<float>& weights) {
  const auto reach = static_cast<std::ptrdiff_t>(weights.size() / 2);
  const auto rows = static_cast<std::ptrdiff_t>(image.rows());
  Image result(image.rows(), image.columns());
  for (std::ptrdiff_t row = 0; row < rows; ++row)
    for (std::ptrdiff_t offset = std::max(-reach, -row); offset <= std::min(reach, rows - 1 - row); ++offset)
      for (std::size_t column = 0; column < image.columns(); ++column)
        result.at(static_cast<std::size_t>(row), column) +=
            weights[static_cast<std::size_t>(offset + reach)] *
            image.at(static_cast<std::size_t>(row + offset), column);
  return result;
}

}  // namespace

Image smoothedCounts(const Counts& counts, double sigmaRows, double sigmaColumns) {
  Image level(counts.rows(), counts.columns());
  std::transform(counts.pixels().begin(), counts.pixels().end(), level.pixels().begin(),
                 [](std::int32_t count) { return static_cast<float>(std::max(count, 0)); });
  return blurredAlongColumns(blurredAlongRows(level, gaussianWeights(sigmaColumns)),
                             gaussianWeights(sigmaRows));
}

}  // namespace remnant::standardise

#include "remnant/image/display.h"

#include <algorithm>
#include <cmath>

namespace remnant::image {
namespace {

std::size_t divideUp(std::size_t dividend, std::size_t divisor) {
  return (dividend + divisor - 1) / divisor;
}

float meanInside(const Counts& counts, const Box& block) {
  std::int64_t sum = 0;
  for (std::size_t row = block.y; row < block.y + block.height; ++row)
    for (std::size_t column = block.x; column < block.x + block.width; ++column)
      sum += counts.at(row, column);
  return static_cast<float>(static_cast<double>(sum) / static_cast<double>(block.width * block.height));
}

std::size_t blockSideFor(const std::vector<Counts>& views, std::size_t longestSide) {
  std::size_t longest = 1;
  for (const Counts& view : views) longest = std::max({longest, view.rows(), view.columns()});
  return divideUp(longest, longestSide);
}

}  // namespace

Image blockMeans(const Counts& counts, std::size_t blockSide) {
  Image means(divideUp(counts.rows(), blockSide), divideUp(counts.columns(), blockSide));
  for (std::size_t row = 0; row < means.rows(); ++row)
    for (std::size_t column = 0; column < means.columns(); ++column) {
      const std::size_t x = column * blockSide, y = row * blockSide;
      means.at(row, column) = meanInside(counts, {.x = x,
                                                  .y = y,
                                                  .width = std::min(blockSide, counts.columns() - x),
                                                  .height = std::min(blockSide, counts.rows() - y)});
    }
  return means;
}

float blackLevel(const std::vector<Image>& images, double quantile) {
  std::vector<float> values;
  for (const Image& image : images) values.insert(values.end(), image.pixels().begin(), image.pixels().end());
  if (values.empty()) throw ProgramError("a black level was asked for without pixels");
  const auto rank = static_cast<std::ptrdiff_t>(quantile * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + rank, values.end());
  if (values[static_cast<std::size_t>(rank)] > 0) return values[static_cast<std::size_t>(rank)];
  const float largest = *std::max_element(values.begin(), values.end());
  return largest > 0 ? largest : 1.0F;
}

Grid<std::uint8_t> inverseGrey(const Image& image, float black, double power) {
  Grid<std::uint8_t> grey(image.rows(), image.columns());
  std::transform(image.pixels().begin(), image.pixels().end(), grey.pixels().begin(), [&](float value) {
    const double darkness = std::pow(std::clamp(value / black, 0.0F, 1.0F), power);
    return static_cast<std::uint8_t>(std::lround(255.0 * (1.0 - darkness)));
  });
  return grey;
}

std::vector<Display> displayed(const std::vector<Counts>& views, const DisplayConfig& config) {
  const std::size_t blockSide = blockSideFor(views, config.longestSide);
  std::vector<Image> means;
  for (const Counts& view : views) means.push_back(blockMeans(view, blockSide));
  const float black = blackLevel(means, config.blackQuantile);
  std::vector<Display> displays;
  for (const Image& mean : means)
    displays.push_back(
        {.grey = inverseGrey(mean, black, config.power), .blockSide = blockSide, .black = black});
  return displays;
}

}  // namespace remnant::image

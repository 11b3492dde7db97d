#include "remnant/image/resample.h"

#include <algorithm>
#include <vector>

namespace remnant::image {
namespace {

/// How much of input pixel `from` (as a share of it) falls into output pixel `to`, along one axis.
struct Overlap {
  std::size_t from;
  std::size_t to;
  double share;
};

/// Both axes are cut at multiples of 1 / (input x output), so the edges are whole numbers and the shares of a
/// pixel sum to one exactly in integers.
std::vector<Overlap> overlapsAlong(std::size_t input, std::size_t output) {
  std::vector<Overlap> overlaps;
  for (std::size_t from = 0; from < input; ++from) {
    const std::size_t begin = from * output;
    const std::size_t end = begin + output;
    for (std::size_t to = begin / input; to * input < end; ++to) {
      const std::size_t shared = std::min(end, (to + 1) * input) - std::max(begin, to * input);
      overlaps.push_back({from, to, static_cast<double>(shared) / static_cast<double>(output)});
    }
  }
  return overlaps;
}

Grid<double> spreadColumns(const Image& image, std::size_t columns) {
  Grid<double> spread(image.rows(), columns);
  for (const Overlap& overlap : overlapsAlong(image.columns(), columns))
    for (std::size_t row = 0; row < image.rows(); ++row)
      spread.at(row, overlap.to) += overlap.share * static_cast<double>(image.at(row, overlap.from));
  return spread;
}

Grid<double> spreadRows(const Grid<double>& image, std::size_t rows) {
  Grid<double> spread(rows, image.columns());
  for (const Overlap& overlap : overlapsAlong(image.rows(), rows))
    for (std::size_t column = 0; column < image.columns(); ++column)
      spread.at(overlap.to, column) += overlap.share * image.at(overlap.from, column);
  return spread;
}

Image resampled(const Image& image, std::size_t rows, std::size_t columns, double scale) {
  if (image.empty() || rows == 0 || columns == 0)
    throw ProgramError("an image without pixels was to be resampled");
  const Grid<double> spread = spreadRows(spreadColumns(image, columns), rows);
  Image result(rows, columns);
  std::transform(spread.pixels().begin(), spread.pixels().end(), result.pixels().begin(),
                 [scale](double value) { return static_cast<float>(scale * value); });
  return result;
}

}  // namespace

Image asImage(const Counts& counts) {
  Image image(counts.rows(), counts.columns());
  std::transform(counts.pixels().begin(), counts.pixels().end(), image.pixels().begin(),
                 [](std::int32_t count) { return static_cast<float>(count); });
  return image;
}

Image resampledSum(const Image& image, std::size_t rows, std::size_t columns) {
  return resampled(image, rows, columns, 1);
}

Image resampledMean(const Image& image, std::size_t rows, std::size_t columns) {
  const double inputPixels = static_cast<double>(image.rows() * image.columns());
  return resampled(image, rows, columns, static_cast<double>(rows * columns) / inputPixels);
}

}  // namespace remnant::image

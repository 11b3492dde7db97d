#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "remnant/base/error.h"

namespace remnant::image {

/// A rectangle of pixels stored row by row; row 0, column 0 is the top left pixel as displayed.
template <class Pixel>
class Grid {
 public:
  Grid() = default;
  Grid(std::size_t rows, std::size_t columns, Pixel fill = Pixel{})
      : rows_(rows), columns_(columns), pixels_(rows * columns, fill) {}
  /// Takes the pixels as they are; there must be rows x columns of them.
  Grid(std::size_t rows, std::size_t columns, std::vector<Pixel> pixels)
      : rows_(rows), columns_(columns), pixels_(std::move(pixels)) {
    if (pixels_.size() != rows * columns) throw ProgramError("a grid was given the wrong number of pixels");
  }

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  bool empty() const { return pixels_.empty(); }

  Pixel& at(std::size_t row, std::size_t column) { return pixels_[row * columns_ + column]; }
  const Pixel& at(std::size_t row, std::size_t column) const { return pixels_[row * columns_ + column]; }
  std::vector<Pixel>& pixels() { return pixels_; }
  const std::vector<Pixel>& pixels() const { return pixels_; }

  bool operator==(const Grid&) const = default;

 private:
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::vector<Pixel> pixels_;
};

/// Raw counts as the camera stored them: integers, Poisson, never rescaled. Signed, because some cameras
/// store so.
using Counts = Grid<std::int32_t>;
/// Anything rescaled, resampled or normalised. Never called counts.
using Image = Grid<float>;
/// Non-zero inside.
using Mask = Grid<std::uint8_t>;

/// A rectangle of pixels: x and y are the 0-based column and row of its top left pixel.
struct Box {
  std::size_t x = 0;
  std::size_t y = 0;
  std::size_t width = 0;
  std::size_t height = 0;
  bool operator==(const Box&) const = default;
};

inline std::int64_t sumOf(const Counts& counts) {
  return std::accumulate(counts.pixels().begin(), counts.pixels().end(), std::int64_t{0});
}

/// The pixels inside the box. Throws ProgramError where the box leaves the grid.
template <class Pixel>
Grid<Pixel> cropped(const Grid<Pixel>& grid, const Box& box) {
  if (box.x + box.width > grid.columns() || box.y + box.height > grid.rows())
    throw ProgramError("a crop box leaves its grid");
  Grid<Pixel> crop(box.height, box.width);
  for (std::size_t row = 0; row < box.height; ++row)
    for (std::size_t column = 0; column < box.width; ++column)
      crop.at(row, column) = grid.at(box.y + row, box.x + column);
  return crop;
}

}  // namespace remnant::image

#pragma once

#include <cstddef>

#include "remnant/image/grid.h"

/// Resampling by area: an output pixel gathers the input pixels it covers, each by the share that is covered,
/// so that no count is lost, doubled or made up, and Poisson noise averages as it should.
namespace remnant::image {

/// Counts as an image, value for value.
Image asImage(const Counts& counts);

/// Spreads each input pixel over the output pixels it overlaps, by overlapped area: the sum over the image is
/// kept (to rounding). rows and columns are those of the output, at least 1; the input must not be empty.
Image resampledSum(const Image& image, std::size_t rows, std::size_t columns);

/// The mean of the input over the area of each output pixel: the level of the image is kept.
Image resampledMean(const Image& image, std::size_t rows, std::size_t columns);

/// Left and right exchanged.
template <class Pixel>
Grid<Pixel> mirrored(const Grid<Pixel>& grid) {
  Grid<Pixel> result(grid.rows(), grid.columns());
  for (std::size_t row = 0; row < grid.rows(); ++row)
    for (std::size_t column = 0; column < grid.columns(); ++column)
      result.at(row, column) = grid.at(row, grid.columns() - 1 - column);
  return result;
}

/// Top and bottom exchanged.
template <class Pixel>
Grid<Pixel> upsideDown(const Grid<Pixel>& grid) {
  Grid<Pixel> result(grid.rows(), grid.columns());
  for (std::size_t row = 0; row < grid.rows(); ++row)
    for (std::size_t column = 0; column < grid.columns(); ++column)
      result.at(row, column) = grid.at(grid.rows() - 1 - row, column);
  return result;
}

}  // namespace remnant::image

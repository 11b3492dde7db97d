#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "remnant/image/grid.h"

/// Pictures of counts for people. What comes out is grey, never counts, and is never measured.
namespace remnant::image {

/// Inverse grey, as scintigrams are read: white is no counts, black is many.
///   grey = 255 x (1 - min(1, value / black) ^ power)
struct DisplayConfig {
  std::size_t longestSide = 512;  ///< larger images are reduced by whole blocks of pixels, to at most this
  double blackQuantile = 0.995;   ///< the share of pixels that are not fully black, (0, 1]
  double power = 0.8;             ///< 1: linear; below 1 lifts faint uptake out of the white, > 0
};

/// One picture of several that share a scale, so that equal grey means equal counts a pixel.
struct Display {
  Grid<std::uint8_t> grey;
  std::size_t blockSide = 1;  ///< pixels of the original along a side of one pixel of the picture; the last
                              ///< blocks of a row or column may reach beyond the original
  float black = 1;            ///< mean of a block's pixels from which on it is black
};

/// The mean of the pixels in each block of blockSide x blockSide; blocks cut by the edge are the mean of what
/// is inside. blockSide > 0.
Image blockMeans(const Counts& counts, std::size_t blockSide);

/// The value that is shown black: the quantile of all pixels of all images; where that is zero, the largest
/// value (1 where all are zero), so that a lone focus shows. Throws ProgramError for no pixels.
float blackLevel(const std::vector<Image>& images, double quantile);

/// The formula above, pixel by pixel; values below zero show white. black > 0.
Grid<std::uint8_t> inverseGrey(const Image& image, float black, double power);

/// The views of one study on one scale, reduced by one block size.
std::vector<Display> displayed(const std::vector<Counts>& views, const DisplayConfig& config);

}  // namespace remnant::image

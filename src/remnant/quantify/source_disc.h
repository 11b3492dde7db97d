#pragma once

#include <optional>

#include "remnant/image/grid.h"

/// Discs about round sources, and what of a source's image lies within.
namespace remnant::quantify {

/// In pixels from the middle of the top left one.
struct Disc {
  double column = 0, row = 0;
  double radiusPixels = 0;
};

/// About the centroid of the source, found from the brightest place. Nothing where it leaves the picture.
std::optional<Disc> discAboutSource(const image::Counts& counts, double radiusPixels);

/// Counts of the pixels; those on the edge by the share of their area (8 x 8 points) within.
double countsIn(const image::Counts& counts, const Disc& disc);

/// Share of the image of a uniform disc (or point: radius 0), blurred by a Gaussian, within a disc about it.
/// Lengths in mm.
double coreShareInDisc(double sigmaMm, double sourceRadiusMm, double radiusMm);
/// ... blurred by exp(-r / length) / (2 pi length^2).
double tailShareInDisc(double lengthMm, double sourceRadiusMm, double radiusMm);

}  // namespace remnant::quantify

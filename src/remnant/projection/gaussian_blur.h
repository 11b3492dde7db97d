#pragma once

#include <vector>

#include "remnant/projection/plane.h"

/// Blurring with a Gaussian on a grid.
namespace remnant::projection {

/// The middle tap and those on one side of it, of sum 1 (both sides counted), for a variance in cells squared
/// >= 0. Wide ones (from 0.8 cells) are the sampled Gaussian out to 4 sigma; narrow ones have seven taps with
/// the Gaussian's second, fourth and sixth moments, some slightly negative, so that many of them in turn make
/// the Gaussian of the summed variance.
std::vector<float> gaussianTaps(double variance);

/// Blurs along rows and columns; beyond the plane is nothing, and what is blurred there is lost.
void blur(Plane& plane, double variance);

}  // namespace remnant::projection

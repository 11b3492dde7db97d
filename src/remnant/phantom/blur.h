#pragma once

#include <vector>

#include "remnant/image/grid.h"

namespace remnant::phantom {

/// A Gaussian sampled at whole pixels, from -r to r with r = ceil(sigmas sigma), of sum 1. sigmaPixels > 0.
std::vector<float> gaussianKernel(double sigmaPixels, double sigmas);

/// Adds to `target` the layer blurred by the kernel along both axes; the layer's top left pixel lies at
/// (top, left) of the target. What the kernel spreads beyond the target is lost.
void addBlurred(const image::Image& layer, const std::vector<float>& kernel, std::size_t top,
                std::size_t left, image::Image& target);

}  // namespace remnant::phantom

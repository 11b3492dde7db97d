#pragma once

#include <cstddef>

namespace remnant::train {

/// The learning rate of a step: a straight rise over the first epoch, then half a cosine down to zero.
/// Source: Loshchilov and Hutter, "SGDR", ICLR 2017, equation 5 (one cycle), after the warm-up of Goyal et
/// al. 2017, section 2.2. step is 0-based and lies below steps; warmUpSteps lies below steps.
double learningRateAt(double peakRate, std::size_t step, std::size_t steps, std::size_t warmUpSteps);

}  // namespace remnant::train

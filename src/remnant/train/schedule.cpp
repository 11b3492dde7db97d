#include "remnant/train/schedule.h"

#include <cmath>
#include <numbers>

namespace remnant::train {

double learningRateAt(double peakRate, std::size_t step, std::size_t steps, std::size_t warmUpSteps) {
  if (step < warmUpSteps) return peakRate * static_cast<double>(step + 1) / static_cast<double>(warmUpSteps);
  const double done = static_cast<double>(step - warmUpSteps) / static_cast<double>(steps - warmUpSteps);
  return peakRate * 0.5 * (1 + std::cos(std::numbers::pi * done));
}

}  // namespace remnant::train

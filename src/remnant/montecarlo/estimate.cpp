#include "remnant/montecarlo/estimate.h"

#include <cmath>

namespace remnant::montecarlo {

void BatchMean::add(double batchValue) {
  ++count_;
  const double deviation = batchValue - mean_;
  mean_ += deviation / static_cast<double>(count_);
  squares_ += deviation * (batchValue - mean_);
}

Estimate BatchMean::estimate() const {
  if (count_ < 2) return {mean_, 0};
  const double n = static_cast<double>(count_);
  return {mean_, std::sqrt(squares_ / (n * (n - 1)))};
}

}  // namespace remnant::montecarlo

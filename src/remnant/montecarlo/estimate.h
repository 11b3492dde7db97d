#pragma once

#include <cstddef>

namespace remnant::montecarlo {

/// A mean over histories with its standard error, from the spread of batches of equal size.
struct Estimate {
  double value = 0;
  double standardError = 0;
};

/// Collects one value a batch.
class BatchMean {
 public:
  void add(double batchValue);
  /// Standard error 0 where fewer than two batches were added.
  Estimate estimate() const;

 private:
  std::size_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;  ///< sum of squared deviations from the mean (Welford)
};

}  // namespace remnant::montecarlo

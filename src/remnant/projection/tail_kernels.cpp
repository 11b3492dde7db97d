#include "remnant/projection/tail_kernels.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <numbers>

#include "remnant/physics/tail_shape.h"
#include "remnant/projection/core.h"

namespace remnant::projection {
namespace {

/// In cells: sampling then leaves out seven thousandths of what varies with a period of a cell.
constexpr double kLeastSampledSigma = 0.5;

using Key = std::vector<double>;

Key keyOf(const physics::PointResponse& response, double distanceMm, const FourierGrid& grid, double cellMm) {
  Key key{static_cast<double>(grid.rows()),
          static_cast<double>(grid.columns()),
          cellMm,
          response.rayAngleDegrees,
          response.rayWidthDegrees,
          response.tailBlurMm()};
  for (std::size_t tail = 0; tail < response.tails.size(); ++tail) {
    key.push_back(response.tails[tail].fraction);
    key.push_back(response.tails[tail].modulation);
    key.push_back(response.tailLengthMm(tail, distanceMm));
  }
  return key;
}

/// What handing out to cells twice as wide, or interpolating from them, leaves of a wave of so many periods
/// a wide cell: weights of 1/4 and 3/4 at a quarter and three quarters of a cell, cos^3(pi f / 2) in all.
double passedByHalving(double frequency) {
  const double cosine = std::cos(std::numbers::pi / 2 * frequency);
  return cosine * cosine * cosine;
}

/// One over what halving and refining leave along an axis, for each frequency of a transform.
std::vector<double> restored(std::size_t length) {
  std::vector<double> factors;
  for (std::size_t index = 0; index < length; ++index) {
    const auto cycles = static_cast<double>(std::min(index, length - index));
    const double passed = passedByHalving(cycles / static_cast<double>(length));
    factors.push_back(1 / (passed * passed));
  }
  return factors;
}

/// Emptied when it has grown too large: what is needed now is soon there again.
class SpectrumStore {
 public:
  using Entry = std::shared_ptr<const std::vector<float>>;

  Entry find(const Key& key) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : found->second;
  }
  void keep(const Key& key, const Entry& entry) {
    constexpr std::size_t kMostValues = 16'000'000;
    const std::lock_guard lock(mutex_);
    if (values_ + entry->size() > kMostValues) {
      entries_.clear();
      values_ = 0;
    }
    if (entries_.emplace(key, entry).second) values_ += entry->size();
  }

 private:
  std::mutex mutex_;
  std::map<Key, Entry> entries_;
  std::size_t values_ = 0;
};

}  // namespace

std::vector<float> tailKernel(const physics::PointResponse& response, double distanceMm,
                              const FourierGrid& grid, double cellMm) {
  const auto rows = static_cast<std::ptrdiff_t>(grid.rows()),
             columns = static_cast<std::ptrdiff_t>(grid.columns());
  std::vector<float> kernel(grid.rows() * grid.columns(), 0.0F);
  const auto place = [&](std::ptrdiff_t row, std::ptrdiff_t column) {
    return static_cast<std::size_t>((row + rows) % rows * columns + (column + columns) % columns);
  };
  const double voxelMm = cellMm / 2, leastMm = kLeastSampledSigma * cellMm;
  const double blur = std::pow(response.tailBlurMm(), 2);
  const double missing = std::max(leastMm * leastMm - blur, -kGatheringVariance * voxelMm * voxelMm);
  const auto profile = physics::tailShapeOf(response)->profile(distanceMm, response.rayAngleDegrees, missing);
  // Half of the cells; the others are these turned by 180 degrees.
  for (std::ptrdiff_t row = 0; row < rows / 2; ++row)
    for (std::ptrdiff_t column = row == 0 ? 0 : 1 - columns / 2; column < columns / 2; ++column) {
      const auto share = static_cast<float>(
          cellMm * cellMm *
          profile.density(static_cast<double>(column) * cellMm, static_cast<double>(row) * cellMm));
      kernel[place(row, column)] = share;
      kernel[place(-row, -column)] = share;
    }
  return kernel;
}

std::shared_ptr<const std::vector<float>> tailSpectrum(const physics::PointResponse& response,
                                                       double distanceMm, const FourierGrid& grid,
                                                       double cellMm) {
  static SpectrumStore store;
  const Key key = keyOf(response, distanceMm, grid, cellMm);
  if (auto kept = store.find(key)) return kept;
  const Spectrum spectrum = grid.forward(tailKernel(response, distanceMm, grid, cellMm));
  const std::vector<double> down = restored(grid.rows()), across = restored(grid.columns());
  std::vector<float> real;
  for (std::size_t row = 0; row < grid.rows(); ++row)
    for (std::size_t column = 0; column < grid.spectrumColumns(); ++column)
      real.push_back(static_cast<float>(spectrum[row * grid.spectrumColumns() + column].real() * down[row] *
                                        across[column]));
  auto made = std::make_shared<const std::vector<float>>(std::move(real));
  store.keep(key, made);
  return made;
}

}  // namespace remnant::projection

#include "remnant/projection/tail_kernels.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>

namespace remnant::projection {
namespace {

/// Samples of a cell along each axis: many where the exponential's peak is and the rays are narrow.
int samplesAt(double radiusCells) {
  if (radiusCells < 1.5) return 48;
  if (radiusCells < 3.5) return 16;
  return radiusCells < 10 ? 6 : 2;
}

double densityOf(const physics::PointResponse& response, double xMm, double zMm, double distanceMm) {
  double sum = 0;
  for (std::size_t tail = 0; tail < response.tails.size(); ++tail)
    sum += response.tails[tail].fraction * response.tailDensity(tail, xMm, zMm, distanceMm);
  return sum;
}

/// Of the cell `column` to the right and `row` below the middle.
double shareOfCell(const physics::PointResponse& response, double distanceMm, double cellMm, double row,
                   double column) {
  const int samples = samplesAt(std::hypot(row, column));
  double sum = 0;
  for (int down = 0; down < samples; ++down)
    for (int right = 0; right < samples; ++right)
      sum += densityOf(response, (column - 0.5 + (right + 0.5) / samples) * cellMm,
                       (row - 0.5 + (down + 0.5) / samples) * cellMm, distanceMm);
  return sum * cellMm * cellMm / (samples * samples);
}

using Key = std::vector<double>;

Key keyOf(const physics::PointResponse& response, double distanceMm, const FourierGrid& grid, double cellMm) {
  Key key{static_cast<double>(grid.rows()), static_cast<double>(grid.columns()), cellMm,
          response.rayAngleDegrees, response.rayWidthDegrees};
  for (std::size_t tail = 0; tail < response.tails.size(); ++tail) {
    key.push_back(response.tails[tail].fraction);
    key.push_back(response.tails[tail].modulation);
    key.push_back(response.tailLengthMm(tail, distanceMm));
  }
  return key;
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
  // Half of the cells; the others are these turned by 180 degrees.
  for (std::ptrdiff_t row = 0; row < rows / 2; ++row)
    for (std::ptrdiff_t column = row == 0 ? 0 : 1 - columns / 2; column < columns / 2; ++column) {
      const auto share = static_cast<float>(
          shareOfCell(response, distanceMm, cellMm, static_cast<double>(row), static_cast<double>(column)));
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
  std::vector<float> real(spectrum.size());
  std::transform(spectrum.begin(), spectrum.end(), real.begin(),
                 [](const std::complex<float>& value) { return value.real(); });
  auto made = std::make_shared<const std::vector<float>>(std::move(real));
  store.keep(key, made);
  return made;
}

}  // namespace remnant::projection

#include "remnant/projection/fourier_grid.h"

#include <algorithm>
#include <unsupported/Eigen/FFT>

namespace remnant::projection {
namespace {

using Transform = Eigen::FFT<float>;

/// One a thread: it keeps the factors of the lengths it has met.
Transform& transform() {
  thread_local Transform instance = [] {
    Transform made;
    made.SetFlag(Transform::HalfSpectrum);
    return made;
  }();
  return instance;
}

bool hasOnlySmallPrimes(std::size_t number) {
  for (const std::size_t prime : {2U, 3U, 5U})
    while (number % prime == 0) number /= prime;
  return number == 1;
}

/// Transforms along the rows' direction in place, column by column. `work(to, from)`.
template <class Work>
void alongColumns(Spectrum& spectrum, std::size_t rows, Work work) {
  const std::size_t columns = spectrum.size() / rows;
  Spectrum column(rows), transformed(rows);
  for (std::size_t index = 0; index < columns; ++index) {
    for (std::size_t row = 0; row < rows; ++row) column[row] = spectrum[row * columns + index];
    work(transformed.data(), column.data());
    for (std::size_t row = 0; row < rows; ++row) spectrum[row * columns + index] = transformed[row];
  }
}

}  // namespace

std::size_t FourierGrid::goodSize(std::size_t least) {
  std::size_t size = (std::max<std::size_t>(least, 4) + 3) / 4 * 4;
  while (!hasOnlySmallPrimes(size)) size += 4;
  return size;
}

Spectrum FourierGrid::forward(const std::vector<float>& values) const {
  Spectrum spectrum(rows_ * spectrumColumns());
  const auto length = static_cast<Eigen::Index>(columns_);
  for (std::size_t row = 0; row < rows_; ++row) {
    const float* from = values.data() + row * columns_;
    if (std::all_of(from, from + columns_, [](float value) { return value == 0; })) continue;
    transform().fwd(spectrum.data() + row * spectrumColumns(), from, length);
  }
  alongColumns(spectrum, rows_, [this](std::complex<float>* to, const std::complex<float>* from) {
    transform().fwd(to, from, static_cast<Eigen::Index>(rows_));
  });
  return spectrum;
}

std::vector<float> FourierGrid::inverse(Spectrum spectrum) const {
  alongColumns(spectrum, rows_, [this](std::complex<float>* to, const std::complex<float>* from) {
    transform().inv(to, from, static_cast<Eigen::Index>(rows_));
  });
  std::vector<float> values(rows_ * columns_);
  for (std::size_t row = 0; row < rows_; ++row)
    transform().inv(values.data() + row * columns_, spectrum.data() + row * spectrumColumns(),
                    static_cast<Eigen::Index>(columns_));
  return values;
}

}  // namespace remnant::projection

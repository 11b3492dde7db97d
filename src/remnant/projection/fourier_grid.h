#pragma once

#include <complex>
#include <cstddef>
#include <vector>

/// Discrete Fourier transforms of real rectangles.
namespace remnant::projection {

/// rows x (columns / 2 + 1) values; the rest follows from symmetry.
using Spectrum = std::vector<std::complex<float>>;

class FourierGrid {
 public:
  /// Both a multiple of four.
  FourierGrid(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns) {}
  /// The least even product of small primes that is a multiple of four and not below.
  static std::size_t goodSize(std::size_t least);

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  std::size_t spectrumColumns() const { return columns_ / 2 + 1; }

  /// values: rows x columns.
  Spectrum forward(const std::vector<float>& values) const;
  /// Scaled, so that it undoes forward().
  std::vector<float> inverse(Spectrum spectrum) const;

 private:
  std::size_t rows_, columns_;
};

}  // namespace remnant::projection

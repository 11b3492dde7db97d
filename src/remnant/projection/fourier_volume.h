#pragma once

#include <array>
#include <complex>
#include <cstddef>
#include <vector>

/// Discrete Fourier transforms of boxes, in place.
namespace remnant::projection {

class FourierVolume {
 public:
  /// Slice by slice, each row by row.
  using Values = std::vector<std::complex<float>>;
  /// {slices, rows, columns}.
  using Size = std::array<std::size_t, 3>;

  /// Products of 2, 3 and 5, as FourierGrid::goodSize makes them; else ProgramError at the first transform.
  explicit FourierVolume(const Size& size) : size_(size) {}

  const Size& size() const { return size_; }
  std::size_t count() const { return size_[0] * size_[1] * size_[2]; }
  std::size_t index(std::size_t slice, std::size_t row, std::size_t column) const {
    return (slice * size_[1] + row) * size_[2] + column;
  }

  void forward(Values& values) const { forward(values, size_); }
  /// Of values that are zero outside the box of that size at the origin, which saves the lines of zeros.
  void forward(Values& values, const Size& filled) const;
  /// Scaled, so that it undoes forward().
  void inverse(Values& values) const { inverse(values, size_); }
  /// What comes out is right inside the box of that size at the origin only.
  void inverse(Values& values, const Size& wanted) const;

 private:
  Size size_;
};

}  // namespace remnant::projection

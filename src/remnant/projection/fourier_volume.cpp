#include "remnant/projection/fourier_volume.h"

#include <algorithm>
#include <unsupported/Eigen/FFT>

namespace remnant::projection {
namespace {

using Transform = Eigen::FFT<float>;
using Complex = std::complex<float>;

/// One a thread: it keeps the factors of the lengths it has met.
Transform& transform() {
  thread_local Transform instance;
  return instance;
}

void transformLine(bool forward, Complex* to, const Complex* from, std::size_t length) {
  const auto points = static_cast<Eigen::Index>(length);
  if (forward)
    transform().fwd(to, from, points);
  else
    transform().inv(to, from, points);
}

/// Lines of `length` points `stride` apart; those side by side go together, as they share cache lines.
void alongAxis(bool forward, Complex* values, std::size_t length, std::size_t stride) {
  constexpr std::size_t kTogether = 8;
  std::vector<Complex> lines(kTogether * length), transformed(length);
  for (std::size_t first = 0; first < stride; first += kTogether) {
    const std::size_t count = std::min(kTogether, stride - first);
    for (std::size_t point = 0; point < length; ++point)
      for (std::size_t line = 0; line < count; ++line)
        lines[line * length + point] = values[point * stride + first + line];
    for (std::size_t line = 0; line < count; ++line) {
      transformLine(forward, transformed.data(), &lines[line * length], length);
      std::copy(transformed.begin(), transformed.end(), &lines[line * length]);
    }
    for (std::size_t point = 0; point < length; ++point)
      for (std::size_t line = 0; line < count; ++line)
        values[point * stride + first + line] = lines[line * length + point];
  }
}

/// The rows of some slices.
void alongColumns(bool forward, const FourierVolume& volume, FourierVolume::Values& values,
                  const FourierVolume::Size& part) {
  for (std::size_t slice = 0; slice < part[0]; ++slice)
    for (std::size_t row = 0; row < part[1]; ++row)
      alongAxis(forward, &values[volume.index(slice, row, 0)], volume.size()[2], 1);
}

void alongRows(bool forward, const FourierVolume& volume, FourierVolume::Values& values, std::size_t slices) {
  for (std::size_t slice = 0; slice < slices; ++slice)
    alongAxis(forward, &values[volume.index(slice, 0, 0)], volume.size()[1], volume.size()[2]);
}

void alongSlices(bool forward, const FourierVolume& volume, FourierVolume::Values& values) {
  alongAxis(forward, values.data(), volume.size()[0], volume.size()[1] * volume.size()[2]);
}

}  // namespace

void FourierVolume::forward(Values& values, const Size& filled) const {
  alongColumns(true, *this, values, filled);
  alongRows(true, *this, values, filled[0]);
  alongSlices(true, *this, values);
}

void FourierVolume::inverse(Values& values, const Size& wanted) const {
  alongSlices(false, *this, values);
  alongRows(false, *this, values, wanted[0]);
  alongColumns(false, *this, values, wanted);
}

}  // namespace remnant::projection

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

void transformAll(bool forward, const std::array<std::size_t, 3>& size, FourierVolume::Values& values) {
  const std::size_t area = size[1] * size[2];
  for (std::size_t row = 0; row < size[0] * size[1]; ++row)
    alongAxis(forward, &values[row * size[2]], size[2], 1);
  for (std::size_t slice = 0; slice < size[0]; ++slice)
    alongAxis(forward, &values[slice * area], size[1], size[2]);
  alongAxis(forward, values.data(), size[0], area);
}

}  // namespace

void FourierVolume::forward(Values& values) const {
  transformAll(true, size_, values);
}

void FourierVolume::inverse(Values& values) const {
  transformAll(false, size_, values);
}

}  // namespace remnant::projection

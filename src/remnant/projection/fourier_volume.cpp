#include "remnant/projection/fourier_volume.h"

#include <algorithm>
#include <map>

#include "remnant/projection/line_transforms.h"

namespace remnant::projection {
namespace {

using Complex = std::complex<float>;
constexpr std::size_t kTogether = LineTransforms::kLines;

const LineTransforms& transformsOf(std::size_t length) {
  thread_local std::map<std::size_t, LineTransforms> known;
  return known.try_emplace(length, length).first->second;
}

/// Points of a line are `stride` apart, lines `lineStep`.
struct Lines {
  std::size_t length, stride, count, lineStep;
};

void transformSome(bool forward, Complex* values, const Lines& lines, std::size_t count,
                   std::vector<LineTransforms::Point>& points) {
  for (std::size_t point = 0; point < lines.length; ++point) {
    // The inverse is the forward transform with real and imaginary parts exchanged.
    float *real = points[point].real, *imaginary = points[point].imaginary;
    if (!forward) std::swap(real, imaginary);
    const Complex* from = values + point * lines.stride;
    for (std::size_t line = 0; line < count; ++line) {
      real[line] = from[line * lines.lineStep].real();
      imaginary[line] = from[line * lines.lineStep].imag();
    }
  }
  transformsOf(lines.length).transform(points);
  const float scale = forward ? 1 : 1 / static_cast<float>(lines.length);
  for (std::size_t point = 0; point < lines.length; ++point) {
    const float *real = points[point].real, *imaginary = points[point].imaginary;
    if (!forward) std::swap(real, imaginary);
    Complex* to = values + point * lines.stride;
    for (std::size_t line = 0; line < count; ++line)
      to[line * lines.lineStep] = {scale * real[line], scale * imaginary[line]};
  }
}

void alongAxis(bool forward, Complex* values, const Lines& lines) {
  std::vector<LineTransforms::Point> points(lines.length);
  for (std::size_t first = 0; first < lines.count; first += kTogether)
    transformSome(forward, values + first * lines.lineStep, lines, std::min(kTogether, lines.count - first),
                  points);
}

/// The rows of some slices.
void alongColumns(bool forward, const FourierVolume& volume, FourierVolume::Values& values,
                  const FourierVolume::Size& part) {
  const std::size_t length = volume.size()[2];
  for (std::size_t slice = 0; slice < part[0]; ++slice)
    alongAxis(forward, &values[volume.index(slice, 0, 0)], {length, 1, part[1], length});
}

void alongRows(bool forward, const FourierVolume& volume, FourierVolume::Values& values, std::size_t slices) {
  for (std::size_t slice = 0; slice < slices; ++slice)
    alongAxis(forward, &values[volume.index(slice, 0, 0)],
              {volume.size()[1], volume.size()[2], volume.size()[2], 1});
}

void alongSlices(bool forward, const FourierVolume& volume, FourierVolume::Values& values) {
  const std::size_t area = volume.size()[1] * volume.size()[2];
  alongAxis(forward, values.data(), {volume.size()[0], area, area, 1});
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

#include "remnant/projection/line_transforms.h"

#include <array>
#include <cmath>
#include <numbers>

#include "remnant/base/error.h"

namespace remnant::projection {
namespace {

using Point = LineTransforms::Point;
constexpr std::size_t kLines = LineTransforms::kLines;

/// to = (real + i imaginary) from
inline void rotate(const Point& __restrict from, float real, float imaginary, Point& __restrict to) {
  for (std::size_t line = 0; line < kLines; ++line) {
    to.real[line] = real * from.real[line] - imaginary * from.imaginary[line];
    to.imaginary[line] = real * from.imaginary[line] + imaginary * from.real[line];
  }
}

/// to[k] = Sum_j from[j] e^{-2 pi i j k / 4}; the points are `step` apart.
inline void butterfly4(const Point* __restrict from, std::size_t step, Point* __restrict to) {
  const Point &a = from[0], &b = from[step], &c = from[2 * step], &d = from[3 * step];
  for (std::size_t line = 0; line < kLines; ++line) {
    const float evenReal = a.real[line] + c.real[line], evenImaginary = a.imaginary[line] + c.imaginary[line];
    const float apartReal = a.real[line] - c.real[line],
                apartImaginary = a.imaginary[line] - c.imaginary[line];
    const float oddReal = b.real[line] + d.real[line], oddImaginary = b.imaginary[line] + d.imaginary[line];
    const float turnedReal = b.imaginary[line] - d.imaginary[line],
                turnedImaginary = d.real[line] - b.real[line];
    to[0].real[line] = evenReal + oddReal;
    to[0].imaginary[line] = evenImaginary + oddImaginary;
    to[1].real[line] = apartReal + turnedReal;
    to[1].imaginary[line] = apartImaginary + turnedImaginary;
    to[2].real[line] = evenReal - oddReal;
    to[2].imaginary[line] = evenImaginary - oddImaginary;
    to[3].real[line] = apartReal - turnedReal;
    to[3].imaginary[line] = apartImaginary - turnedImaginary;
  }
}

/// The same for any small number of points; cosines of 2 pi k / kRadix, then sines.
template <std::size_t kRadix>
inline void butterfly(const Point* __restrict from, std::size_t step, Point* __restrict to) {
  static const std::array<std::array<float, kRadix>, 2> roots = [] {
    std::array<std::array<float, kRadix>, 2> made{};
    for (std::size_t k = 0; k < kRadix; ++k) {
      made[0][k] = static_cast<float>(std::cos(2 * std::numbers::pi * static_cast<double>(k) / kRadix));
      made[1][k] = static_cast<float>(std::sin(2 * std::numbers::pi * static_cast<double>(k) / kRadix));
    }
    return made;
  }();
  for (std::size_t k = 0; k < kRadix; ++k) {
    to[k] = from[0];
    for (std::size_t j = 1; j < kRadix; ++j) {
      const float real = roots[0][j * k % kRadix], imaginary = -roots[1][j * k % kRadix];
      const Point& value = from[j * step];
      for (std::size_t line = 0; line < kLines; ++line) {
        to[k].real[line] += real * value.real[line] - imaginary * value.imaginary[line];
        to[k].imaginary[line] += real * value.imaginary[line] + imaginary * value.real[line];
      }
    }
  }
}

}  // namespace

LineTransforms::LineTransforms(std::size_t length) : length_(length) {
  std::size_t left = length, stride = 1;
  for (const std::size_t radix : {4U, 2U, 3U, 5U})
    while (left > 1 && left % radix == 0) {
      Stage stage{radix, left / radix, stride, {}};
      for (std::size_t index = 0; index < stage.count; ++index)
        for (std::size_t k = 0; k < radix; ++k) {
          const double angle =
              -2 * std::numbers::pi * static_cast<double>(index * k) / static_cast<double>(left);
          stage.twiddles.push_back(
              {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))});
        }
      left = stage.count;
      stride *= radix;
      stages_.push_back(std::move(stage));
    }
  if (left != 1) throw ProgramError("a length of a Fourier transform has other primes than 2, 3 and 5");
}

void LineTransforms::transform(std::vector<Point>& points) const {
  thread_local std::vector<Point> turned;
  turned.resize(length_);
  Point made[5];
  for (const Stage& stage : stages_) {
    const std::size_t step = stage.stride * stage.count;
    for (std::size_t index = 0; index < stage.count; ++index) {
      const Rotation* twiddles = &stage.twiddles[index * stage.radix];
      for (std::size_t offset = 0; offset < stage.stride; ++offset) {
        const Point* from = &points[offset + stage.stride * index];
        if (stage.radix == 4) butterfly4(from, step, made);
        if (stage.radix == 2) butterfly<2>(from, step, made);
        if (stage.radix == 3) butterfly<3>(from, step, made);
        if (stage.radix == 5) butterfly<5>(from, step, made);
        Point* to = &turned[offset + stage.stride * stage.radix * index];
        to[0] = made[0];
        for (std::size_t k = 1; k < stage.radix; ++k)
          rotate(made[k], twiddles[k].real, twiddles[k].imaginary, to[k * stage.stride]);
      }
    }
    points.swap(turned);
  }
}

}  // namespace remnant::projection

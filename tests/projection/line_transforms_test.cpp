#include "remnant/projection/line_transforms.h"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>

#include "remnant/base/error.h"

namespace remnant::projection {
namespace {

double valueAt(std::size_t point, std::size_t line, double part) {
  return std::sin(0.7 * static_cast<double>(point) + 1.9 * static_cast<double>(line) + part);
}

/// By the definition, Sum_j x_j e^{-2 pi i j k / n}.
std::complex<double> transformedAt(std::size_t frequency, std::size_t length, std::size_t line) {
  std::complex<double> sum;
  for (std::size_t point = 0; point < length; ++point)
    sum += std::complex<double>(valueAt(point, line, 0), valueAt(point, line, 1)) *
           std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(point * frequency % length) /
                               static_cast<double>(length));
  return sum;
}

// Every radix alone and together.
TEST(LineTransforms, IsTheTransformOfEachLine) {
  for (const std::size_t length : {1U, 2U, 3U, 4U, 5U, 8U, 9U, 25U, 60U, 96U}) {
    std::vector<LineTransforms::Point> points(length);
    for (std::size_t point = 0; point < length; ++point)
      for (std::size_t line = 0; line < LineTransforms::kLines; ++line) {
        points[point].real[line] = static_cast<float>(valueAt(point, line, 0));
        points[point].imaginary[line] = static_cast<float>(valueAt(point, line, 1));
      }
    LineTransforms(length).transform(points);
    for (std::size_t frequency = 0; frequency < length; ++frequency)
      for (const std::size_t line : {std::size_t{0}, LineTransforms::kLines - 1}) {
        const std::complex<double> expected = transformedAt(frequency, length, line);
        ASSERT_NEAR(points[frequency].real[line], expected.real(), 2e-5 * static_cast<double>(length));
        ASSERT_NEAR(points[frequency].imaginary[line], expected.imag(), 2e-5 * static_cast<double>(length));
      }
  }
}

TEST(LineTransforms, OtherPrimesAreAFaultOfOurs) {
  EXPECT_THROW(LineTransforms(14), ProgramError);
}

}  // namespace
}  // namespace remnant::projection

#include "remnant/projection/fourier_volume.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace remnant::projection {
namespace {

FourierVolume::Values someValues(const FourierVolume& fourier) {
  FourierVolume::Values values(fourier.count());
  for (std::size_t index = 0; index < values.size(); ++index)
    values[index] = {static_cast<float>(std::sin(0.7 * static_cast<double>(index))),
                     static_cast<float>(std::cos(1.3 * static_cast<double>(index)))};
  return values;
}

TEST(FourierVolume, InverseUndoesForward) {
  const FourierVolume fourier({4, 12, 20});
  const FourierVolume::Values before = someValues(fourier);
  FourierVolume::Values after = before;
  fourier.forward(after);
  fourier.inverse(after);
  for (std::size_t index = 0; index < before.size(); ++index)
    EXPECT_LT(std::abs(after[index] - before[index]), 1e-5) << index;
}

// The transform of a single point is a plane wave.
TEST(FourierVolume, PointBecomesAPlaneWave) {
  const FourierVolume fourier({4, 8, 12});
  FourierVolume::Values values(fourier.count());
  values[fourier.index(1, 3, 5)] = 1;
  fourier.forward(values);
  for (const auto& [slice, row, column] : {std::array<std::size_t, 3>{0, 0, 0}, {3, 2, 7}, {1, 7, 11}}) {
    const double phase = -2 * std::numbers::pi *
                         (1 * static_cast<double>(slice) / 4 + 3 * static_cast<double>(row) / 8 +
                          5 * static_cast<double>(column) / 12);
    const std::complex<float> expected(static_cast<float>(std::cos(phase)),
                                       static_cast<float>(std::sin(phase)));
    EXPECT_LT(std::abs(values[fourier.index(slice, row, column)] - expected), 1e-5);
  }
}

// A convolution of a box of 3 x 5 x 8 values, with the lines of zeros left out, is that of all lines.
TEST(FourierVolume, PartOfTheLinesIsEnoughForABox) {
  const FourierVolume fourier({8, 12, 16});
  const FourierVolume::Size box{3, 5, 8};
  const FourierVolume::Values all = someValues(fourier);
  FourierVolume::Values boxed(fourier.count());
  for (std::size_t slice = 0; slice < box[0]; ++slice)
    for (std::size_t row = 0; row < box[1]; ++row)
      for (std::size_t column = 0; column < box[2]; ++column)
        boxed[fourier.index(slice, row, column)] = all[fourier.index(slice, row, column)];
  FourierVolume::Values whole = boxed, part = boxed;
  fourier.forward(whole);
  fourier.forward(part, box);
  for (std::size_t index = 0; index < whole.size(); ++index) {
    ASSERT_LT(std::abs(part[index] - whole[index]), 1e-5) << index;
    whole[index] *= all[index];
    part[index] *= all[index];
  }
  fourier.inverse(whole);
  fourier.inverse(part, box);
  for (std::size_t slice = 0; slice < box[0]; ++slice)
    for (std::size_t row = 0; row < box[1]; ++row)
      for (std::size_t column = 0; column < box[2]; ++column) {
        const std::size_t index = fourier.index(slice, row, column);
        EXPECT_LT(std::abs(part[index] - whole[index]), 1e-5) << index;
      }
}

}  // namespace
}  // namespace remnant::projection

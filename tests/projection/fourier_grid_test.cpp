#include "remnant/projection/fourier_grid.h"

#include <gtest/gtest.h>

namespace remnant::projection {
namespace {

TEST(FourierGrid, GoodSizesAreMultiplesOfFourWithSmallPrimes) {
  EXPECT_EQ(FourierGrid::goodSize(1), 4U);
  EXPECT_EQ(FourierGrid::goodSize(40), 40U);
  EXPECT_EQ(FourierGrid::goodSize(41), 48U);  // 44 = 4 x 11
  EXPECT_EQ(FourierGrid::goodSize(73), 80U);  // 76 = 4 x 19
}

TEST(FourierGrid, InverseUndoesForward) {
  const FourierGrid grid(12, 20);
  std::vector<float> values(240);
  for (std::size_t index = 0; index < values.size(); ++index)
    values[index] = static_cast<float>(index * 37 % 101);
  const auto back = grid.inverse(grid.forward(values));
  for (std::size_t index = 0; index < values.size(); ++index) EXPECT_NEAR(back[index], values[index], 1e-4);
}

TEST(FourierGrid, ConvolvesCyclically) {
  const FourierGrid grid(8, 12);
  std::vector<float> point(96, 0.0F), kernel(96, 0.0F);
  point[2 * 12 + 11] = 2;
  kernel[1 * 12 + 3] = 5;
  Spectrum product = grid.forward(point);
  const Spectrum other = grid.forward(kernel);
  for (std::size_t index = 0; index < product.size(); ++index) product[index] *= other[index];
  const auto values = grid.inverse(product);
  for (std::size_t index = 0; index < 96; ++index)
    EXPECT_NEAR(values[index], index == 3 * 12 + 2 ? 10 : 0, 1e-5) << index;
}

}  // namespace
}  // namespace remnant::projection

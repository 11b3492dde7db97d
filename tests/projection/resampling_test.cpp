#include "remnant/projection/resampling.h"

#include <gtest/gtest.h>

#include <cmath>

#include "projection/scenes.h"

namespace remnant::projection {
namespace {

/// A lattice of 2 mm whose cell (0, 0) begins at u = 0, z = 0.
SeenPlanes lattice() {
  SeenPlanes planes;
  planes.voxelMm = 2;
  return planes;
}

TEST(Resampling, CellsUnderAPictureIncludeThoseItCutsAndTwoAround) {
  // u from -3 to 5, z from 1 to 9.
  EXPECT_EQ(cellsUnder({4, 4, 2, 1, 1}, lattice()), (Region{-2, -4, 7, 5}));
}

TEST(Resampling, PixelsHoldTheIntegralOfAParabola) {
  // Cells of 2 mm with samples of 1 + u^2, times their area.
  Plane plane(Region{0, 0, 20, 20});
  const auto density = [](double u) { return 1 + u * u; };
  for (std::ptrdiff_t row = 0; row < 20; ++row)
    for (std::size_t column = 0; column < 20; ++column)
      plane.row(row)[column] = static_cast<float>(4 * density(2 * static_cast<double>(column) + 1));
  for (const double pixel : {1.1, 2.0, 2.7, 4.0}) {
    const Picture picture{6, 6, pixel, 16.3, 13};
    const image::Image image = resampled(plane, lattice(), picture);
    for (std::size_t column = 0; column < 6; ++column) {
      const double from = 16.3 + (static_cast<double>(column) - 3) * pixel, to = from + pixel;
      const double integral = pixel * (to - from + (to * to * to - from * from * from) / 3);
      EXPECT_NEAR(image.at(2, column) / integral, 1, 1e-5) << pixel;
    }
  }
}

TEST(Resampling, WidthDoesNotDependOnWherePixelsHaveTheirEdges) {
  // A Gaussian sampled in cells of 2 mm; pixels add a twelfth of their squared width.
  constexpr double kSigma = 3;
  Plane plane(Region{0, 0, 40, 40});
  for (std::ptrdiff_t row = 0; row < 40; ++row)
    for (std::size_t column = 0; column < 40; ++column) {
      const double u = 2 * static_cast<double>(column) + 1 - 40.7,
                   z = 2 * static_cast<double>(row) + 1 - 39.5;
      plane.row(row)[column] = static_cast<float>(std::exp(-(u * u + z * z) / (2 * kSigma * kSigma)));
    }
  for (const double pixel : {2.0, 2.4, 4.0, 4.4})
    for (const double shift : {0.0, 0.5, 1.0}) {
      const auto count = static_cast<std::size_t>(80 / pixel);
      const Moments moments(resampled(plane, lattice(), {count, count, pixel, 40 + shift, 0}));
      EXPECT_NEAR(moments.columnVariance * pixel * pixel, kSigma * kSigma + pixel * pixel / 12, 0.05)
          << pixel << ' ' << shift;
    }
}

TEST(Resampling, APictureLargerThanThePlaneKeepsItsSum) {
  Plane plane(Region{-3, 2, 11, 17});
  std::fill(plane.values().begin(), plane.values().end(), 1.0F);
  const image::Image image = resampled(plane, lattice(), {40, 40, 3.3, 7, -40});
  EXPECT_NEAR(sumOf(image), 14 * 15, 1e-3);
}

}  // namespace
}  // namespace remnant::projection

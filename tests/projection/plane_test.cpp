#include "remnant/projection/plane.h"

#include <gtest/gtest.h>

namespace remnant::projection {
namespace {

TEST(Plane, RegionsGrowOverlapAndCoarsenAcrossZero) {
  const Region region{-3, 1, 5, 9};
  EXPECT_EQ(region.coarsened(4), (Region{-1, 0, 2, 3}));
  EXPECT_EQ(region.grown(2), (Region{-5, -1, 7, 11}));
  EXPECT_EQ(overlapOf(region, {0, 0, 20, 4}), (Region{0, 1, 5, 4}));
  EXPECT_TRUE(overlapOf(region, {6, 0, 20, 4}).empty());
}

TEST(Plane, AddsOnlyWhereBothAre) {
  Plane source(Region{0, 0, 2, 3}), target(Region{1, 1, 3, 5});
  std::fill(source.values().begin(), source.values().end(), 2.0F);
  addScaled(source, 3, target);
  for (std::ptrdiff_t row = 1; row < 3; ++row)
    for (std::ptrdiff_t column = 1; column < 5; ++column)
      EXPECT_EQ(target.row(row)[column - 1], row == 1 && column < 3 ? 6.0F : 0.0F) << row << ' ' << column;
}

struct Moments {
  explicit Moments(const Plane& plane) {
    const Region& region = plane.region();
    for (std::ptrdiff_t row = region.top; row < region.bottom; ++row)
      for (std::ptrdiff_t column = region.left; column < region.right; ++column) {
        const double value = plane.row(row)[column - region.left];
        const auto x = static_cast<double>(column), y = static_cast<double>(row);
        sum += value;
        columnMean += value * x;
        rowMean += value * y;
        columnVariance += value * x * x;
      }
    columnMean /= sum;
    rowMean /= sum;
    columnVariance = columnVariance / sum - columnMean * columnMean;
  }
  double sum = 0, rowMean = 0, columnMean = 0, columnVariance = 0;
};

TEST(Plane, CoarseningAndRefiningKeepSumAndCentroidOfAPoint) {
  for (const std::ptrdiff_t factor : {2, 4}) {
    double variance = 0;
    for (std::ptrdiff_t place = -factor; place < 0; ++place) {
      Plane point(Region{-10, -10, 10, 10}), back(Region{-30, -30, 30, 30});
      point.row(3)[place + 10] = 5;
      addRefined(factor == 2 ? halved(point) : halved(halved(point)), factor, back);
      const Moments moments(back);
      EXPECT_NEAR(moments.sum, 5, 1e-5);
      EXPECT_NEAR(moments.columnMean, static_cast<double>(place), 1e-5);
      EXPECT_NEAR(moments.rowMean, 3, 1e-5);
      variance += moments.columnVariance / static_cast<double>(factor);
    }
    const auto cell = static_cast<double>(factor);
    EXPECT_NEAR(variance, varianceOfCoarseness(factor) * cell * cell, 1e-4) << factor;
  }
}

TEST(Plane, RefiningAUniformPlaneSharesItOut) {
  Plane coarse(Region{0, 0, 4, 4}), fine(Region{4, 4, 12, 12});
  std::fill(coarse.values().begin(), coarse.values().end(), 16.0F);
  addRefined(coarse, 4, fine);
  for (const float value : fine.values()) EXPECT_NEAR(value, 1, 1e-6);
}

}  // namespace
}  // namespace remnant::projection

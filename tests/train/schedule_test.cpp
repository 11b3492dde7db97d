#include "remnant/train/schedule.h"

#include <gtest/gtest.h>

#include <cmath>

namespace remnant::train {
namespace {

TEST(Schedule, RisesStraightThenFallsAlongHalfACosine) {
  EXPECT_DOUBLE_EQ(learningRateAt(0.4, 0, 12, 4), 0.1);
  EXPECT_DOUBLE_EQ(learningRateAt(0.4, 3, 12, 4), 0.4);
  EXPECT_DOUBLE_EQ(learningRateAt(0.4, 4, 12, 4), 0.4);
  EXPECT_NEAR(learningRateAt(0.4, 8, 12, 4), 0.2, 1e-15);
  EXPECT_NEAR(learningRateAt(0.4, 6, 12, 4), 0.2 * (1 + std::sqrt(0.5)), 1e-15);
  EXPECT_GT(learningRateAt(0.4, 11, 12, 4), 0);
}

TEST(Schedule, StartsAtThePeakWithoutWarmUp) {
  EXPECT_DOUBLE_EQ(learningRateAt(0.4, 0, 12, 0), 0.4);
}

}  // namespace
}  // namespace remnant::train

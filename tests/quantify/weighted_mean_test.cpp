#include "remnant/quantify/weighted_mean.h"

#include <gtest/gtest.h>

#include <cmath>

#include "remnant/base/error.h"
#include "remnant/base/random.h"

namespace remnant::quantify {
namespace {

TEST(WeightedMean, OfOneIsItself) {
  const WeightedMean mean = weightedMean({{5, 0.3, 0.4, {1.2}}});
  EXPECT_EQ(mean.value, 5);
  EXPECT_NEAR(mean.statistical, 0.3, 1e-12);
  EXPECT_NEAR(mean.systematic, std::hypot(0.4, 1.2), 1e-12);
  EXPECT_EQ(mean.degrees, 0);
}

/// Weights 1 / 1 and 1 / 4.
TEST(WeightedMean, IsByVariancesAndChiSquaredByDistance) {
  const WeightedMean mean = weightedMean({{10, 1, 0, {}}, {11, 2, 0, {}}});
  EXPECT_NEAR(mean.value, 10.2, 1e-12);
  EXPECT_NEAR(mean.statistical, std::sqrt(1 / 1.25), 1e-12);
  EXPECT_NEAR(mean.systematic, 0, 1e-12);
  EXPECT_NEAR(mean.chiSquared, 1 / 5.0, 1e-12);  // 1^2 / (1 + 4)
}

TEST(WeightedMean, KeepsWhatIsCommon) {
  const WeightedMean mean = weightedMean({{10, 1, 0, {3}}, {11, 1, 0, {3}}});
  EXPECT_NEAR(mean.value, 10.5, 1e-12);
  EXPECT_NEAR(mean.systematic, 3, 1e-12);
  EXPECT_NEAR(mean.chiSquared, 0.5, 1e-9) << "the common part does not excuse a difference";
}

/// What moves one alone does: difference 5, variances 1 + 1 + 7^2.
TEST(WeightedMean, ExcusesADifferenceByWhatMovesOneMoreThanAnother) {
  EXPECT_NEAR(weightedMean({{10, 1, 0, {7}}, {15, 1, 0, {0}}}).chiSquared, 25 / 51.0, 1e-9);
  EXPECT_NEAR(weightedMean({{10, 1, 0, {7}}, {15, 1, 0, {0}}}).value, 10 + 5 * 50 / 51.0, 1e-9);
}

/// Ten standard deviations apart: chi squared 50, 49 more than due, of a variance of 1/2.
TEST(WeightedMean, IsWidenedWhereMeasurementsDisagree) {
  const WeightedMean mean = weightedMean({{0, 1, 0, {}}, {10, 1, 0, {}}});
  EXPECT_NEAR(mean.chiSquared, 50, 1e-9);
  EXPECT_NEAR(mean.systematic, std::sqrt(49 / 2.0), 1e-9);
  EXPECT_LT(mean.probability, 1e-10);
}

TEST(WeightedMean, ChiSquaredIsDistributedAsSuch) {
  constexpr int kTrials = 4000;
  RandomStream random(3, 1);
  double sum = 0;
  int below = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    const double shared = random.normal(0, 1);
    const WeightedMean mean = weightedMean({{random.normal(2 * shared, 1), 1, 0, {2}},
                                            {random.normal(1 * shared, 0.5), 0.3, 0.4, {1}},
                                            {random.normal(-1 * shared, 2), 0, 2, {-1}}});
    sum += mean.chiSquared;
    below += mean.probability < 0.05;
  }
  EXPECT_NEAR(sum / kTrials, 2, 4 * 2 / std::sqrt(kTrials));  // variance of chi squared: 2 degrees
  EXPECT_NEAR(below, 0.05 * kTrials, 4 * std::sqrt(0.05 * 0.95 * kTrials));
}

/// Abramowitz and Stegun, table 26.8: the upper 5 % points.
TEST(ChiSquaredAbove, AsTabulated) {
  EXPECT_NEAR(chiSquaredAbove(3.84146, 1), 0.05, 1e-6);
  EXPECT_NEAR(chiSquaredAbove(5.99146, 2), 0.05, 1e-6);
  EXPECT_NEAR(chiSquaredAbove(7.81473, 3), 0.05, 1e-6);
  EXPECT_NEAR(chiSquaredAbove(9.48773, 4), 0.05, 1e-6);
  EXPECT_NEAR(chiSquaredAbove(18.3070, 10), 0.05, 1e-6);
  EXPECT_EQ(chiSquaredAbove(0, 3), 1);
}

TEST(WeightedMean, NeedsMeasurementsWithUncertainty) {
  EXPECT_THROW(weightedMean({}), ProgramError);
  EXPECT_THROW(weightedMean({{1, 0, 0, {1}}}), ProgramError);
}

}  // namespace
}  // namespace remnant::quantify

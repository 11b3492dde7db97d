#include "remnant/quantify/change.h"

#include <cmath>

#include <gtest/gtest.h>

#include "remnant/base/error.h"
#include "remnant/base/random.h"

namespace remnant::quantify {
namespace {

Estimate symmetric(double value, double statistical, double systematic) {
  const double reach = 1.959964 * std::hypot(statistical, systematic);
  return {value, statistical, systematic, value - reach, value + reach, "m", {"map"}};
}

TEST(DifferenceOf, AddsVariancesAndLeavesOutWhatIsCommon) {
  const Estimate change = differenceOf(symmetric(12, 0.6, 0.8), symmetric(20, 0.3, 1.0), 0.5);
  EXPECT_DOUBLE_EQ(change.value, -8);
  EXPECT_DOUBLE_EQ(change.statistical, std::hypot(0.6, 0.3));
  EXPECT_DOUBLE_EQ(change.systematic, std::sqrt(0.64 + 1 - 0.5));
  EXPECT_NEAR(change.upper - change.value, 1.959964 * change.standardUncertainty(), 1e-9);
  EXPECT_NEAR(change.value - change.lower, 1.959964 * change.standardUncertainty(), 1e-9);
  EXPECT_EQ(change.method, "m");
  EXPECT_EQ(change.inputs, std::vector<std::string>{"map"});
}

TEST(DifferenceOf, NoMoreIsCommonThanTheSmallerSystematicPart) {
  const Estimate change = differenceOf(symmetric(12, 0.6, 0.8), symmetric(20, 0.3, 0.8), 5);
  EXPECT_NEAR(change.systematic, 0, 1e-12);
  EXPECT_NEAR(change.upper - change.value, 1.959964 * std::hypot(0.6, 0.3), 1e-9);
}

TEST(RatioOf, TakesAsymmetricBoundsCrosswise) {
  // Far more certain before than after: the ratio's interval is the later one's, scaled.
  const Estimate after{2, 0.4, 0, 1.4, 3.1, "m", {}}, before{4, 1e-6, 0, 4 - 2e-6, 4 + 2e-6, "m", {}};
  const Estimate change = ratioOf(after, before);
  EXPECT_DOUBLE_EQ(change.value, 0.5);
  EXPECT_NEAR(change.lower, 0.35, 1e-5);
  EXPECT_NEAR(change.upper, 0.775, 1e-5);
  EXPECT_NEAR(change.statistical, 0.1, 1e-6);
  EXPECT_EQ(ratioOf({2, 1, 0, 0, 4, "m", {}}, before).lower, 0) << "an activity that may be none";
  EXPECT_THROW(ratioOf({0, 1, 0, 0, 4, "m", {}}, before), ProgramError);
}

TEST(RatioOf, HoldsTheTruthWhereTheCalibrationIsCommon) {
  constexpr int kTrials = 4000;
  int held = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    RandomStream random(23, static_cast<std::uint32_t>(trial));
    const double gain = std::exp(random.normal(0, 0.05));
    const auto measured = [&](double truth) {
      const double value = truth * gain * std::exp(random.normal(0, 0.03));
      const double reach = std::exp(1.959964 * std::hypot(0.03, 0.05));
      return Estimate{value, 0.03 * value, 0.05 * value, value / reach, value * reach, "m", {}};
    };
    const Estimate before = measured(3), after = measured(1);
    const Estimate change = ratioOf(after, before, 0.05);
    held += change.lower <= 1.0 / 3 && 1.0 / 3 <= change.upper;
  }
  EXPECT_NEAR(static_cast<double>(held) / kTrials, 0.95, 4 * std::sqrt(0.95 * 0.05 / kTrials));
}

}  // namespace
}  // namespace remnant::quantify

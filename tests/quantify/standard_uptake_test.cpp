#include "remnant/quantify/standard_uptake.h"

#include <cmath>

#include <gtest/gtest.h>

#include "remnant/base/error.h"
#include "remnant/base/random.h"
#include "support/refusal_code.h"

namespace remnant::quantify {
namespace {

const physics::Nuclide& iodine() {
  return physics::nuclideNamed("I-131");
}

TEST(StandardRate, IsTheFullSyringeLessTheEmptyOne) {
  StandardCountings standard{{60000, 60}, {1200, 120}, {90, 30}, 0, 0};
  const Corrected rate = standardRate(standard, iodine());
  // Full 1000 a second, empty 10; the background of 3 is in both.
  EXPECT_DOUBLE_EQ(rate.value, 990);
  EXPECT_DOUBLE_EQ(rate.variance, 60000. / 3600 + 1200. / 14400);
  standard.empty = {};
  EXPECT_DOUBLE_EQ(standardRate(standard, iodine()).value, 997);
}

TEST(StandardRate, DecaysBothToTheReferenceTime) {
  // Filled a half-life before the reference, counted empty a half-life after it.
  const double half = iodine().halfLifeHours;
  const StandardCountings standard{{2000, 1}, {10, 1}, {}, half, -half};
  EXPECT_NEAR(standardRate(standard, iodine()).value, 1000 - 20, 1e-9);
}

TEST(StandardRate, RefusesAStandardThatIsNone) {
  EXPECT_EQ(testing::refusalCodeOf([] { standardRate({}, iodine()); }), "bad-standard");
  EXPECT_EQ(testing::refusalCodeOf([] { standardRate({{10, -1}, {}, {}, 0, 0}, iodine()); }), "bad-standard");
  EXPECT_EQ(testing::refusalCodeOf([] {
              standardRate({{10, 1}, {10, 1}, {}, 0, 0}, iodine());
            }),
            "bad-standard");
}

TEST(Sensitivity, IsTheRateOverTheActivity) {
  const Estimate sensitivity = sensitivityFromStandard({1000, 100}, 20, 0.03);
  EXPECT_DOUBLE_EQ(sensitivity.value, 50);
  EXPECT_DOUBLE_EQ(sensitivity.statistical, 0.5);
  EXPECT_DOUBLE_EQ(sensitivity.systematic, 1.5);
}

TEST(Uptake, IsTheShareOfTheStandardDecayedToTheNecksTime) {
  const double half = iodine().halfLifeHours;
  // After a half-life 5 a second, half as many through the tissue: 20 at the reference, of 1000.
  const Estimate uptake = uptakeFromStandard({5, 0.01}, {1000, 1}, iodine(), half, 0.5, 0.04);
  EXPECT_NEAR(uptake.value, 2, 1e-12);
  EXPECT_NEAR(uptake.systematic, 0.08, 1e-12);
  EXPECT_NEAR(uptake.statistical, 2 * std::sqrt(0.01 / 25 + 1e-6), 1e-12);
  EXPECT_NEAR((uptake.upper - uptake.lower) / (3.92 * uptake.standardUncertainty()), 1, 0.02);
}

TEST(Uptake, IntervalsHoldTheTruthAtFewCountsOfBoth) {
  constexpr int kTrials = 4000;
  int held = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    RandomStream random(31, static_cast<std::uint32_t>(trial));
    const double neck = random.poisson(100), standard = random.poisson(150);
    const Estimate uptake = uptakeFromStandard({neck, neck}, {standard, standard}, iodine(), 0, 1, 0);
    const double truth = 100.0 * 100 / 150;
    held += uptake.lower <= truth && truth <= uptake.upper;
  }
  EXPECT_NEAR(static_cast<double>(held) / kTrials, 0.95, 0.02);
}

}  // namespace
}  // namespace remnant::quantify

#include "remnant/physics/dead_time.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/refusal_code.h"

namespace remnant::physics {
namespace {

/// Section 9, test 10.
TEST(DeadTime, MaximumIsReachedAtOneOverTau) {
  const double tau = 2e-6;
  double most = 0;
  for (double rate = 0; rate < 2e6; rate += 100) most = std::max(most, observedRate(rate, tau));
  EXPECT_NEAR(most * std::exp(1) * tau, 1, 1e-6);
}

TEST(DeadTime, InversionReturnsTheTrueRate) {
  for (const double tau : {5e-7, 1e-6, 5e-6})
    for (const double occupation : {1e-9, 1e-6, 1e-3, 0.1, 0.5, 0.9, 0.99}) {
      const double rate = occupation / tau;
      EXPECT_NEAR(trueRate(observedRate(rate, tau), tau) / rate, 1, 1e-6) << occupation;
    }
}

TEST(DeadTime, OfTwoRatesTheLowerIsTaken) {
  // 3 exp(-3) = 0.149: the lower root lies below 1.
  EXPECT_LT(trueRate(observedRate(3e6, 1e-6), 1e-6), 1e6);
}

TEST(DeadTime, NoneChangesNothing) {
  EXPECT_EQ(trueRate(12345, 0), 12345);
  EXPECT_EQ(observedRate(12345, 0), 12345);
  EXPECT_EQ(trueRate(0, 1e-6), 0);
}

TEST(DeadTime, RatesBeyondTheMaximumAreRefused) {
  EXPECT_EQ(testing::refusalCodeOf([] { trueRate(0.3679e6, 1e-6); }), "dead-time-saturated");
  EXPECT_NEAR(trueRate(std::exp(-1) * 1e6, 1e-6), 1e6, 10);
}

}  // namespace
}  // namespace remnant::physics

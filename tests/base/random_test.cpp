#include "remnant/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace remnant {
namespace {

// The known-answer vectors of the authors' Random123 library (kat_vectors, philox4x32 10).
TEST(Philox4x32, MatchesTheKnownAnswers) {
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}),
            (PhiloxCounter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox4x32({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}),
            (PhiloxCounter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (PhiloxCounter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

struct Moments {
  double mean = 0;
  double variance = 0;
};

template <class Draw>
Moments momentsOf(int draws, Draw draw) {
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < draws; ++i) {
    const double value = draw();
    sum += value;
    squares += value * value;
  }
  const double mean = sum / draws;
  return {mean, squares / draws - mean * mean};
}

constexpr int kDraws = 200000;

// A Poisson variable has mean = variance = m; the standard errors are sqrt(m/n) and sqrt((m + 2 m^2)/n).
TEST(RandomStream, PoissonHasEqualMeanAndVariance) {
  for (const double mean : {0.01, 0.5, 5.0, 9.99, 10.01, 50.0, 1e4}) {
    RandomStream random(7, static_cast<std::uint32_t>(mean * 100));
    const Moments moments = momentsOf(kDraws, [&] { return static_cast<double>(random.poisson(mean)); });
    EXPECT_NEAR(moments.mean, mean, 4 * std::sqrt(mean / kDraws)) << mean;
    EXPECT_NEAR(moments.variance, mean, 4 * std::sqrt((mean + 2 * mean * mean) / kDraws)) << mean;
  }
}

// Chi-square of the observed counts of 0..30 against the Poisson probabilities; the 0.999 quantile for 30
// degrees is 59.7.
TEST(RandomStream, PoissonFollowsItsDistributionOnBothSidesOfTheSwitch) {
  for (const double mean : {6.0, 12.0}) {
    RandomStream random(11, static_cast<std::uint32_t>(mean));
    std::vector<int> observed(31, 0);
    for (int i = 0; i < kDraws; ++i) ++observed[std::min<std::uint32_t>(random.poisson(mean), 30)];
    double chiSquare = 0;
    double rest = 1;
    for (int k = 0; k <= 30; ++k) {
      const double probability = k == 30 ? rest : std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
      rest -= probability;
      const double expected = probability * kDraws;
      if (expected > 5) chiSquare += (observed[k] - expected) * (observed[k] - expected) / expected;
    }
    EXPECT_LT(chiSquare, 59.7) << mean;
  }
}

TEST(RandomStream, UniformAndNormalHaveTheirMoments) {
  RandomStream random(3, 1);
  const Moments uniform = momentsOf(kDraws, [&] { return random.uniform(); });
  EXPECT_NEAR(uniform.mean, 0.5, 4 * std::sqrt(1.0 / 12 / kDraws));
  EXPECT_NEAR(uniform.variance, 1.0 / 12, 0.001);
  const Moments normal = momentsOf(kDraws, [&] { return random.normal(2, 3); });
  EXPECT_NEAR(normal.mean, 2, 4 * 3 / std::sqrt(kDraws));
  EXPECT_NEAR(normal.variance, 9, 4 * 9 * std::sqrt(2.0 / kDraws));
}

// Gamma(k, s) has mean k s and variance k s^2.
TEST(RandomStream, GammaHasItsMomentsBelowAndAboveShapeOne) {
  for (const double shape : {0.5, 4.0}) {
    RandomStream random(5, static_cast<std::uint32_t>(shape * 10));
    const Moments moments = momentsOf(kDraws, [&] { return random.gamma(shape, 2); });
    EXPECT_NEAR(moments.mean, 2 * shape, 0.02 * 2 * shape) << shape;
    EXPECT_NEAR(moments.variance, 4 * shape, 0.05 * 4 * shape) << shape;
  }
}

TEST(RandomStream, BelowIsUniformAndInRange) {
  RandomStream random(9, 2);
  std::vector<int> observed(7, 0);
  for (int i = 0; i < 70000; ++i) ++observed.at(random.below(7));
  for (const int count : observed) EXPECT_NEAR(count, 10000, 4 * std::sqrt(10000.0 * 6 / 7));
}

TEST(RandomStream, NeighbouringPlacesAreUncorrelatedAndTheSamePlaceRepeats) {
  double product = 0;
  for (std::uint32_t place = 0; place < 100000; ++place) {
    RandomStream here(1, place);
    RandomStream next(1, place + 1);
    product += (here.uniform() - 0.5) * (next.uniform() - 0.5);
  }
  EXPECT_NEAR(product / 100000 * 12, 0, 4 / std::sqrt(100000.0));
  EXPECT_EQ(RandomStream(1, 2, 3, 4).nextWord(), RandomStream(1, 2, 3, 4).nextWord());
  EXPECT_NE(RandomStream(1, 2, 3, 4).nextWord(), RandomStream(2, 2, 3, 4).nextWord());
}

}  // namespace
}  // namespace remnant

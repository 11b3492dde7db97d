#include "remnant/quantify/neck_shoulder_ratio.h"

#include <gtest/gtest.h>

#include <cmath>

#include "remnant/base/random.h"

namespace remnant::quantify {
namespace {

using image::Box;
using image::Counts;

constexpr Box kThyroid{.x = 0, .y = 0, .width = 4, .height = 5};
constexpr Box kShoulder{.x = 10, .y = 0, .width = 10, .height = 10};

Counts viewOf(double thyroidMean, double shoulderMean, std::uint32_t place = 0) {
  RandomStream random(11, place);
  Counts view(10, 20);
  for (std::size_t row = 0; row < 10; ++row)
    for (std::size_t column = 0; column < 20; ++column)
      view.at(row, column) =
          static_cast<std::int32_t>(random.poisson(column < 10 ? thyroidMean : shoulderMean));
  return view;
}

TEST(NeckShoulderRatio, IsTheRatioOfMeansWhateverTheAreas) {
  Counts view(10, 20, 2);
  for (std::size_t row = 0; row < 5; ++row)
    for (std::size_t column = 0; column < 4; ++column) view.at(row, column) = 7;
  const auto plain = neckShoulderRatio(view, kThyroid, kShoulder, {.continuity = 0});
  EXPECT_DOUBLE_EQ(plain.ratio, 3.5);
  EXPECT_EQ(plain.thyroidCounts, 7 * 20);
  EXPECT_EQ(plain.shoulderCounts, 2 * 100);
  EXPECT_DOUBLE_EQ(plain.logarithm, std::log(3.5));
  const auto sums =
      neckShoulderRatio(view, kThyroid, kShoulder, {.variant = RatioVariant::kSumRatio, .continuity = 0});
  EXPECT_DOUBLE_EQ(sums.ratio, 140.0 / 200.0);
  EXPECT_DOUBLE_EQ(sums.logarithmStandardUncertainty, plain.logarithmStandardUncertainty);
}

TEST(NeckShoulderRatio, StatesThePoissonSpreadThatIsThere) {
  // Many noisy views of one patient: the spread of the logarithm equals the uncertainty each of them states.
  double sum = 0, sumOfSquares = 0, stated = 0;
  constexpr int kViews = 4000;
  for (std::uint32_t place = 0; place < kViews; ++place) {
    const auto result = neckShoulderRatio(viewOf(3, 0.5, place), kThyroid, kShoulder);
    sum += result.logarithm;
    sumOfSquares += result.logarithm * result.logarithm;
    stated += result.logarithmStandardUncertainty;
  }
  const double mean = sum / kViews;
  const double spread = std::sqrt(sumOfSquares / kViews - mean * mean);
  EXPECT_NEAR(mean, std::log(6.0), 4 * spread / std::sqrt(kViews));
  EXPECT_NEAR(stated / kViews, spread, 0.05 * spread);
}

TEST(NeckShoulderRatio, OfNoCountsIsFiniteAndUncertain) {
  const auto result = neckShoulderRatio(Counts(10, 20, 0), kThyroid, kShoulder);
  EXPECT_DOUBLE_EQ(result.ratio, (0.5 / 20) / (0.5 / 100));
  EXPECT_DOUBLE_EQ(result.logarithmStandardUncertainty, 2);
}

void expectRefused(const Counts& view, const Box& thyroid, const RatioConfig& config,
                   const std::string& code) {
  try {
    neckShoulderRatio(view, thyroid, kShoulder, config);
    ADD_FAILURE() << "not refused: " << code;
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), code);
  }
}

TEST(NeckShoulderRatio, RefusesWhatGivesNoRatio) {
  expectRefused(Counts(10, 20, 0), kThyroid, {.continuity = 0}, "no-reference-counts");
  expectRefused(Counts(10, 20, -1), kThyroid, {}, "negative-counts");
  expectRefused(Counts(10, 20, 1), Box{.x = 0, .y = 0, .width = 0, .height = 3}, {}, "empty-region");
  expectRefused(Counts(10, 20, 1), Box{.x = 17, .y = 0, .width = 4, .height = 3}, {}, "empty-region");
}

constexpr Box kBackground{.x = 0, .y = 5, .width = 8, .height = 5};

TEST(BackgroundCorrectedRatio, TakesTheBackgroundOffBoth) {
  Counts view(10, 20, 2);
  for (std::size_t row = 0; row < 5; ++row)
    for (std::size_t column = 0; column < 4; ++column) view.at(row, column) = 9;
  for (std::size_t row = 5; row < 10; ++row)
    for (std::size_t column = 0; column < 8; ++column) view.at(row, column) = 1;
  const auto found = backgroundCorrectedRatio(view, kThyroid, kShoulder, kBackground, {.continuity = 0});
  EXPECT_DOUBLE_EQ(found.ratio, 8);
  EXPECT_THROW(backgroundCorrectedRatio(view, kThyroid, kShoulder, kShoulder), InputError);
}

TEST(BackgroundCorrectedRatio, StatesThePoissonSpreadThatIsThere) {
  // Means 20, 6 and 2 a pixel; first order: variances 20/20, 6/100, 2/40, ratio 4.5.
  const double expected = std::sqrt(1.0 + 4.5 * 4.5 * 0.06 + 3.5 * 3.5 * 0.05) / 4;
  double sum = 0, squares = 0;
  constexpr int kDraws = 4000;
  for (int draw = 0; draw < kDraws; ++draw) {
    RandomStream random(3, static_cast<std::uint32_t>(draw));
    Counts view(10, 20);
    view.at(0, 0) = static_cast<std::int32_t>(random.poisson(20 * 20));
    view.at(0, 12) = static_cast<std::int32_t>(random.poisson(6 * 100));
    view.at(6, 0) = static_cast<std::int32_t>(random.poisson(2 * 40));
    const auto found = backgroundCorrectedRatio(view, kThyroid, kShoulder, kBackground);
    sum += found.ratio;
    squares += found.ratio * found.ratio;
  }
  const double mean = sum / kDraws;
  EXPECT_NEAR(std::sqrt(squares / kDraws - mean * mean) / expected, 1, 0.08);
}

}  // namespace
}  // namespace remnant::quantify

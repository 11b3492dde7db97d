#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "standardise/synthetic_body.h"

namespace remnant::standardise {
namespace {

using image::Counts;

OpposedViews smallViews(std::size_t rows, std::size_t columns) {
  RandomStream random(3, 0);
  OpposedViews views{.anterior = Counts(rows, columns),
                     .posterior = Counts(rows, columns),
                     .rowSpacingMm = 2.4,
                     .columnSpacingMm = 2.4};
  for (auto& pixel : views.anterior.pixels()) pixel = static_cast<std::int32_t>(random.poisson(20));
  for (auto& pixel : views.posterior.pixels()) pixel = static_cast<std::int32_t>(random.poisson(20));
  return views;
}

float at(const std::vector<float>& input, const ModelInputConfig& config, std::size_t channel,
         std::size_t row, std::size_t column) {
  return input[(channel * config.rows + row) * config.columns + column];
}

TEST(ModelInput, IsTheSameForTheSameStudy) {
  const OpposedViews views = testing::syntheticStudy();
  const ModelInputConfig config{.rows = 256, .columns = 64};
  EXPECT_EQ(modelInput(views, config), modelInput(views, config));
}

TEST(ModelInput, WithoutResamplingIsTheSquareRootOverItsPercentile) {
  OpposedViews views = smallViews(20, 20);
  const ModelInputConfig config{.rows = 20, .columns = 20};
  const auto input = modelInput(views, config);
  auto sorted = views.anterior.pixels();
  std::sort(sorted.begin(), sorted.end());
  const float reference = std::sqrt(static_cast<float>(sorted[397]));  // 99.5 % of 400 is the 398th
  for (std::size_t row = 0; row < 20; ++row)
    for (std::size_t column = 0; column < 20; ++column)
      EXPECT_FLOAT_EQ(
          at(input, config, 0, row, column),
          std::min(std::sqrt(static_cast<float>(views.anterior.at(row, column))) / reference, 1.5F));
}

TEST(ModelInput, ShowsThePosteriorTheSameWayRound) {
  OpposedViews views = smallViews(20, 20);
  views.posterior = image::mirrored(views.anterior);
  const ModelInputConfig config{.rows = 20, .columns = 20};
  const auto input = modelInput(views, config);
  EXPECT_TRUE(std::equal(input.begin(), input.begin() + 400, input.begin() + 400));
}

TEST(ModelInput, OfAStudyTurnedByHalfIsThatOfTheUprightOne) {
  const OpposedViews views = smallViews(24, 20);
  OpposedViews turned = views;
  turned.anterior = image::mirrored(image::upsideDown(views.anterior));
  turned.posterior = image::mirrored(image::upsideDown(views.posterior));
  turned.headFirst = false;
  const ModelInputConfig config{.rows = 24, .columns = 20};
  EXPECT_EQ(modelInput(turned, config), modelInput(views, config));
}

TEST(ModelInput, KeepsOneScaleAndPadsWithZeros) {
  OpposedViews views = smallViews(40, 20);
  for (auto& pixel : views.anterior.pixels()) pixel += 1;
  const ModelInputConfig config{.rows = 20, .columns = 20};
  const auto input = modelInput(views, config);  // 20 rows by 10 columns, centred
  for (std::size_t row = 0; row < 20; ++row)
    for (std::size_t column = 0; column < 20; ++column)
      EXPECT_EQ(at(input, config, 0, row, column) > 0, column >= 5 && column < 15) << row << ", " << column;
}

TEST(ModelInput, TakesUnequalSpacingIntoAccount) {
  OpposedViews views = smallViews(20, 20);
  for (auto& pixel : views.anterior.pixels()) pixel += 1;
  views.rowSpacingMm = 4.8;  // twice as high as wide
  const ModelInputConfig config{.rows = 20, .columns = 20};
  const auto input = modelInput(views, config);
  EXPECT_EQ(at(input, config, 0, 10, 4), 0);
  EXPECT_GT(at(input, config, 0, 10, 5), 0);
}

TEST(ModelInput, LimitsABrightSpotAndStaysFiniteWithoutCounts) {
  OpposedViews views = smallViews(40, 40);
  views.anterior.at(3, 3) = 60000;
  views.posterior = Counts(40, 40, 0);
  const ModelInputConfig config{.rows = 40, .columns = 40};
  const auto input = modelInput(views, config);
  EXPECT_FLOAT_EQ(*std::max_element(input.begin(), input.end()), 1.5F);
  EXPECT_TRUE(std::all_of(input.begin() + 1600, input.end(), [](float value) { return value == 0; }));
}

TEST(ModelInput, RefusesWhatItDoesNotKnow) {
  EXPECT_THROW(modelInput(smallViews(8, 8), {.rows = 8, .columns = 8, .normalisation = "histogram"}),
               InputError);
  OpposedViews views = smallViews(8, 8);
  views.posterior = Counts(8, 7);
  EXPECT_THROW(modelInput(views, {.rows = 8, .columns = 8}), InputError);
  views = smallViews(8, 8);
  views.columnSpacingMm = std::nan("");
  EXPECT_THROW(modelInput(views, {.rows = 8, .columns = 8}), InputError);
}

}  // namespace
}  // namespace remnant::standardise

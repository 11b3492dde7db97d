#include "remnant/benchmark/report_roc.h"

#include <gtest/gtest.h>

#include "benchmark/report_fixture.h"
#include "remnant/base/error.h"

namespace remnant::benchmark {
namespace {

using measure::RocPoint;

const std::vector<RocPoint> kSteep{{0, 0, 9}, {0, 0.5, 3}, {1, 1, 1}};
const std::vector<RocPoint> kChance{{0, 0, 9}, {1, 1, 1}};

TEST(SensitivityAt, JoinsCornersByStraightLines) {
  EXPECT_DOUBLE_EQ(sensitivityAt(kSteep, 0), 0.5);
  EXPECT_DOUBLE_EQ(sensitivityAt(kSteep, 0.5), 0.75);
  EXPECT_DOUBLE_EQ(sensitivityAt(kSteep, 1), 1);
}

TEST(MeanCurve, AveragesSensitivityAtEqualSpecificity) {
  const std::vector<chart::ChartPoint> mean = meanCurve({kSteep, kChance}, 2);
  ASSERT_EQ(mean.size(), 4u);
  EXPECT_DOUBLE_EQ(mean[0].y, 0);
  EXPECT_DOUBLE_EQ(mean[1].y, (0.5 + 0) / 2);
  EXPECT_DOUBLE_EQ(mean[2].x, 0.5);
  EXPECT_DOUBLE_EQ(mean[2].y, (0.75 + 0.5) / 2);
  EXPECT_DOUBLE_EQ(mean[3].y, 1);
  EXPECT_TRUE(meanCurve({}).empty());
}

TEST(SummedConfusion, ReadsEachFitAtItsOwnThreshold) {
  const std::vector<FitScores> fits{{.threshold = 0.5, .labels = {1, 0}, .scores = {0.5, 0.4}},
                                    {.threshold = 0.1, .labels = {1, 0}, .scores = {0.05, 0.4}}};
  const measure::Confusion sum = summedConfusion(fits);
  EXPECT_EQ(sum.truePositives, 1u);
  EXPECT_EQ(sum.trueNegatives, 1u);
  EXPECT_EQ(sum.falseNegatives, 1u);
  EXPECT_EQ(sum.falsePositives, 1u);
}

TEST(FitsOf, RefusesScoresOfAFitThatIsNotThere) {
  auto run = testing::smallRun();
  EXPECT_EQ(fitsOf(run, "neck-region", "network").size(), 1u);
  run.scores.back().fold = 7;
  EXPECT_THROW(fitsOf(run, "neck-region", "network"), InputError);
}

TEST(RocSeries, TakesItsOperatingPointAndLegendFromTheFigures) {
  auto run = testing::smallRun();
  for (FigureRow& row : run.figures) {
    if (row.figure == "sensitivity") row.value = 0.8;
    if (row.figure == "specificity") row.value = 0.7;
  }
  const chart::RocSeries series = rocSeries(run, "neck-region", "network");
  EXPECT_EQ(series.legend, "ResNet-18: 0.91 (0.87 to 0.95)");
  ASSERT_TRUE(series.operatingPoint);
  EXPECT_NEAR(series.operatingPoint->x, 0.3, 1e-12);
  EXPECT_NEAR(series.operatingPoint->y, 0.8, 1e-12);
  EXPECT_EQ(series.fits.size(), 1u);
}

}  // namespace
}  // namespace remnant::benchmark

#include "remnant/chart/chart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/markup_check.h"

namespace remnant::chart {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A square of 100 with its top left corner at (10, 20): rates (x, y) lie at (10 + 100 x, 120 - 100 y).
const RocChartConfig kRoc{.side = 100, .left = 10, .top = 20};

TEST(RocChart, DrawsKnownRatesWhereTheyBelong) {
  const std::string chart = rocChart("ROC",
                                     {{.legend = "ratio",
                                       .mean = {{0, 0}, {0.25, 0.75}, {1, 1}},
                                       .fits = {{{0, 0}, {0.5, 0.5}}},
                                       .operatingPoint = ChartPoint{0.1, 0.4}}},
                                     kRoc);
  EXPECT_THAT(chart, HasSubstr("M10.0 120.0 L35.0 45.0 L110.0 20.0"));
  EXPECT_THAT(chart, HasSubstr("M10.0 120.0 L60.0 70.0"));
  EXPECT_THAT(chart, HasSubstr("cx=\"20.0\" cy=\"80.0\""));
}

TEST(RocChart, TellsSeriesApartWithoutColour) {
  const std::string chart =
      rocChart("ROC", {{.legend = "first", .mean = {}, .fits = {}, .operatingPoint = {}},
                       {.legend = "second", .mean = {}, .fits = {}, .operatingPoint = {}}});
  for (std::size_t first = 0; first < 4; ++first)
    for (std::size_t second = 0; second < first; ++second) {
      EXPECT_NE(seriesStyle(first).dash, seriesStyle(second).dash);
      EXPECT_NE(seriesStyle(first).marker, seriesStyle(second).marker);
      EXPECT_NE(seriesStyle(first).colour, seriesStyle(second).colour);
    }
  EXPECT_THAT(chart, HasSubstr("stroke-dasharray=\"" + seriesStyle(1).dash + "\""));
}

TEST(RocChart, NamesItsAxesAndItsSeries) {
  const std::string chart =
      rocChart("ROC curves", {{.legend = "ratio: 0.74", .mean = {}, .fits = {}, .operatingPoint = {}}});
  for (const char* words : {">sensitivity<", ">1 − specificity<", ">ratio: 0.74<",
                            "aria-label=\"ROC curves\"", "<title>ROC curves</title>"})
    EXPECT_THAT(chart, HasSubstr(words));
}

TEST(RocChart, SurvivesHostileNames) {
  const std::string hostile = "</svg><script>alert(\"1\")</script>&'";
  const std::string chart =
      rocChart(hostile, {{.legend = hostile, .mean = {{0, 0}}, .fits = {}, .operatingPoint = {}}});
  EXPECT_EQ(testing::MarkupCheck::faultIn(chart), "");
  EXPECT_THAT(chart, Not(HasSubstr("<script")));
}

// An axis from 0.4 to 1.0 on 600 units that begin at 10: 1000 units for 1.
const IntervalChartConfig kIntervals{.width = 620, .left = 10, .right = 10};

IntervalRow row(double value, double lower, double upper) {
  return {.group = "Neck", .label = "ratio", .series = 0, .value = value, .lower = lower, .upper = upper};
}

TEST(IntervalChart, DrawsKnownFiguresWhereTheyBelong) {
  const std::string chart = intervalChart("Areas", {row(0.7, 0.65, 0.8)}, kIntervals);
  EXPECT_THAT(chart, HasSubstr("cx=\"310.0\""));
  EXPECT_THAT(chart, HasSubstr("x1=\"260.0\""));
  EXPECT_THAT(chart, HasSubstr("x2=\"410.0\""));
  EXPECT_THAT(chart, HasSubstr(">0.70 (0.65 to 0.80)<"));
}

TEST(IntervalChart, ReachesDownToTheLowestBound) {
  // From 0.2 to 1.0 on 600 units: 0.6 lies half way.
  const std::string chart = intervalChart("Areas", {row(0.6, 0.27, 0.8)}, kIntervals);
  EXPECT_THAT(chart, HasSubstr(">0.2<"));
  EXPECT_THAT(chart, HasSubstr("cx=\"310.0\""));
  EXPECT_THAT(intervalChart("Areas", {row(0.7, 0.65, 0.8)}, kIntervals), Not(HasSubstr(">0.3<")));
}

TEST(IntervalChart, SaysWhereAFigureIsNotDefined) {
  IntervalRow undefined = row(0.7, 0.6, 0.8);
  undefined.value = std::nullopt;
  const std::string chart = intervalChart("Areas", {undefined}, kIntervals);
  EXPECT_THAT(chart, HasSubstr(">not defined<"));
  EXPECT_THAT(chart, Not(HasSubstr("<circle")));
}

TEST(IntervalChart, HeadsEachGroupOnce) {
  const std::string chart = intervalChart("Areas", {row(0.7, 0.6, 0.8), row(0.8, 0.7, 0.9)}, kIntervals);
  EXPECT_EQ(chart.find(">Neck<"), chart.rfind(">Neck<"));
  EXPECT_NE(chart.find(">Neck<"), std::string::npos);
  EXPECT_EQ(testing::MarkupCheck::faultIn(chart), "");
}

}  // namespace
}  // namespace remnant::chart

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "remnant/base/error.h"
#include "remnant/chart/chart.h"
#include "support/markup_check.h"

namespace remnant::chart {
namespace {

using ::testing::HasSubstr;

TEST(Axis, TakesRoundTicksThatHoldAllValues) {
  const Axis axis = Axis::around(0.3, 11.2);
  EXPECT_DOUBLE_EQ(axis.step, 2);
  EXPECT_DOUBLE_EQ(axis.least, 0);
  EXPECT_DOUBLE_EQ(axis.most, 12);
  const Axis small = Axis::around(-0.013, 0.011);
  EXPECT_DOUBLE_EQ(small.step, 0.005);
  EXPECT_DOUBLE_EQ(small.least, -0.015);
  EXPECT_DOUBLE_EQ(small.most, 0.015);
}

// Axes 0 to 10 and 0 to 100 in a rectangle of 200 x 100 at (10, 20): (x, y) lies at (10 + 20 x, 120 - y).
CurveChartConfig config() {
  CurveChartConfig config;
  config.width = 200;
  config.height = 100;
  config.left = 10;
  config.top = 20;
  config.horizontalTitle = "depth (mm)";
  config.verticalTitle = "counts";
  return config;
}

TEST(CurveChart, DrawsPointsWhereTheyBelong) {
  const std::string chart =
      curveChart("Counts", {{.legend = "fast", .points = {{0, 0}, {5, 50}, {10, 100}}}}, config());
  EXPECT_EQ(remnant::testing::MarkupCheck::faultIn(chart), "");
  EXPECT_THAT(chart, HasSubstr("M10.0 120.0 L110.0 70.0 L210.0 20.0"));
  EXPECT_THAT(chart, HasSubstr("depth (mm)"));
}

TEST(CurveChart, DrawsErrorBars) {
  const std::string chart = curveChart("Counts",
                                       {{.legend = "fast", .points = {{0, 0}, {10, 100}}},
                                        {.legend = "slow", .points = {{5, 50}}, .errors = {10}}},
                                       config());
  EXPECT_EQ(remnant::testing::MarkupCheck::faultIn(chart), "");
  EXPECT_THAT(chart, HasSubstr(R"(x1="110.0" y1="80.0" x2="110.0" y2="60.0")"));
}

TEST(CurveChart, NeedsAPoint) {
  EXPECT_THROW(curveChart("none", {}, config()), ProgramError);
}

}  // namespace
}  // namespace remnant::chart

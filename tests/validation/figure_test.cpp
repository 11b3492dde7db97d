#include "remnant/validation/figure.h"

#include <gtest/gtest.h>

#include "remnant/base/atomic_file.h"
#include "support/markup_check.h"
#include "support/temporary_folder.h"

namespace remnant::validation {
namespace {

Figure lineFigure() {
  chart::CurveChartConfig config;
  config.horizontalTitle = "depth (mm)";
  config.verticalTitle = "counts";
  return makeFigure("line", "A line", {{.legend = "fast", .points = {{0, 0}, {10, 100}}}}, config);
}

TEST(Figure, StandsByItself) {
  const Figure figure = lineFigure();
  EXPECT_EQ(testing::MarkupCheck::faultIn(figure.svg), "");
  EXPECT_EQ(figure.svg.rfind("<svg xmlns=\"http://www.w3.org/2000/svg\"", 0), 0U);
  EXPECT_NE(figure.svg.find("A line"), std::string::npos);
}

TEST(Figure, IsWrittenUnderItsName) {
  const testing::TemporaryFolder folder;
  writeFigures({lineFigure()}, folder / "new");
  EXPECT_EQ(readWholeFile(folder / "new" / "line.svg"), lineFigure().svg);
}

}  // namespace
}  // namespace remnant::validation

#include "remnant/benchmark/report_views.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "benchmark/report_fixture.h"
#include "support/markup_check.h"

namespace remnant::benchmark {
namespace {

using remnant::testing::MarkupCheck;
using remnant::testing::smallPictures;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(FocusTexts, TellUptakeAndDepthOfTheAnteriorView) {
  StudyPictures pictures = smallPictures();
  pictures.marks.push_back(pictures.marks.front());
  pictures.marks.back().view = "posterior";
  EXPECT_THAT(focusTexts(pictures), ElementsAre("0.52 %, 21 mm deep"));
  pictures.marks.front().depthMm = std::nullopt;
  pictures.marks.front().uptakePercent = 0.0456;
  EXPECT_THAT(focusTexts(pictures), ElementsAre("0.046 %"));
  pictures.marks.front().region = "thyroid";
  EXPECT_THAT(focusTexts(pictures), IsEmpty());
}

TEST(FocusTexts, TellTheStrongestFirstAndTheFaintAsOne) {
  StudyPictures pictures = smallPictures();
  for (const double percent : {0.004, 1.25, 0.0099}) {
    pictures.marks.push_back(pictures.marks.front());
    pictures.marks.back().uptakePercent = percent;
  }
  EXPECT_THAT(focusTexts(pictures),
              ElementsAre("1.25 %, 21 mm deep", "0.52 %, 21 mm deep", "2 below 0.01 %"));
}

TEST(ViewPair, LeavesOutBoxesThatAreNotAutomatic) {
  StudyPictures pictures = smallPictures();
  pictures.marks.front().region = "thyroid";
  EXPECT_THAT(viewPair(pictures, "words", {}), Not(HasSubstr(regionColour("thyroid"))));
  pictures.marks.front().source = "automatic";
  EXPECT_THAT(viewPair(pictures, "words", {}), HasSubstr(regionColour("thyroid")));
}

TEST(ViewPair, DrawsRegionsInMillimetres) {
  StudyPictures pictures = smallPictures();
  pictures.views.rowSpacingMm = 3;
  pictures.marks = {{.view = "anterior",
                     .region = "thyroid",
                     .box = {.x = 1, .y = 2, .width = 2, .height = 3},
                     .source = "automatic",
                     .depthMm = {},
                     .uptakePercent = {}}};
  // Columns of 2 mm, rows of 3 mm: x = 1 x 2, y = 2 x 3, width = 2 x 2, height = 3 x 3.
  EXPECT_THAT(viewPair(pictures, "words", {}), HasSubstr("x=\"2.0\" y=\"6.0\" width=\"4.0\" height=\"9.0\""));
}

TEST(ViewPair, RingsAFocusAtItsCentre) {
  // Pixel 1, 2 of 2 mm: its centre is at 3 mm, 5 mm.
  EXPECT_THAT(viewPair(smallPictures(), "words", {}), HasSubstr("cx=\"3.0\" cy=\"5.0\""));
}

TEST(ViewPair, TurnsAStudyScannedFeetFirst) {
  StudyPictures pictures = smallPictures();
  EXPECT_THAT(viewPair(pictures, "words", {}), Not(HasSubstr("rotate(")));
  pictures.views.headFirst = false;
  // About the middle of 4 x 6 pixels of 2 mm.
  EXPECT_THAT(viewPair(pictures, "words", {}), HasSubstr("rotate(180 4.0 6.0)"));
}

TEST(ViewPair, NamesItselfForThoseWhoDoNotSeeIt) {
  const std::string pair = viewPair(smallPictures(), "two <views>", {});
  EXPECT_THAT(pair, HasSubstr("aria-label=\"two &lt;views&gt;\""));
  EXPECT_EQ(MarkupCheck::faultIn(pair), "");
}

}  // namespace
}  // namespace remnant::benchmark

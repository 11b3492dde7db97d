#include "remnant/benchmark/study_figure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "benchmark/report_fixture.h"
#include "support/markup_check.h"

namespace remnant::benchmark {
namespace {

using remnant::testing::MarkupCheck;
using remnant::testing::smallPictures;
using ::testing::HasSubstr;
using ::testing::Not;

const StudyFigureWords kWords{"A <patient>", "I-131, 100 MBq"};

std::string figureOf(const StudyPictures& pictures) {
  return studyFigure(pictures, pictures, kWords);
}

std::size_t occurrences(const std::string& text, const std::string& words) {
  std::size_t found = 0;
  for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++found;
  return found;
}

TEST(StudyFigure, IsAWholeFileThatNeedsNothingElse) {
  const std::string figure = figureOf(smallPictures());
  EXPECT_EQ(MarkupCheck::faultIn(figure), "");
  EXPECT_THAT(figure, HasSubstr("xmlns=\"http://www.w3.org/2000/svg\""));
  EXPECT_THAT(figure, HasSubstr("I-131, 100 MBq"));
  EXPECT_THAT(figure, Not(HasSubstr("href=\"http")));
}

TEST(StudyFigure, LettersAFocusInBothViewsAndInTheLegend) {
  StudyPictures pictures = smallPictures();
  pictures.marks.push_back(pictures.marks.front());
  pictures.marks.back().view = "posterior";
  const std::string figure = figureOf(pictures);
  EXPECT_EQ(occurrences(figure, ">A</text>"), 2U);
  EXPECT_THAT(figure, HasSubstr("A: 0.52 %, 21 mm deep"));
  EXPECT_THAT(figure, Not(HasSubstr(">B</text>")));
  pictures.marks.back().depthMm = 40;
  EXPECT_EQ(occurrences(figureOf(pictures), ">A</text>"), 1U) << "another focus in the posterior view";
}

TEST(StudyFigure, SaysFromHowManyCountsAPixelIsBlack) {
  StudyPictures pictures = smallPictures();
  for (image::Counts* counts : {&pictures.views.anterior, &pictures.views.posterior})
    for (std::int32_t& pixel : counts->pixels()) pixel = 46;
  const std::string figure = figureOf(pictures);
  EXPECT_EQ(occurrences(figure, "46 or more"), 2U) << "of the neck and of the body";
  EXPECT_EQ(occurrences(figure, ">23</text>"), 2U) << "half of it in the middle";
}

/// 4 columns of 2 mm and 6 rows of 2 mm: 560 units high are 373.3 wide, with half of the rows 746.7.
TEST(StudyFigure, LeavesOutRowsBelowTheSweep) {
  StudyPictures pictures = smallPictures();
  for (image::Counts* counts : {&pictures.views.anterior, &pictures.views.posterior})
    std::fill(counts->pixels().begin(), counts->pixels().end(), 1);
  EXPECT_THAT(figureOf(pictures), HasSubstr("width=\"373.3\" height=\"560.0\""));
  for (image::Counts* counts : {&pictures.views.anterior, &pictures.views.posterior})
    std::fill(counts->pixels().begin() + 12, counts->pixels().end(), 0);
  EXPECT_THAT(figureOf(pictures), HasSubstr("width=\"746.7\" height=\"560.0\""));
}

}  // namespace
}  // namespace remnant::benchmark

#include "remnant/benchmark/report_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "benchmark/report_fixture.h"

namespace remnant::benchmark {
namespace {

using remnant::testing::addFigure;
using remnant::testing::smallRun;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ResultParagraphs, SayTheNeckFirstAndWhetherIntervalsOverlap) {
  const std::vector<std::string> paragraphs = resultParagraphs(smallRun());
  ASSERT_EQ(paragraphs.size(), 3u);
  EXPECT_EQ(paragraphs[0],
            "On Neck Region, ResNet-18 has the largest area under the ROC curve (AUC), 0.91 (95 % interval "
            "0.87 to 0.95). The neck/shoulder ratio reached 0.70 (0.64 to 0.76); the intervals do not "
            "overlap.");
  EXPECT_THAT(paragraphs[1], HasSubstr("On Full Body, the neck/shoulder ratio has the largest area"));
  EXPECT_THAT(paragraphs[1], HasSubstr("the intervals overlap, so this run does not rank the two"));
  EXPECT_THAT(paragraphs[2], HasSubstr("gives a larger area than the whole body (0.91 against "));
}

TEST(ResultParagraphs, CallAPermutedRunACheck) {
  auto run = smallRun();
  run.protocol.permuteLabels = true;
  EXPECT_THAT(resultParagraphs(run).front(), HasSubstr("This run is a check"));
}

TEST(ResultParagraphs, ClaimNoComparisonWithoutIntervals) {
  auto run = smallRun();
  for (FigureRow& row : run.figures) row.lower = row.upper = std::nullopt;
  for (const std::string& paragraph : resultParagraphs(run))
    EXPECT_THAT(paragraph, Not(HasSubstr("overlap")));
}

TEST(MeaningSentences, TellWhereAnIntervalHoldsChance) {
  auto run = smallRun();
  EXPECT_THAT(meaningSentences(run), Not(Contains(HasSubstr("The interval holds 0.5"))));
  run.figures[1].lower = 0.48;  // the network on the full body
  EXPECT_THAT(meaningSentences(run),
              Contains("The interval holds 0.5, which is chance, for ResNet-18 on Full Body."));
}

TEST(Overlap, IsDecidedByTheBounds) {
  FigureRow first, second;
  first.lower = 0.4, first.upper = 0.6;
  second.lower = 0.6, second.upper = 0.9;
  EXPECT_TRUE(overlap(first, second));
  second.lower = 0.61;
  EXPECT_FALSE(overlap(first, second));
  EXPECT_FALSE(overlap(second, first));
}

TEST(ContestantTitle, AddsTheNameWhereAKindOccursTwice) {
  auto run = smallRun();
  EXPECT_EQ(contestantTitle(run, "network"), "ResNet-18");
  EXPECT_EQ(contestantWords(run, "ratio"), "the neck/shoulder ratio");
  run.contestants.push_back({"longer", "resnet18", "", {}});
  EXPECT_EQ(contestantTitle(run, "network"), "ResNet-18 (network)");
  EXPECT_EQ(contestantTitle(run, "unheard of"), "unheard of");
}

TEST(BestContestant, IsThatOfTheLargestDefinedArea) {
  auto run = smallRun();
  EXPECT_EQ(bestContestant(run, "full-body"), "ratio");
  EXPECT_EQ(bestContestant(run, "neck-region"), "network");
  EXPECT_EQ(bestContestant(run, "no such set"), "");
}

}  // namespace
}  // namespace remnant::benchmark

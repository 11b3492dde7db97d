#include "remnant/benchmark/report_cases.h"

#include <gtest/gtest.h>

#include "benchmark/report_fixture.h"

namespace remnant::benchmark {
namespace {

ScoredCase positiveCase(const std::string& patient, const std::string& study, double score) {
  return {.patient = patient, .study = study, .label = 1, .score = score, .threshold = 0.5, .fits = 1};
}

TEST(ChooseCases, SortsTheFourCornersByConfidence) {
  std::vector<ScoredCase> cases{positiveCase("a", "1", 0.6), positiveCase("b", "2", 0.9),
                                positiveCase("c", "3", 0.4), positiveCase("d", "4", 0.7)};
  for (const ScoredCase& one : std::vector<ScoredCase>(cases)) {
    cases.push_back(one);
    cases.back().label = 0;
  }
  const CaseGroups groups = chooseCases(cases, 2);
  ASSERT_EQ(groups.truePositives.size(), 2u);
  EXPECT_EQ(groups.truePositives[0].study, "2");
  EXPECT_EQ(groups.truePositives[1].study, "4");
  ASSERT_EQ(groups.falseNegatives.size(), 1u);
  EXPECT_EQ(groups.falseNegatives[0].study, "3");
  EXPECT_EQ(groups.falsePositives[0].study, "2");
  EXPECT_EQ(groups.trueNegatives[0].study, "3");
}

TEST(ChooseCases, ShowsEachPatientOnceAndBreaksTiesByName) {
  const CaseGroups groups =
      chooseCases({positiveCase("a", "2", 0.9), positiveCase("a", "1", 0.9), positiveCase("b", "3", 0.8)}, 4);
  ASSERT_EQ(groups.truePositives.size(), 2u);
  EXPECT_EQ(groups.truePositives[0].study, "1");
  EXPECT_EQ(groups.truePositives[1].study, "3");
}

TEST(ScoredCases, AverageOverTheFitsOfAStudy) {
  auto run = testing::smallRun();
  run.cells = {run.cells.front(), run.cells.front()};
  run.cells[1].seed = 2;
  run.cells[1].threshold = 0.3;
  run.scores = {run.scores.front(), run.scores.front()};  // 0.9 by the fit of seed 1
  run.scores[1].seed = 2;
  run.scores[1].score = 0.5;
  const std::vector<ScoredCase> cases = scoredCases(run, "full-body", "ratio");
  ASSERT_EQ(cases.size(), 1u);
  EXPECT_DOUBLE_EQ(cases[0].score, 0.7);
  EXPECT_DOUBLE_EQ(cases[0].threshold, 0.4);
  EXPECT_EQ(cases[0].fits, 2u);
}

TEST(ShownContestant, IsTheNetworkEvenWhereTheRatioIsBetter) {
  auto run = testing::smallRun();
  EXPECT_EQ(shownContestant(run, "full-body"), "network");
  run.contestants.pop_back();
  run.contestants[0].name = "ratio";
  std::erase_if(run.figures, [](const FigureRow& row) { return row.contestant == "network"; });
  EXPECT_EQ(shownContestant(run, "full-body"), "ratio");
}

}  // namespace
}  // namespace remnant::benchmark

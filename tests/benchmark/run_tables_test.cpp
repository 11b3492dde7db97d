#include "remnant/benchmark/run_tables.h"

#include <gtest/gtest.h>

namespace remnant::benchmark {
namespace {

ScoreRow scoreRow(int fold, const std::string& patient, int label, double score) {
  return {.imageSet = "neck-region",
          .contestant = "ratio",
          .repeat = 0,
          .fold = fold,
          .seed = 1,
          .patient = patient,
          .study = "S" + patient,
          .label = label,
          .score = score};
}

CellRow cellRow(int fold, double threshold) {
  return {.imageSet = "neck-region",
          .contestant = "ratio",
          .repeat = 0,
          .fold = fold,
          .seed = 1,
          .threshold = threshold,
          .trainStudies = 4,
          .testStudies = 4,
          .seconds = 0};
}

TEST(FiguresOf, UseEachFitsOwnThresholdAndRanking) {
  // Fold 0: perfect at its threshold 0.5. Fold 1: all scores low; one of two positives above its threshold
  // 0.15, no negative: AUC 3 of 4.
  const std::vector<ScoreRow> scores{scoreRow(0, "a", 1, 0.9),  scoreRow(0, "b", 1, 0.8),
                                     scoreRow(0, "c", 0, 0.3),  scoreRow(0, "d", 0, 0.2),
                                     scoreRow(1, "e", 1, 0.2),  scoreRow(1, "f", 1, 0.1),
                                     scoreRow(1, "g", 0, 0.12), scoreRow(1, "h", 0, 0.05)};
  Protocol protocol;
  protocol.bootstrapResamples = 200;
  const auto figures = figuresOf(scores, {cellRow(0, 0.5), cellRow(1, 0.15)}, protocol);
  ASSERT_EQ(figures.size(), 5U);
  const std::vector<std::pair<std::string, double>> expected{{"auc", (1 + 0.75) / 2},
                                                             {"sensitivity", (1 + 0.5) / 2},
                                                             {"specificity", 1},
                                                             {"f1", (1 + 2.0 / 3) / 2},
                                                             {"accuracy", (1 + 0.75) / 2}};
  for (std::size_t place = 0; place < expected.size(); ++place) {
    EXPECT_EQ(figures[place].figure, expected[place].first);
    EXPECT_DOUBLE_EQ(*figures[place].value, expected[place].second);
    EXPECT_LE(*figures[place].lower, *figures[place].value);
    EXPECT_GE(*figures[place].upper, *figures[place].value);
  }
}

TEST(FiguresOf, LeavesAFigureEmptyWhereNoTestSetDefinesIt) {
  Protocol protocol;
  protocol.bootstrapResamples = 100;
  const auto figures = figuresOf({scoreRow(0, "a", 1, 0.9)}, {cellRow(0, 0.5)}, protocol);
  EXPECT_EQ(figures[0].figure, "auc");
  EXPECT_EQ(figures[0].value, std::nullopt);
  EXPECT_EQ(figures[1].value, 1.0);
}

}  // namespace
}  // namespace remnant::benchmark

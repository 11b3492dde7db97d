#include "remnant/quantify/judgement.h"

#include <gtest/gtest.h>

#include <cmath>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

Judged depth(double truth, double value, double halfWidth, double counts = 2000) {
  Judged judged;
  judged.method = "joint";
  judged.medium = "map";
  judged.anteriorCounts = counts;
  judged.truth = truth;
  judged.bound = 2;
  Estimate estimate;
  estimate.value = value;
  estimate.lower = value - halfWidth;
  estimate.upper = value + halfWidth;
  judged.estimate = estimate;
  return judged;
}

Judged refused(const std::string& code) {
  Judged judged = depth(10, 10, 1);
  judged.estimate.reset();
  judged.refusal = code;
  return judged;
}

TEST(Judgement, GivesBiasSpreadAndCoverageOfTheErrors) {
  // Errors +1, +3, -1, +1: mean 1, squares sum to 12, so the mean square is 3 and the variance 8/3.
  const Verdict verdict =
      verdictOf({depth(10, 11, 2), depth(10, 13, 2), depth(20, 19, 2), depth(20, 21, 0.5)});
  EXPECT_EQ(verdict.answered, 4U);
  EXPECT_DOUBLE_EQ(verdict.bias, 1);
  EXPECT_DOUBLE_EQ(verdict.rootMeanSquare, std::sqrt(3.0));
  EXPECT_DOUBLE_EQ(verdict.standardDeviation, std::sqrt(8.0 / 3));
  EXPECT_DOUBLE_EQ(verdict.lowerLimitOfAgreement, 1 - 1.96 * std::sqrt(8.0 / 3));
  // The second misses by 3 with a half width of 2, the fourth by 1 with 0.5.
  EXPECT_DOUBLE_EQ(verdict.coverage, 0.5);
  EXPECT_DOUBLE_EQ(verdict.medianWidth, 4);
  EXPECT_DOUBLE_EQ(*verdict.errorOverBound, std::sqrt(3.0) / 2);
  EXPECT_DOUBLE_EQ(*verdict.widthOverBoundWidth, 4 / (3.92 * 2));
}

TEST(Judgement, TakesErrorsOfUptakeRelativeToTheTruth) {
  Judged judged = depth(0.5, 0.6, 0.2);
  judged.quantity = Quantity::kUptakePercent;
  judged.bound = 0.05;
  const Verdict verdict = verdictOf({judged});
  EXPECT_NEAR(verdict.bias, 0.2, 1e-12);
  EXPECT_NEAR(*verdict.rootMeanBound, 0.1, 1e-12);
  EXPECT_NEAR(verdict.medianWidth, 0.8, 1e-12);
}

TEST(Judgement, ComparesUptakeWithItsBoundInBothUnits) {
  // Errors of 3 and 0.03 % of the dose with bounds of 2 and 0.01; of the truth 1 and 3, with 2/3 and 1.
  Judged bright = depth(3, 6, 4), faint = depth(0.01, 0.04, 0.05);
  bright.quantity = faint.quantity = Quantity::kUptakePercent;
  bright.bound = 2;
  faint.bound = 0.01;
  const Verdict verdict = verdictOf({bright, faint});
  EXPECT_NEAR(*verdict.errorOverBoundInUnit, std::sqrt((9 + 0.0009) / (4 + 0.0001)), 1e-12);
  EXPECT_NEAR(*verdict.errorOverBound, std::sqrt((1 + 9.0) / (4.0 / 9 + 1)), 1e-12);
}

TEST(Judgement, CountsRefusalsByCode) {
  const Verdict verdict = verdictOf({refused("no-thickness"), depth(10, 10, 1), refused("no-thickness")});
  EXPECT_EQ(verdict.foci, 3U);
  EXPECT_EQ(verdict.answered, 1U);
  ASSERT_EQ(verdict.refusals.size(), 1U);
  EXPECT_EQ(verdict.refusals[0], (std::pair<std::string, std::size_t>{"no-thickness", 2}));
}

TEST(Judgement, SplitsByMethodMediumAndCounts) {
  Judged other = depth(10, 10, 1, 2e4);
  other.medium = "ellipse";
  other.isolated = false;
  const std::vector<Stratum> strata = strataOf({depth(10, 10, 1, 50), depth(10, 10, 1, 5000), other});
  std::vector<std::string> names;
  for (const Stratum& stratum : strata) names.push_back(stratum.medium + " " + stratum.counts);
  EXPECT_EQ(names, (std::vector<std::string>{"ellipse all", "ellipse >= 1e4", "map all", "map < 1e2",
                                             "map 1e3-1e4"}));
}

TEST(Judgement, RefusesNothingToJudge) {
  EXPECT_THROW(verdictOf({}), ProgramError);
}

}  // namespace
}  // namespace remnant::quantify

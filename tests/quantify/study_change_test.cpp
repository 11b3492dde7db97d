#include "remnant/quantify/study_change.h"

#include <cmath>

#include <gtest/gtest.h>

namespace remnant::quantify {
namespace {

Estimate symmetric(double value, double statistical, double systematic) {
  const double reach = 1.959964 * std::hypot(statistical, systematic);
  return {value, statistical, systematic, value - reach, value + reach, "m", {}};
}

FocusAnswer focus(int number, Result uptake) {
  FocusAnswer made;
  made.number = number;
  made.methods.push_back({"joint", symmetric(10, 1, 1), symmetric(1, 0.1, 0.1), std::move(uptake)});
  return made;
}

TEST(MatchedFoci, FollowAPatientWhoLiesElsewhere) {
  // Moved by (15, -10), which puts the first focus nearer to the old second one.
  const std::vector<FocusPlace> before{{1, 0, 0}, {2, 16, -8}, {3, -20, 30}};
  const std::vector<FocusPlace> after{{1, 31, -19}, {2, 14, -10}, {3, -4, 20}};
  const auto pairs = matchedFoci(before, after);
  ASSERT_EQ(pairs.size(), 3U);
  EXPECT_EQ(pairs[0].after, 1U);
  EXPECT_EQ(pairs[1].after, 0U);
  EXPECT_EQ(pairs[2].after, 2U);
}

TEST(MatchedFoci, LeaveApartWhatNoShiftBringsTogether) {
  EXPECT_TRUE(matchedFoci({{1, 0, 0}}, {{1, 40, 0}}).empty()) << "farther than a patient is shifted";
  EXPECT_EQ(matchedFoci({{1, 0, 0}}, {{1, 20, 0}}).size(), 1U);
  EXPECT_EQ(matchedFoci({{1, 0, 0}, {2, 0, 30}}, {{1, 0, 1}, {2, 25, 15}}).size(), 1U);
  EXPECT_TRUE(matchedFoci({}, {{1, 0, 0}}).empty());
}

TEST(StudyChange, LeavesOutWhatTheCalibrationHasInCommon) {
  const std::vector<FocusAnswer> before{focus(1, symmetric(4, 0.04, 0.2))},
      after{focus(5, symmetric(1, 0.02, 0.05)), focus(6, symmetric(1, 0.1, 0.1))};
  // Both 5 % systematic, of which the calibration apart from the day's 3 % is 4 %.
  const ChangePart first{"1", "S", 0.05, &before, {{1, 0, 0}}},
      second{"2", "S", 0.05, &after, {{5, 2, 1}, {6, 30, 1}}};
  const StudyChange change = changeBetween(first, second, 0.03);
  ASSERT_EQ(change.foci.size(), 1U);
  EXPECT_EQ(change.foci[0].after, 5);
  EXPECT_EQ(change.onlyAfter, std::vector<int>{6});
  const Estimate& ratio = std::get<Estimate>(change.foci[0].uptakeRatio);
  EXPECT_DOUBLE_EQ(ratio.value, 0.25);
  EXPECT_NEAR(ratio.statistical / ratio.value, std::hypot(0.01, 0.02), 1e-12);
  EXPECT_NEAR(ratio.systematic / ratio.value, std::sqrt(2 * (0.05 * 0.05 - 0.04 * 0.04)), 1e-12);

  ChangePart elsewhere = second;
  elsewhere.serialNumber = "T";
  const StudyChange apart = changeBetween(first, elsewhere, 0.03);
  EXPECT_NEAR(std::get<Estimate>(apart.foci[0].uptakeRatio).systematic / 0.25, std::sqrt(2.0) * 0.05, 1e-12)
      << "another camera has nothing in common";
}

TEST(StudyChange, RefusesARatioToNothing) {
  const std::vector<FocusAnswer> before{focus(1, symmetric(0, 0.1, 0))},
      after{focus(1, symmetric(1, 0.1, 0))};
  const ChangePart first{"1", "S", 0, &before, {{1, 0, 0}}}, second{"2", "S", 0, &after, {{1, 0, 0}}};
  EXPECT_EQ(std::get<Refusal>(changeBetween(first, second).foci[0].uptakeRatio).code, "no-uptake");
}

TEST(StudyChange, TellsWhyAnUptakeIsRefusedAndWhatTheRatioIsAtMost) {
  const std::vector<FocusAnswer> before{focus(1, Estimate{4, 0.1, 0.1, 2, 6, "m", {}})},
      after{focus(1, Refusal{"not-significant", "nothing is seen", 0.5})};
  const ChangePart first{"1", "S", 0, &before, {{1, 0, 0}}}, second{"2", "S", 0, &after, {{1, 0, 0}}};
  const Refusal gone = std::get<Refusal>(changeBetween(first, second).foci[0].uptakeRatio);
  EXPECT_EQ(gone.code, "not-significant");
  EXPECT_EQ(gone.sentence, "the uptake of the later study: nothing is seen");
  EXPECT_EQ(gone.upperLimit, 0.25);  // 0.5 over at least 2
  const Refusal appeared = std::get<Refusal>(changeBetween(second, first).foci[0].uptakeRatio);
  EXPECT_EQ(appeared.sentence, "the uptake of the earlier study: nothing is seen");
  EXPECT_FALSE(appeared.upperLimit);
}

}  // namespace
}  // namespace remnant::quantify

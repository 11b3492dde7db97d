#include "remnant/quantify/judgement_rows.h"

#include <gtest/gtest.h>

#include <limits>

#include "support/refusal_code.h"

namespace remnant::quantify {
namespace {

constexpr const char* kHead =
    "studyInstanceUid,focus,medium,method,quantity,truth,estimate,statistical,systematic,lower,upper,"
    "bound,anteriorCounts,isolated,refusal\n";

std::vector<Judged> anAnswerAndARefusal() {
  Judged answered;
  answered.studyInstanceUid = "1.2";
  answered.focus = 3;
  answered.method = "joint";
  answered.medium = "map";
  answered.anteriorCounts = 5000;
  answered.truth = 10;
  answered.bound = 0.5;
  answered.estimate = Estimate{11, 0.4, 1. / 3, 10, 12, "", {}};
  Judged refused = answered;
  refused.quantity = Quantity::kUptakePercent;
  refused.estimate.reset();
  refused.bound.reset();
  refused.refusal = "no-counts";
  refused.isolated = false;
  return {answered, refused};
}

TEST(JudgementRows, HoldEstimatesAndRefusals) {
  EXPECT_EQ(rowsOf(anAnswerAndARefusal()).toText(),
            std::string(kHead) +
                "1.2,3,map,joint,depthMm,10,11,0.4,0.3333333333333333,10,12,0.5,5000,1,\n"
                "1.2,3,map,joint,uptakePercent,10,,,,,,,5000,0,no-counts\n");
}

TEST(JudgementRows, ReadBackAsTheSame) {
  const CsvTable rows = rowsOf(anAnswerAndARefusal());
  const std::vector<Judged> read = judgedOf(rows);
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].estimate->systematic, 1. / 3);
  EXPECT_FALSE(read[1].estimate);
  EXPECT_FALSE(read[1].bound);
  EXPECT_EQ(rowsOf(read).toText(), rows.toText());
}

TEST(JudgementRows, ReadIntervalsWithoutAnEnd) {
  std::vector<Judged> open = anAnswerAndARefusal();
  open[0].estimate->upper = std::numeric_limits<double>::infinity();
  EXPECT_EQ(judgedOf(rowsOf(open))[0].estimate->upper, std::numeric_limits<double>::infinity());
}

TEST(JudgementRows, RefuseWhatLacksANumberOrAQuantity) {
  const auto codeOf = [](const std::string& row) {
    return testing::refusalCodeOf([&] { judgedOf(CsvTable::parse(kHead + row, "rows.csv")); });
  };
  EXPECT_EQ(codeOf("1.2,3,map,joint,depthMm,10,11,0.4,,10,12,0.5,5000,1,\n"), "bad-row");
  EXPECT_EQ(codeOf("1.2,3,map,joint,depth,10,11,0.4,0.3,10,12,0.5,5000,1,\n"), "bad-row");
}

}  // namespace
}  // namespace remnant::quantify

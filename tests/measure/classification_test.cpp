#include "remnant/measure/classification.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "support/shared_folder.h"

namespace remnant::measure {
namespace {

using nlohmann::json;

json readGolden(const std::string& name) {
  std::ifstream file(remnant::testing::sharedFolder() / "goldens" / name);
  return json::parse(file);
}

double trapezoidalArea(const std::vector<RocPoint>& points) {
  double area = 0;
  for (std::size_t place = 1; place < points.size(); ++place)
    area += (points[place].falsePositiveRate - points[place - 1].falsePositiveRate) *
            (points[place].truePositiveRate + points[place - 1].truePositiveRate) / 2;
  return area;
}

TEST(AreaUnderCurve, CountsOrderedPairsAndHalfOfTies) {
  const std::vector<int> labels{1, 1, 0, 0};
  // Pairs (positive, negative): 0.8>0.5, 0.8>0.1, 0.5=0.5, 0.5>0.1: 3.5 of 4.
  EXPECT_EQ(areaUnderCurve(labels, std::vector{0.8, 0.5, 0.5, 0.1}), 3.5 / 4);
  EXPECT_EQ(areaUnderCurve(labels, std::vector{0.1, 0.2, 0.3, 0.4}), 0.0);
  EXPECT_EQ(areaUnderCurve(labels, std::vector{0.7, 0.7, 0.7, 0.7}), 0.5);
}

TEST(AreaUnderCurve, IsNotDefinedForOneClass) {
  EXPECT_EQ(areaUnderCurve(std::vector{1, 1}, std::vector{0.1, 0.2}), std::nullopt);
  EXPECT_EQ(areaUnderCurve(std::vector{0}, std::vector{0.1}), std::nullopt);
  EXPECT_EQ(areaUnderCurve(std::vector<int>{}, std::vector<double>{}), std::nullopt);
}

TEST(Confusion, CallsScoresFromTheThresholdUp) {
  const Confusion confusion =
      confusionAt(std::vector{1, 1, 1, 0, 0}, std::vector{0.9, 0.5, 0.4, 0.5, 0.1}, 0.5);
  EXPECT_EQ(confusion,
            (Confusion{.truePositives = 2, .falsePositives = 1, .trueNegatives = 1, .falseNegatives = 1}));
  EXPECT_EQ(sensitivity(confusion), 2.0 / 3);
  EXPECT_EQ(specificity(confusion), 1.0 / 2);
  EXPECT_EQ(f1(confusion), 4.0 / 6);
  EXPECT_EQ(accuracy(confusion), 3.0 / 5);
}

TEST(Confusion, LeavesFiguresWithoutDenominatorUndefined) {
  const Confusion onlyNegatives{.trueNegatives = 3};
  EXPECT_EQ(sensitivity(onlyNegatives), std::nullopt);
  EXPECT_EQ(f1(onlyNegatives), std::nullopt);
  EXPECT_EQ(specificity(onlyNegatives), 1.0);
  EXPECT_EQ(accuracy(Confusion{}), std::nullopt);
}

TEST(RocCurve, GoesThroughTheCornersOfTheData) {
  const auto points = rocCurve(std::vector{1, 0, 1, 0}, std::vector{0.9, 0.6, 0.6, 0.2});
  ASSERT_EQ(points.size(), 4U);
  EXPECT_EQ(points[0].threshold, std::numeric_limits<double>::infinity());
  EXPECT_EQ(points[1].falsePositiveRate, 0.0);
  EXPECT_EQ(points[1].truePositiveRate, 0.5);
  EXPECT_EQ(points[2].falsePositiveRate, 0.5);
  EXPECT_EQ(points[2].truePositiveRate, 1.0);
  EXPECT_EQ(points[3].falsePositiveRate, 1.0);
  EXPECT_EQ(points[3].threshold, 0.2);
}

TEST(YoudenThreshold, LiesHalfWayInTheBestGap) {
  EXPECT_DOUBLE_EQ(*youdenThreshold(std::vector{0, 0, 1, 1}, std::vector{0.1, 0.3, 0.7, 0.9}), 0.5);
}

TEST(YoudenThreshold, TakesTheLowestOfEquallyGoodOnes) {
  // Calling {0.9} gives 1/2 - 0; calling {0.9, 0.5, 0.4} gives 1 - 1/2.
  const std::vector<int> labels{1, 0, 1, 0};
  const std::vector<double> scores{0.9, 0.5, 0.4, 0.2};
  EXPECT_DOUBLE_EQ(*youdenThreshold(labels, scores), 0.3);
}

TEST(YoudenThreshold, IsFiniteWhereScoresAreAllAlike) {
  EXPECT_EQ(youdenThreshold(std::vector{0, 1}, std::vector{0.4, 0.4}), 0.4);
  EXPECT_EQ(youdenThreshold(std::vector{1, 1}, std::vector{0.4, 0.5}), std::nullopt);
}

TEST(Classification, AgreesWithPRocOnItsSamples) {
  REMNANT_REQUIRE_SHARED("goldens/statistics.json");
  const json golden = readGolden("statistics.json");
  for (const auto& [name, sample] : golden.at("classification").items()) {
    SCOPED_TRACE(name);
    const std::vector<int> labels = sample.at("label");
    const std::vector<double> first = sample.at("a");
    const std::vector<double> second = sample.at("b");
    EXPECT_NEAR(*areaUnderCurve(labels, first), sample.at("auc_a").get<double>(), 1e-12);
    EXPECT_NEAR(*areaUnderCurve(labels, second), sample.at("auc_b").get<double>(), 1e-12);
    EXPECT_NEAR(trapezoidalArea(rocCurve(labels, first)), sample.at("auc_a").get<double>(), 1e-12);
    EXPECT_NEAR(*youdenThreshold(labels, first), sample.at("youden_threshold_a").get<double>(), 1e-12);
  }
}

TEST(Classification, AgreesWithScikitLearnOnTheSameSamples) {
  REMNANT_REQUIRE_SHARED("goldens/statistics_sklearn.json");
  const json samples = readGolden("statistics.json").at("classification");
  const json golden = readGolden("statistics_sklearn.json");
  for (const auto& [name, expected] : golden.at("samples").items())
    for (const std::string model : {"a", "b"}) {
      SCOPED_TRACE(name + " " + model);
      const std::vector<int> labels = samples.at(name).at("label");
      const std::vector<double> scores = samples.at(name).at(model);
      const json& row = expected.at(model);
      const Confusion confusion = confusionAt(labels, scores, 0.5);
      EXPECT_EQ(json({confusion.trueNegatives, confusion.falsePositives, confusion.falseNegatives,
                      confusion.truePositives}),
                row.at("confusion_tn_fp_fn_tp"));
      EXPECT_NEAR(*areaUnderCurve(labels, scores), row.at("roc_auc").get<double>(), 1e-12);
      EXPECT_NEAR(*accuracy(confusion), row.at("accuracy").get<double>(), 1e-12);
      EXPECT_NEAR(*f1(confusion), row.at("f1").get<double>(), 1e-12);
      EXPECT_NEAR((*sensitivity(confusion) + *specificity(confusion)) / 2,
                  row.at("balanced_accuracy").get<double>(), 1e-12);
    }
}

}  // namespace
}  // namespace remnant::measure

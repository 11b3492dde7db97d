#include "remnant/measure/patient_bootstrap.h"

#include <gtest/gtest.h>

#include <cmath>

#include "remnant/base/random.h"

namespace remnant::measure {
namespace {

/// Patients with one study each, half of them positive; positives score `shift` higher on average. The true
/// AUC is Phi(shift / sqrt 2).
TestSet simulatedSet(std::size_t patients, double shift, std::uint64_t seed) {
  RandomStream random(seed, 77);
  TestSet set;
  for (std::size_t patient = 0; patient < patients; ++patient) {
    set.patients.push_back("P" + std::to_string(patient));
    set.labels.push_back(static_cast<int>(patient % 2));
    set.scores.push_back(random.normal() + shift * set.labels.back());
  }
  return set;
}

TestSet withEveryStudyTwice(const TestSet& set) {
  TestSet doubled = set;
  doubled.patients.insert(doubled.patients.end(), set.patients.begin(), set.patients.end());
  doubled.labels.insert(doubled.labels.end(), set.labels.begin(), set.labels.end());
  doubled.scores.insert(doubled.scores.end(), set.scores.begin(), set.scores.end());
  return doubled;
}

TestSet asPatientsOfTheirOwn(TestSet set) {
  for (std::size_t study = 0; study < set.patients.size(); ++study)
    set.patients[study] = "P" + std::to_string(study);
  return set;
}

TEST(MeanFigure, AveragesOverTestSetsAndNeverPoolsTheirScores) {
  // Each set ranks perfectly; pooled, the second set's positive would fall below the first set's negative.
  const TestSet high{{"a", "b"}, {1, 0}, {0.9, 0.8}, 0.85};
  const TestSet low{{"c", "d"}, {1, 0}, {0.2, 0.1}, 0.15};
  EXPECT_EQ(meanFigure(Figure::kAuc, std::vector{high, low}), 1.0);
  EXPECT_EQ(meanFigure(Figure::kAccuracy, std::vector{high, low}), 1.0);
}

TEST(MeanFigure, LeavesOutSetsOfOneClass) {
  const TestSet both{{"a", "b"}, {1, 0}, {0.1, 0.8}, 0.5};
  const TestSet positivesOnly{{"c"}, {1}, {0.9}, 0.5};
  EXPECT_EQ(meanFigure(Figure::kAuc, std::vector{both, positivesOnly}), 0.0);
  EXPECT_EQ(meanFigure(Figure::kAuc, std::vector{positivesOnly}), std::nullopt);
  EXPECT_EQ(meanFigure(Figure::kSensitivity, std::vector{both, positivesOnly}), 0.5);
}

TEST(PatientBootstrap, TellsWhatIsNotDefined) {
  const TestSet positivesOnly{{"c"}, {1}, {0.9}, 0.5};
  const auto estimate = patientBootstrap(Figure::kAuc, std::vector{positivesOnly}, {.resamples = 100});
  EXPECT_EQ(estimate.value, std::nullopt);
  EXPECT_EQ(estimate.lower, std::nullopt);
  EXPECT_EQ(estimate.undefinedSets, 1U);
  EXPECT_EQ(estimate.undefinedResamples, 100U);
}

TEST(PatientBootstrap, DoesNotTakeAPatientsSecondStudyForNewEvidence) {
  const TestSet once = simulatedSet(40, 1, 5);
  const TestSet twice = withEveryStudyTwice(once);
  const BootstrapConfig config{.resamples = 500};
  const auto expected = patientBootstrap(Figure::kAuc, std::vector{once}, config);
  const auto grouped = patientBootstrap(Figure::kAuc, std::vector{twice}, config);
  const auto ungrouped = patientBootstrap(Figure::kAuc, std::vector{asPatientsOfTheirOwn(twice)}, config);
  EXPECT_EQ(grouped.lower, expected.lower);
  EXPECT_EQ(grouped.upper, expected.upper);
  EXPECT_LT(*ungrouped.upper - *ungrouped.lower, 0.85 * (*grouped.upper - *grouped.lower));
}

TEST(PatientBootstrap, DoesNotTakeASecondRepeatOfTheSamePatientsForNewEvidence) {
  const TestSet set = simulatedSet(40, 1, 6);
  const BootstrapConfig config{.resamples = 500};
  const auto once = patientBootstrap(Figure::kAuc, std::vector{set}, config);
  const auto repeated = patientBootstrap(Figure::kAuc, std::vector{set, set, set}, config);
  EXPECT_DOUBLE_EQ(*repeated.lower, *once.lower);
  EXPECT_DOUBLE_EQ(*repeated.upper, *once.upper);
}

TEST(PatientBootstrap, DependsOnItsSeedAndNotOnTheOrderOfTheRows) {
  const TestSet set = simulatedSet(30, 1, 7);
  TestSet backwards = set;
  std::reverse(backwards.patients.begin(), backwards.patients.end());
  std::reverse(backwards.labels.begin(), backwards.labels.end());
  std::reverse(backwards.scores.begin(), backwards.scores.end());
  const auto first = patientBootstrap(Figure::kAuc, std::vector{set}, {.resamples = 300, .seed = 4});
  const auto second = patientBootstrap(Figure::kAuc, std::vector{backwards}, {.resamples = 300, .seed = 4});
  const auto other = patientBootstrap(Figure::kAuc, std::vector{set}, {.resamples = 300, .seed = 5});
  EXPECT_EQ(first.lower, second.lower);
  EXPECT_EQ(first.upper, second.upper);
  EXPECT_NE(first.lower, other.lower);
}

TEST(PatientBootstrap, CoversTheTruthAsOftenAsItSays) {
  const double shift = 1.0;
  const double truth = 0.5 * std::erfc(-shift / 2);  // Phi(shift / sqrt 2)
  const int experiments = 200;
  int covered = 0;
  for (int experiment = 0; experiment < experiments; ++experiment) {
    const TestSet set = withEveryStudyTwice(simulatedSet(80, shift, static_cast<std::uint64_t>(experiment)));
    const auto estimate = patientBootstrap(Figure::kAuc, std::vector{set}, {.resamples = 200});
    covered += *estimate.lower <= truth && truth <= *estimate.upper ? 1 : 0;
  }
  // Nominally 190 of 200, with a binomial standard deviation of 3.1; the percentile interval of so few
  // resamples covers a little less.
  EXPECT_GE(covered, 176);
  EXPECT_LE(covered, 199);
}

TEST(PatientBootstrap, HoldsOneHalfForScoresThatKnowNothing) {
  const auto estimate = patientBootstrap(Figure::kAuc, std::vector{simulatedSet(200, 0, 8)}, {});
  EXPECT_LT(*estimate.lower, 0.5);
  EXPECT_GT(*estimate.upper, 0.5);
}

}  // namespace
}  // namespace remnant::measure

#include "remnant/benchmark/division.h"

#include <gtest/gtest.h>

#include <set>

#include "benchmark/tiny_dataset.h"
#include "support/temporary_folder.h"

namespace remnant::benchmark {
namespace {

Protocol foldsOf(int folds, int repeats, SplitSource source) {
  Protocol protocol;
  protocol.folds = folds;
  protocol.repeats = repeats;
  protocol.splits = source;
  return protocol;
}

class Division : public ::testing::Test {
 protected:
  remnant::testing::TemporaryFolder folder_;
  remnant::testing::TinyDataset tiny_{folder_.path(), 12};
  dataset::Dataset dataset_ = tiny_.open();
};

TEST_F(Division, TestsEveryStudyOnceARepeatAndNeverTrainsOnItsPatient) {
  for (const SplitSource source : {SplitSource::kDataset, SplitSource::kSeed}) {
    const int repeats = source == SplitSource::kSeed ? 3 : 1;
    const Protocol protocol = foldsOf(2, repeats, source);
    const auto cases = casesOf(dataset_, protocol);
    const auto folds = divide(dataset_, cases, protocol);
    ASSERT_EQ(folds.size(), static_cast<std::size_t>(2 * repeats));
    std::vector<int> tested(cases.size(), 0);
    for (const Fold& fold : folds) {
      std::set<std::string> trainPatients;
      for (const std::size_t place : fold.train) trainPatients.insert(cases[place].patient);
      for (const std::size_t place : fold.test) {
        ++tested[place];
        EXPECT_FALSE(trainPatients.contains(cases[place].patient));
      }
      EXPECT_EQ(fold.train.size() + fold.test.size(), cases.size());
    }
    EXPECT_EQ(tested, std::vector<int>(cases.size(), repeats));
  }
}

TEST_F(Division, FollowsTheDatasetsOwnSplits) {
  const Protocol protocol = foldsOf(2, 1, SplitSource::kDataset);
  const auto cases = casesOf(dataset_, protocol);
  std::set<std::string> expected, found;
  for (const auto& entry : dataset_.splits())
    if (entry.fold == 1 && entry.part == "test") expected.insert(entry.patient);
  const auto folds = divide(dataset_, cases, protocol);
  for (const std::size_t place : folds[1].test) found.insert(cases[place].patient);
  EXPECT_EQ(found, expected);
}

TEST_F(Division, RefusesSplitsThatTheDatasetDoesNotHold) {
  const Protocol protocol = foldsOf(3, 1, SplitSource::kDataset);
  try {
    divide(dataset_, casesOf(dataset_, protocol), protocol);
    FAIL() << "was accepted";
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), "unfit-splits");
  }
}

TEST(PermuteLabels, KeepsTheNumberOfPositivesAndLabelsOfAPatientTogether) {
  // Twenty patients with two studies each, of which ten have two positives: all runs are alike in length, so
  // every patient gets another patient's pair.
  std::vector<Case> cases;
  for (int patient = 0; patient < 20; ++patient)
    for (int study = 0; study < 2; ++study)
      cases.push_back({"P" + std::to_string(10 + patient), "S", patient % 2});
  auto permuted = cases;
  permuteLabels(permuted, 1);
  int positives = 0, moved = 0;
  for (std::size_t place = 0; place < cases.size(); place += 2) {
    EXPECT_EQ(permuted[place].label, permuted[place + 1].label);
    EXPECT_EQ(permuted[place].patient, cases[place].patient);
    positives += permuted[place].label;
    moved += permuted[place].label != cases[place].label ? 1 : 0;
  }
  EXPECT_EQ(positives, 10);
  EXPECT_GT(moved, 0);
  auto other = cases;
  permuteLabels(other, 2);
  EXPECT_FALSE(std::equal(other.begin(), other.end(), permuted.begin(),
                          [](const Case& left, const Case& right) { return left.label == right.label; }));
}

}  // namespace
}  // namespace remnant::benchmark

#include "remnant/dataset/splits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "remnant/base/random.h"

namespace remnant::dataset {
namespace {

std::vector<PatientSummary> randomPatients(std::size_t count, std::uint64_t seed) {
  RandomStream random(seed, 0);
  std::vector<PatientSummary> patients;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t studies = 1 + random.below(5);
    patients.push_back({"P" + std::to_string(1000 + i), studies, random.below(2) ? random.below(3) : 0});
    patients.back().positives = std::min(patients.back().positives, studies);
  }
  return patients;
}

using Fold = std::map<std::string, std::string>;

std::map<std::pair<int, int>, Fold> foldsOf(const std::vector<SplitEntry>& entries) {
  std::map<std::pair<int, int>, Fold> folds;
  for (const SplitEntry& entry : entries)
    EXPECT_TRUE((folds[{entry.repeat, entry.fold}].emplace(entry.patient, entry.part).second))
        << entry.patient << " stands twice in a fold";
  return folds;
}

std::size_t inPart(const Fold& fold, const std::string& part, const std::vector<PatientSummary>& patients,
                   const auto& chosen) {
  std::size_t count = 0;
  for (const PatientSummary& patient : patients) count += chosen(patient) && fold.at(patient.patient) == part;
  return count;
}

TEST(GroupedKFold, TestsEveryPatientOnceARepeatWhateverTheCohort) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const std::size_t count = 5 + seed * 3;
    const auto patients = randomPatients(count, seed);
    const auto folds = foldsOf(groupedKFold(patients, 5, 2, seed));
    ASSERT_EQ(folds.size(), 10u);
    std::map<std::pair<int, std::string>, int> timesTested;
    for (const auto& [place, fold] : folds) {
      ASSERT_EQ(fold.size(), count) << "each patient stands on one side of each fold";
      for (const auto& [patient, part] : fold) {
        ASSERT_TRUE(part == "train" || part == "test");
        timesTested[{place.first, patient}] += part == "test";
      }
    }
    for (const auto& [patient, times] : timesTested) ASSERT_EQ(times, 1);
  }
}

TEST(GroupedKFold, SharesPatientsAndStrataEvenly) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const auto patients = randomPatients(97, seed);
    const auto folds = foldsOf(groupedKFold(patients, 4, 1, seed));
    const auto spread = [&](const auto& chosen) {
      std::vector<std::size_t> counts;
      for (const auto& [place, fold] : folds) counts.push_back(inPart(fold, "test", patients, chosen));
      const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
      return *most - *least;
    };
    EXPECT_LE(spread([](const PatientSummary&) { return true; }), 1u);
    for (const bool positive : {false, true})
      for (const std::size_t studies : {1u, 2u})
        EXPECT_LE(spread([&](const PatientSummary& patient) {
                    return (patient.positives > 0) == positive && patient.studies == studies;
                  }),
                  1u);
  }
}

auto asTuples(const std::vector<SplitEntry>& entries) {
  std::vector<std::tuple<std::string, int, int, std::string, std::string>> tuples;
  for (const auto& entry : entries)
    tuples.emplace_back(entry.protocol, entry.repeat, entry.fold, entry.patient, entry.part);
  return tuples;
}

TEST(GroupedKFold, DependsOnSeedAndRepeatButNotOnOrder) {
  auto patients = randomPatients(40, 9);
  const auto entries = asTuples(groupedKFold(patients, 5, 3, 17));
  std::reverse(patients.begin(), patients.end());
  EXPECT_EQ(asTuples(groupedKFold(patients, 5, 3, 17)), entries);
  EXPECT_NE(asTuples(groupedKFold(patients, 5, 3, 18)), entries);
  const auto once = asTuples(groupedKFold(patients, 5, 1, 17));
  EXPECT_TRUE(std::equal(once.begin(), once.end(), entries.begin()));
  const auto folds = foldsOf(groupedKFold(patients, 5, 2, 17));
  EXPECT_NE(folds.at({0, 0}), folds.at({1, 0})) << "repeats divide differently";
}

TEST(GroupedKFold, RefusesWhatCannotBeDivided) {
  EXPECT_THROW(groupedKFold(randomPatients(4, 1), 5, 1, 1), InputError);
  EXPECT_THROW(groupedKFold(randomPatients(9, 1), 1, 1, 1), InputError);
  EXPECT_THROW(groupedKFold(randomPatients(9, 1), 3, 0, 1), InputError);
  EXPECT_THROW(groupedKFold({{"P1", 1, 0}, {"P1", 1, 0}, {"P2", 1, 0}}, 2, 1, 1), ProgramError);
}

TEST(GroupedHoldout, GivesSeventyTenAndTwentyOfAHundred) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto patients = randomPatients(200, seed);
    const auto folds = foldsOf(groupedHoldout(patients, seed));
    ASSERT_EQ(folds.size(), 1u);
    const Fold& fold = folds.begin()->second;
    const auto all = [](const PatientSummary&) { return true; };
    EXPECT_EQ(inPart(fold, "train", patients, all), 140u);
    EXPECT_EQ(inPart(fold, "validation", patients, all), 20u);
    EXPECT_EQ(inPart(fold, "test", patients, all), 40u);
    const auto positive = [](const PatientSummary& patient) { return patient.positives > 0; };
    const auto positives = static_cast<double>(std::count_if(patients.begin(), patients.end(), positive));
    EXPECT_NEAR(static_cast<double>(inPart(fold, "test", patients, positive)), 0.2 * positives, 3);
  }
  EXPECT_THROW(groupedHoldout(randomPatients(9, 1), 1), InputError);
}

TEST(SummarisePatients, CountsStudiesAndPositives) {
  const auto study = [](const char* patient, const char* id, int label) {
    Study result;
    result.patient = patient;
    result.study = id;
    result.label = label;
    return result;
  };
  const auto summaries = summarisePatients(
      {study("P2", "S1", 1), study("P1", "S2", 0), study("P2", "S3", 1), study("P2", "S4", 0)});
  ASSERT_EQ(summaries.size(), 2u);
  EXPECT_EQ(summaries[0].patient, "P1");
  EXPECT_EQ(summaries[0].positives, 0u);
  EXPECT_EQ(summaries[1].studies, 3u);
  EXPECT_EQ(summaries[1].positives, 2u);
}

}  // namespace
}  // namespace remnant::dataset

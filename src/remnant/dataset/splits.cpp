#include "remnant/dataset/splits.h"

#include <algorithm>
#include <array>
#include <map>

#include "remnant/base/random.h"

namespace remnant::dataset {
namespace {

/// The places of the generator that divisions draw from: "SPLT" and the protocol.
constexpr std::uint32_t kSplitPlace = 0x53504c54;
constexpr std::uint32_t kFoldPlace = 1;
constexpr std::uint32_t kHoldoutPlace = 2;
/// Patients with more studies than this make one stratum.
constexpr std::size_t kMostStudiesTold = 3;

struct Stratum {
  bool positive;
  std::size_t studies;
  auto operator<=>(const Stratum&) const = default;
};

Stratum stratumOf(const PatientSummary& patient) {
  return {patient.positives > 0, std::min(patient.studies, kMostStudiesTold)};
}

/// All patients, stratum after stratum, at random within each. Dealt out in turn in this order, each stratum
/// and the whole are shared evenly.
std::vector<std::string> dealingOrder(const std::vector<PatientSummary>& sorted, RandomStream& random) {
  std::map<Stratum, std::vector<std::string>> strata;
  for (const PatientSummary& patient : sorted) strata[stratumOf(patient)].push_back(patient.patient);
  std::vector<std::string> order;
  for (auto& [stratum, members] : strata) {
    for (std::size_t left = members.size(); left > 1; --left)
      std::swap(members[left - 1], members[random.below(static_cast<std::uint32_t>(left))]);
    order.insert(order.end(), members.begin(), members.end());
  }
  return order;
}

void sortByPatient(std::vector<PatientSummary>& patients) {
  std::sort(patients.begin(), patients.end(), [](const PatientSummary& left, const PatientSummary& right) {
    return left.patient < right.patient;
  });
  const auto twice = std::adjacent_find(
      patients.begin(), patients.end(),
      [](const PatientSummary& left, const PatientSummary& right) { return left.patient == right.patient; });
  if (twice != patients.end()) throw ProgramError("a patient was given twice to be divided");
}

void requirePatients(std::size_t patients, std::size_t least, const std::string& purpose) {
  if (patients < least)
    throw InputError("too-few-patients", std::to_string(patients) + " patients are too few for " + purpose);
}

}  // namespace

std::vector<PatientSummary> summarisePatients(const std::vector<Study>& studies) {
  std::map<std::string, PatientSummary> summaries;
  for (const Study& study : studies) {
    PatientSummary& summary = summaries[study.patient];
    summary.patient = study.patient;
    ++summary.studies;
    summary.positives += study.label == 1;
  }
  std::vector<PatientSummary> result;
  for (auto& [patient, summary] : summaries) result.push_back(std::move(summary));
  return result;
}

std::vector<SplitEntry> groupedKFold(std::vector<PatientSummary> patients, int folds, int repeats,
                                     std::uint64_t seed) {
  if (folds < 2 || repeats < 1) throw InputError("bad-split", "at least 2 folds and 1 repeat are needed");
  requirePatients(patients.size(), static_cast<std::size_t>(folds), std::to_string(folds) + " folds");
  sortByPatient(patients);
  std::vector<SplitEntry> entries;
  for (int repeat = 0; repeat < repeats; ++repeat) {
    RandomStream random(seed, kSplitPlace, kFoldPlace, static_cast<std::uint32_t>(repeat));
    const auto order = dealingOrder(patients, random);
    const std::size_t start = random.below(static_cast<std::uint32_t>(folds));
    std::map<std::string, int> testFold;
    for (std::size_t place = 0; place < order.size(); ++place)
      testFold[order[place]] = static_cast<int>((place + start) % static_cast<std::size_t>(folds));
    for (int fold = 0; fold < folds; ++fold)
      for (const auto& [patient, test] : testFold)
        entries.push_back({"kfold", repeat, fold, patient, test == fold ? "test" : "train"});
  }
  return entries;
}

std::vector<SplitEntry> groupedHoldout(std::vector<PatientSummary> patients, std::uint64_t seed) {
  // Ten patients in a row give seven, one and two, spread out so that a short stratum is divided fairly too.
  static constexpr std::array<const char*, 10> kParts = {"train", "train", "test", "train", "validation",
                                                         "train", "train", "test", "train", "train"};
  requirePatients(patients.size(), kParts.size(), "a holdout of 70, 10 and 20 %");
  sortByPatient(patients);
  RandomStream random(seed, kSplitPlace, kHoldoutPlace);
  const auto order = dealingOrder(patients, random);
  const std::size_t start = random.below(kParts.size());
  std::map<std::string, std::string> parts;
  for (std::size_t place = 0; place < order.size(); ++place)
    parts[order[place]] = kParts[(place + start) % kParts.size()];
  std::vector<SplitEntry> entries;
  for (const auto& [patient, part] : parts) entries.push_back({"holdout", 0, 0, patient, part});
  return entries;
}

}  // namespace remnant::dataset

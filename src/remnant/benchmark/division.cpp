#include "remnant/benchmark/division.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "remnant/base/random.h"
#include "remnant/dataset/splits.h"

namespace remnant::benchmark {
namespace {

constexpr std::uint32_t kPermutationPlace = 0x5045524D;

[[noreturn]] void refuseSplits(const dataset::Dataset& dataset, const std::string& reason) {
  throw InputError("unfit-splits", reason, (dataset.folder() / "splits.csv").string());
}

std::vector<dataset::SplitEntry> splitsFor(const dataset::Dataset& dataset, const Protocol& protocol) {
  if (protocol.splits == SplitSource::kDataset) return dataset.splits();
  return dataset::groupedKFold(dataset::summarisePatients(dataset.studies()), protocol.folds,
                               protocol.repeats, protocol.splitSeed);
}

/// The part of every patient in one fold.
using Parts = std::map<std::string, std::string>;
using PartsOfFold = std::map<std::pair<int, int>, Parts>;

PartsOfFold partsOf(const dataset::Dataset& dataset, const std::vector<dataset::SplitEntry>& entries,
                    const Protocol& protocol) {
  PartsOfFold parts;
  for (const dataset::SplitEntry& entry : entries) {
    if (entry.protocol != protocol.kind || entry.repeat >= protocol.repeats) continue;
    const auto [place, isNew] = parts[{entry.repeat, entry.fold}].emplace(entry.patient, entry.part);
    if (!isNew)
      refuseSplits(dataset, "patient " + entry.patient + " stands twice in repeat " +
                                std::to_string(entry.repeat) + ", fold " + std::to_string(entry.fold));
  }
  return parts;
}

Fold foldOf(const dataset::Dataset& dataset, const std::vector<Case>& cases, const Parts& parts, int repeat,
            int fold) {
  Fold result{.repeat = repeat, .fold = fold, .train = {}, .test = {}};
  for (std::size_t place = 0; place < cases.size(); ++place) {
    const auto part = parts.find(cases[place].patient);
    if (part == parts.end()) refuseSplits(dataset, "patient " + cases[place].patient + " is in no part");
    (part->second == "test" ? result.test : result.train).push_back(place);
  }
  return result;
}

}  // namespace

std::vector<Case> casesOf(const dataset::Dataset& dataset, const Protocol& protocol) {
  std::vector<Case> cases;
  for (const dataset::Study& study : dataset.studies())
    cases.push_back({study.patient, study.study, study.label});
  std::sort(cases.begin(), cases.end(), [](const Case& left, const Case& right) {
    return std::tie(left.patient, left.study) < std::tie(right.patient, right.study);
  });
  if (protocol.permuteLabels) permuteLabels(cases, protocol.permutationSeed);
  return cases;
}

void permuteLabels(std::vector<Case>& cases, std::uint64_t seed) {
  std::vector<std::vector<int>> runs;
  for (std::size_t place = 0; place < cases.size(); ++place) {
    if (place == 0 || cases[place].patient != cases[place - 1].patient) runs.emplace_back();
    runs.back().push_back(cases[place].label);
  }
  RandomStream random(seed, kPermutationPlace);
  for (std::size_t left = runs.size(); left > 1; --left)
    std::swap(runs[left - 1], runs[random.below(static_cast<std::uint32_t>(left))]);
  std::size_t place = 0;
  for (const auto& run : runs)
    for (const int label : run) cases[place++].label = label;
}

std::vector<Fold> divide(const dataset::Dataset& dataset, const std::vector<Case>& cases,
                         const Protocol& protocol) {
  const PartsOfFold parts = partsOf(dataset, splitsFor(dataset, protocol), protocol);
  if (parts.size() != static_cast<std::size_t>(protocol.folds) * static_cast<std::size_t>(protocol.repeats))
    refuseSplits(dataset, "the protocol asks for " + std::to_string(protocol.repeats) + " repeats of " +
                              std::to_string(protocol.folds) + " folds, which the dataset does not hold");
  std::vector<Fold> folds;
  for (const auto& [place, partsOfPatients] : parts)
    folds.push_back(foldOf(dataset, cases, partsOfPatients, place.first, place.second));
  return folds;
}

}  // namespace remnant::benchmark

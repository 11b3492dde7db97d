#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "remnant/benchmark/protocol.h"
#include "remnant/dataset/dataset.h"

/// Which studies train and which test.
namespace remnant::benchmark {

/// A study as the benchmark sees it.
struct Case {
  std::string patient;
  std::string study;
  int label = 0;
};

/// The dataset's studies sorted by patient and study, with labels permuted where the protocol says so.
std::vector<Case> casesOf(const dataset::Dataset& dataset, const Protocol& protocol);

/// Lays the patients' runs of labels end to end in random order and deals them out to the studies in their
/// own order: as many positives as before, and labels of one patient mostly stay together. The cases are
/// sorted by patient.
void permuteLabels(std::vector<Case>& cases, std::uint64_t seed);

/// One division; places in the vector of cases, ascending.
struct Fold {
  int repeat = 0;
  int fold = 0;
  std::vector<std::size_t> train;
  std::vector<std::size_t> test;
};

/// All folds of all repeats, in order. Throws InputError "unfit-splits" where the dataset's splits.csv has
/// other folds or repeats than the protocol, leaves a patient out, or has one on both sides.
std::vector<Fold> divide(const dataset::Dataset& dataset, const std::vector<Case>& cases,
                         const Protocol& protocol);

}  // namespace remnant::benchmark

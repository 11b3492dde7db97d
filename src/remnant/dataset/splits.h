#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "remnant/dataset/dataset.h"

/// Divisions of a dataset by patient: no patient ever stands on two sides.
namespace remnant::dataset {

/// What a division looks at.
struct PatientSummary {
  std::string patient;
  std::size_t studies = 0;
  std::size_t positives = 0;  ///< studies of label 1
};

/// One summary a patient, ordered by patient.
std::vector<PatientSummary> summarisePatients(const std::vector<Study>& studies);

/// K folds, each once the test set, R times over (protocol "kfold"; repeat and fold count from 0). Stratified
/// on whether a patient has any positive study and on the number of studies: fold sizes differ by at most one
/// patient, over all and within each stratum. Repeat r depends on the seed and r alone, so that a division
/// with fewer repeats is the beginning of one with more. The order of the patients given does not matter.
/// Ordered by repeat, fold, patient. Throws InputError "too-few-patients" where there are fewer patients than
/// folds, "bad-split" for fewer than 2 folds or 1 repeat.
std::vector<SplitEntry> groupedKFold(std::vector<PatientSummary> patients, int folds, int repeats,
                                     std::uint64_t seed);

/// One division into 70 % train, 10 % validation, 20 % test (protocol "holdout", repeat 0, fold 0),
/// stratified likewise. Throws InputError "too-few-patients" below 10 patients.
std::vector<SplitEntry> groupedHoldout(std::vector<PatientSummary> patients, std::uint64_t seed);

}  // namespace remnant::dataset

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "remnant/benchmark/run_folder.h"

/// Which studies the gallery shows.
namespace remnant::benchmark {

/// A study as a contestant read it: means over the fits that scored it.
struct ScoredCase {
  std::string patient;
  std::string study;
  int label = 0;
  double score = 0;
  double threshold = 0;  ///< mean of the fits' own thresholds
  std::size_t fits = 0;
  bool readAsPositive() const { return score >= threshold; }
  double confidence() const { return score > threshold ? score - threshold : threshold - score; }
};

/// The four corners of a confusion matrix, the most confident first.
struct CaseGroups {
  std::vector<ScoredCase> truePositives;
  std::vector<ScoredCase> trueNegatives;
  std::vector<ScoredCase> falsePositives;
  std::vector<ScoredCase> falseNegatives;
};

/// Every study that the contestant scored on the image set, in the order of scores.csv.
std::vector<ScoredCase> scoredCases(const Run& run, const std::string& imageSet,
                                    const std::string& contestant);

/// At most casesPerGroup of each group, at most one a patient; ties go to the lesser study name.
CaseGroups chooseCases(const std::vector<ScoredCase>& cases, std::size_t casesPerGroup);

/// The contestant whose cases are shown: the network of the largest area under the curve, or, where no
/// network ran, the best contestant.
std::string shownContestant(const Run& run, const std::string& imageSet);

}  // namespace remnant::benchmark

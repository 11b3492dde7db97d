#pragma once

#include <string>
#include <vector>

#include "remnant/quantify/cohort_judgement.h"
#include "remnant/quantify/study_quantification.h"

/// What `remnant quantify --json` prints. Quantities that do not exist are null.
namespace remnant::quantify {

/// A study's answer: its foci, or why there is none.
struct StudyAnswer {
  std::string studyInstanceUid;
  std::optional<Refusal> refusal;
  std::vector<std::string> inputs, warnings;
  std::vector<FocusAnswer> foci;
};

std::string jsonOf(const std::vector<StudyAnswer>& studies);
std::string jsonOf(const CohortJudgement& judgement);

}  // namespace remnant::quantify

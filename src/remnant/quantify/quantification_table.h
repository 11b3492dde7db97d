#pragma once

#include <string>

#include "remnant/base/csv.h"
#include "remnant/quantify/cohort_judgement.h"
#include "remnant/quantify/study_answer.h"

/// What `remnant quantify` prints for people, in lines of at most 100 columns but for the sentences of
/// refusals and warnings.
namespace remnant::quantify {

std::string tableOf(const Quantification& quantification);
std::string tableOf(const CohortJudgement& judgement);

/// One row an estimate or refusal: studyInstanceUid, focus, medium, method, quantity, truth, estimate,
/// statistical, systematic, lower, upper, bound, anteriorCounts, isolated (1 or 0), refusal. In the order of
/// the studies' folders; the quantity's unit is in its name.
CsvTable rowsOf(const CohortJudgement& judgement);

}  // namespace remnant::quantify

#pragma once

#include <string>

#include "remnant/quantify/cohort_judgement.h"
#include "remnant/quantify/study_answer.h"

/// What `remnant quantify` prints for people, in lines of at most 100 columns but for the sentences of
/// refusals and warnings.
namespace remnant::quantify {

std::string tableOf(const Quantification& quantification);
std::string tableOf(const CohortJudgement& judgement);

}  // namespace remnant::quantify

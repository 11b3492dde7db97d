#pragma once

#include <string>
#include <vector>

#include "remnant/phantom/cohort.h"

namespace remnant::phantom {

/// One number of a cohort: its place in the file ("course.therapyHours.least"), where it is kept, what is
/// allowed.
struct CohortField {
  std::string key;
  double* value;
  double least;
  double most;
};

/// All numbers of a cohort, in the order of the file; those of the centres are apart.
std::vector<CohortField> cohortFields(Cohort& cohort);
std::vector<CohortField> centreFields(Centre& centre);

/// The texts of a centre.
struct CentreText {
  std::string key;
  std::string* value;
};
std::vector<CentreText> centreTexts(Centre& centre);

}  // namespace remnant::phantom

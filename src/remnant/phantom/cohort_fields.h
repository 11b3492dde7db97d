#pragma once

#include <string>
#include <vector>

#include "remnant/phantom/cohort.h"

namespace remnant::phantom {

enum class NumberKind { kAny, kWhole, kEven };

/// One number of a cohort: its place in the file ("course.therapyHours.least"), where it is kept, what is
/// allowed.
struct CohortField {
  std::string key;
  double* value;
  double least;
  double most;
  std::vector<double> choices = {};  ///< these alone; empty: all of the kind from least to most
  NumberKind kind = NumberKind::kAny;

  bool allows(double number) const;
  std::string allowedText() const;  ///< "0 to 1", "128 and 256", "even numbers from 32 to 128"
};

/// All numbers of a cohort, in the order of the file; those of the centres are apart.
std::vector<CohortField> cohortFields(Cohort& cohort);
std::vector<CohortField> centreFields(Centre& centre);

/// A text of a cohort or a centre.
struct CohortText {
  std::string key;
  std::string* value;
  std::vector<std::string> allowed;  ///< empty: any
  bool required = false;
};
std::vector<CohortText> cohortTexts(Cohort& cohort);
std::vector<CohortText> centreTexts(Centre& centre);

/// A yes or no of a cohort.
struct CohortFlag {
  std::string key;
  bool* value;
};
std::vector<CohortFlag> cohortFlags(Cohort& cohort);

}  // namespace remnant::phantom

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "remnant/base/csv.h"
#include "remnant/scintigraphy/acquired_study.h"

/// What a person says of the doses of studies: many objects hold the activity without the time it was given.
namespace remnant::quantify {

struct ToldDose {
  std::optional<double> doseMBq;
  std::optional<double> hoursFromDose;  ///< from the administration to the start of the study's first object
};

/// By StudyInstanceUID, from a table with the columns studyInstanceUid, doseMBq, hoursFromDose; an empty cell
/// leaves what the objects say. Throws InputError "missing-column", "bad-number", and "bad-dose" for an
/// activity outside 1e-6 to 1e5 MBq or a time outside 0 to 1440 h.
std::map<std::string, ToldDose> readDoses(const CsvTable& table);

/// Puts what is told in the place of what the objects say, with a warning where they said something else. A
/// time is of no use to a study whose objects do not tell when they start.
void setDoses(const std::map<std::string, ToldDose>& doses,
              std::vector<scintigraphy::AcquiredStudy>& studies);

}  // namespace remnant::quantify

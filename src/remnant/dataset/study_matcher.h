#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "remnant/base/csv.h"
#include "remnant/dataset/catalogue.h"
#include "remnant/deid/key.h"

namespace remnant::dataset {

/// Finds the study of the catalogue that a row of a user's table speaks of: by `patientId,studyInstanceUid`,
/// which the key turns into pseudonyms in memory, or by the pseudonyms `patient,study`.
class StudyMatcher {
 public:
  /// Throws InputError "other-key" where the key is not the catalogue's.
  StudyMatcher(const Catalogue& catalogue, std::optional<deid::Key> key);

  /// The pseudonym of the study for each row; all must match. Rows that match nothing are listed on stderr by
  /// their line, never by what stands in them, and then InputError "unmatched-rows" is thrown. Throws
  /// InputError "missing-column" where neither pair of columns is there, and "key-needed" where the first is
  /// and no key was given.
  std::vector<std::string> match(const CsvTable& table, const std::string& path) const;

 private:
  std::optional<std::string> matchRow(const CsvTable& table, std::size_t row, bool original) const;

  std::map<std::string, std::string> patientOfStudy_;
  std::optional<deid::Key> key_;
};

}  // namespace remnant::dataset

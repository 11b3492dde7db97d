#include "remnant/dataset/study_matcher.h"

#include "remnant/base/progress.h"

namespace remnant::dataset {

StudyMatcher::StudyMatcher(const Catalogue& catalogue, std::optional<deid::Key> key) : key_(std::move(key)) {
  if (key_) catalogue.requireKey(key_->keyId());
  for (const CatalogueStudy& study : catalogue.studies()) patientOfStudy_[study.study] = study.patient;
}

std::optional<std::string> StudyMatcher::matchRow(const CsvTable& table, std::size_t row,
                                                  bool original) const {
  const std::string patient =
      original ? key_->patientPseudonym(table.text(row, "patientId")) : table.text(row, "patient");
  const std::string study =
      original ? key_->studyPseudonym(table.text(row, "studyInstanceUid")) : table.text(row, "study");
  const auto found = patientOfStudy_.find(study);
  if (found == patientOfStudy_.end() || found->second != patient) return std::nullopt;
  return study;
}

std::vector<std::string> StudyMatcher::match(const CsvTable& table, const std::string& path) const {
  const bool original = table.hasColumn("patientId") && table.hasColumn("studyInstanceUid");
  if (!original && !(table.hasColumn("patient") && table.hasColumn("study")))
    throw InputError("missing-column",
                     "the table needs the columns patientId and studyInstanceUid, or patient and study",
                     path);
  if (original && !key_)
    throw InputError("key-needed", "original identifiers need --key, the key the archive was ingested with",
                     path);
  std::vector<std::string> studies;
  std::size_t unmatched = 0;
  for (std::size_t row = 0; row < table.rowCount(); ++row) {
    if (const auto study = matchRow(table, row, original)) {
      studies.push_back(*study);
      continue;
    }
    ++unmatched;
    say(path + ": line " + std::to_string(table.line(row)) + " matches no study of the catalogue");
  }
  if (unmatched > 0)
    throw InputError("unmatched-rows",
                     std::to_string(unmatched) + " of " + std::to_string(table.rowCount()) +
                         " rows match no patient and study of the catalogue",
                     path);
  return studies;
}

}  // namespace remnant::dataset

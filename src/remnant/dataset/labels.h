#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "remnant/dataset/study_matcher.h"

namespace remnant::dataset {

/// What the user's table says of one study.
struct StudyLabel {
  int label = 0;  ///< 1: residual thyroid tissue; 0: none
  std::optional<double> tshMilliUnitsPerL;
  std::optional<double> thyroglobulinNgPerMl;
  bool operator==(const StudyLabel&) const = default;
};

/// Labels by the study's pseudonym. Columns: those of StudyMatcher, `label`, and where they are there
/// `tshMilliUnitsPerL` and `thyroglobulinNgPerMl`; others are named on stderr and not used. A row that stands
/// twice alike is one. Throws InputError "bad-label" (anything but 0 and 1), "contradictory-labels" (one
/// study, two answers), "bad-value" (a laboratory value below zero), each with its line and without the
/// cell's text, which may be an identity; "no-labels" (a header alone), "missing-column", "bad-number", and
/// those of StudyMatcher::match.
std::map<std::string, StudyLabel> readLabels(const std::filesystem::path& path, const StudyMatcher& matcher);

/// SHA-256 of the labels in a fixed order, in hexadecimal: the same for original identifiers and pseudonyms.
std::string labelsDigest(const std::map<std::string, StudyLabel>& labels);

}  // namespace remnant::dataset

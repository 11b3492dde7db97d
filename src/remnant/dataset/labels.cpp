#include "remnant/dataset/labels.h"

#include <algorithm>
#include <array>

#include "remnant/base/progress.h"
#include "remnant/base/sha256.h"

namespace remnant::dataset {
namespace {

constexpr std::array kColumns{"patientId",         "studyInstanceUid",    "patient", "study", "label",
                              "tshMilliUnitsPerL", "thyroglobulinNgPerMl"};

void tellUnusedColumns(const CsvTable& table, const std::string& path) {
  std::string unused;
  for (const std::string& column : table.columns())
    if (std::find(kColumns.begin(), kColumns.end(), column) == kColumns.end())
      unused += (unused.empty() ? "" : ", ") + column;
  if (!unused.empty()) say(path + ": columns not used: " + unused);
}

std::optional<double> laboratoryValue(const CsvTable& table, std::size_t row, const std::string& path,
                                      const char* column) {
  if (!table.hasColumn(column)) return std::nullopt;
  const std::optional<double> value = table.number(row, column);
  if (value && *value < 0)
    throw InputError("bad-value", "line " + std::to_string(table.line(row)) + ": a value below zero", path,
                     column);
  return value;
}

StudyLabel labelOf(const CsvTable& table, std::size_t row, const std::string& path) {
  const std::string& text = table.text(row, "label");
  if (text != "0" && text != "1")
    throw InputError("bad-label",
                     "line " + std::to_string(table.line(row)) +
                         ": the label is neither 0 (no residual tissue) nor 1 (residual tissue)",
                     path, "label");
  return {.label = text == "1",
          .tshMilliUnitsPerL = laboratoryValue(table, row, path, "tshMilliUnitsPerL"),
          .thyroglobulinNgPerMl = laboratoryValue(table, row, path, "thyroglobulinNgPerMl")};
}

}  // namespace

std::map<std::string, StudyLabel> readLabels(const std::filesystem::path& path, const StudyMatcher& matcher) {
  CsvTable table = CsvTable::read(path);
  table.hideCells();
  const auto studies = matcher.match(table, path.string());
  if (table.rowCount() == 0)
    throw InputError("no-labels", "the table has a header and no row", path.string());
  tellUnusedColumns(table, path.string());
  std::map<std::string, StudyLabel> labels;
  for (std::size_t row = 0; row < table.rowCount(); ++row) {
    const StudyLabel label = labelOf(table, row, path.string());
    const auto [place, isNew] = labels.emplace(studies[row], label);
    if (!isNew && place->second != label)
      throw InputError(
          "contradictory-labels",
          "line " + std::to_string(table.line(row)) + " says something else of a study than an earlier line",
          path.string());
  }
  return labels;
}

std::string labelsDigest(const std::map<std::string, StudyLabel>& labels) {
  Sha256 digest;
  for (const auto& [study, label] : labels)
    digest.update(study + "," + std::to_string(label.label) + "," + numberText(label.tshMilliUnitsPerL) +
                  "," + numberText(label.thyroglobulinNgPerMl) + "\n");
  return toHex(digest.finish());
}

}  // namespace remnant::dataset

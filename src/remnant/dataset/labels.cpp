#include "remnant/dataset/labels.h"

#include "remnant/base/sha256.h"

namespace remnant::dataset {
namespace {

StudyLabel labelOf(const CsvTable& table, std::size_t row, const std::string& path) {
  const std::string& text = table.text(row, "label");
  if (text != "0" && text != "1")
    throw InputError("bad-label",
                     "line " + std::to_string(table.line(row)) + ": the label '" + text +
                         "' is neither 0 (no residual tissue) nor 1 (residual tissue)",
                     path, "label");
  const auto optionalNumber = [&](const char* column) {
    return table.hasColumn(column) ? table.number(row, column) : std::nullopt;
  };
  return {.label = text == "1",
          .tshMilliUnitsPerL = optionalNumber("tshMilliUnitsPerL"),
          .thyroglobulinNgPerMl = optionalNumber("thyroglobulinNgPerMl")};
}

}  // namespace

std::map<std::string, StudyLabel> readLabels(const std::filesystem::path& path, const StudyMatcher& matcher) {
  const CsvTable table = CsvTable::read(path);
  const auto studies = matcher.match(table, path.string());
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

#include "remnant/quantify/judgement_parts.h"

#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "remnant/quantify/judgement_rows.h"

namespace remnant::quantify {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSettingsFile = "remnant-judgement";

}  // namespace

JudgementParts::JudgementParts(fs::path folder, const std::string& settings) : folder_(std::move(folder)) {
  const fs::path settingsFile = folder_ / kSettingsFile;
  if (fs::exists(settingsFile) && readWholeFile(settingsFile) == settings) {
    removeAbandonedTemporaries(folder_);
    return;
  }
  if (fs::exists(folder_) && !fs::exists(settingsFile) && !fs::is_empty(folder_))
    throw InputError("not-a-judgement",
                     "stands where finished studies are to be kept, and holds other things",
                     folder_.string());
  fs::remove_all(folder_);
  createFolder(folder_);
  writeWholeFile(settingsFile, settings);
}

fs::path JudgementParts::fileOf(std::size_t number) const {
  return folder_ / fmt::format("{}.csv", number);
}

/// The studies stand in the first line: of some nothing may have been judged.
std::optional<JudgedPart> JudgementParts::read(std::size_t number) const {
  const fs::path file = fileOf(number);
  if (!fs::exists(file)) return std::nullopt;
  const std::string text = readWholeFile(file);
  const std::size_t end = text.find('\n');
  if (end == std::string::npos) throw InputError("bad-row", "has no line of studies", file.string());
  JudgedPart part;
  std::istringstream studies(text.substr(0, end));
  for (std::string study; studies >> study;) part.studies.push_back(study);
  part.judged = judgedOf(CsvTable::parse(std::string_view(text).substr(end + 1), file.string()));
  return part;
}

void JudgementParts::write(std::size_t number, const JudgedPart& part) const {
  writeWholeFile(fileOf(number),
                 fmt::format("{}\n{}", fmt::join(part.studies, " "), rowsOf(part.judged).toText()));
}

}  // namespace remnant::quantify

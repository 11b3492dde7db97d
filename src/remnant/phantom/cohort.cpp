#include "remnant/phantom/cohort.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "remnant/phantom/cohort_file.h"

namespace remnant::phantom {
namespace {

Centre readCentre(const CohortFile& file, const toml::table& table, const Cohort& cohort) {
  Centre centre;
  std::set<std::string> known;
  for (const CohortField& field : centreFields(centre)) {
    file.readNumber(table, field, "centre." + field.key);
    known.insert(field.key);
  }
  for (const CohortText& text : centreTexts(centre)) {
    file.readText(table, text, "centre." + text.key);
    known.insert(text.key);
  }
  file.refuseUnknown(table, known, "");
  checkCentre(file, table, cohort, centre);
  return centre;
}

std::vector<Centre> readCentres(const CohortFile& file, const Cohort& cohort) {
  const toml::node* node = file.table().get("centre");
  const toml::array* array = node ? node->as_array() : nullptr;
  if (!array || array->empty() || !array->is_array_of_tables())
    file.refuse(node ? node->source() : file.table().source(), "centre",
                "must be one or more tables [[centre]]");
  std::vector<Centre> centres;
  double shares = 0;
  for (const toml::node& entry : *array) {
    centres.push_back(readCentre(file, *entry.as_table(), cohort));
    shares += centres.back().share;
  }
  checkSerials(file, *array, centres);
  if (shares <= 0) file.refuse(array->source(), "centre.share", "is zero in every centre");
  return centres;
}

Cohort readTable(const CohortFile& file) {
  Cohort cohort;
  for (const CohortField& field : cohortFields(cohort)) file.readNumber(file.table(), field, field.key);
  for (const CohortText& text : cohortTexts(cohort)) file.readText(file.table(), text, text.key);
  for (const CohortFlag& flag : cohortFlags(cohort)) file.readFlag(flag);
  file.readWindows(cohort.acquisition.windows);
  std::set<std::string> known{"centre"};
  for (const std::string& key : cohortKeys()) known.insert(key);
  file.refuseUnknown(file.table(), known, "");
  checkTogether(file, cohort);
  cohort.centres = readCentres(file, cohort);
  return cohort;
}

std::vector<std::filesystem::path> cohortFolders() {
  std::vector<std::filesystem::path> folders;
  if (const char* folder = std::getenv("REMNANT_COHORTS")) folders.emplace_back(folder);
  folders.emplace_back(REMNANT_COHORTS_INSTALLED);
  folders.emplace_back(REMNANT_COHORTS_SOURCE);
  return folders;
}

std::string namesIn(const std::vector<std::filesystem::path>& folders) {
  std::set<std::string> names;
  for (const auto& folder : folders) {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
      if (entry.path().extension() == ".toml") names.insert(entry.path().stem().string());
  }
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

double Normal::draw(RandomStream& random) const {
  return std::clamp(random.normal(mean, standardDeviation), least, most);
}

double LogNormal::draw(RandomStream& random) const {
  return std::clamp(random.logNormal(median, sigmaLog), least, most);
}

Cohort parseCohort(std::string_view toml, const std::string& fileName) {
  toml::table table;
  try {
    table = toml::parse(toml, fileName);
  } catch (const toml::parse_error& error) {
    throw InputError("bad-cohort", fmt::format("line {}: {}", error.source().begin.line, error.description()),
                     fileName);
  }
  return readTable(CohortFile(table, fileName));
}

Cohort readCohort(const std::filesystem::path& path) {
  return parseCohort(readWholeFile(path), path.string());
}

std::filesystem::path findCohort(const std::string& nameOrFile) {
  if (std::filesystem::is_regular_file(nameOrFile)) return nameOrFile;
  const std::vector<std::filesystem::path> folders = cohortFolders();
  for (const auto& folder : folders)
    if (auto path = folder / (nameOrFile + ".toml"); std::filesystem::is_regular_file(path)) return path;
  throw InputError("no-such-cohort", fmt::format("there is no cohort file or name '{}'; the names are: {}",
                                                 nameOrFile, namesIn(folders)));
}

std::vector<std::string> cohortKeys() {
  Cohort cohort;
  std::vector<std::string> keys{"acquisition.windows"};
  for (const CohortField& field : cohortFields(cohort)) keys.push_back(field.key);
  for (const CohortText& text : cohortTexts(cohort)) keys.push_back(text.key);
  for (const CohortFlag& flag : cohortFlags(cohort)) keys.push_back(flag.key);
  return keys;
}

std::optional<physics::Window> windowNamed(const std::string& name, const physics::Nuclide& nuclide) {
  if (name == "photopeak") return physics::windowAround(nuclide.photopeakKeV, 20);
  struct Named {
    const char *nuclide, *name;
    physics::Window window;
  };
  // The windows of MEDIRAD (I-131), of OpenGATE's cameras (I-123) and of the usual dual and triple windows.
  static const std::array<Named, 7> kScatterWindows{{{"Tc-99m", "lower", {114, 126}},
                                                     {"Tc-99m", "wide", {92, 125}},
                                                     {"I-123", "lower", {125, 143.1}},
                                                     {"I-123", "upper", {174.9, 195}},
                                                     {"I-131", "lower", physics::windowAround(318, 6)},
                                                     {"I-131", "upper", physics::windowAround(413, 6)},
                                                     {"I-131", "wide", {260, 320}}}};
  for (const Named& entry : kScatterWindows)
    if (nuclide.name == entry.nuclide && name == entry.name) return entry.window;
  return std::nullopt;
}

}  // namespace remnant::phantom

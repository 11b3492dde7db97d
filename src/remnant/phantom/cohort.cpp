#include "remnant/phantom/cohort.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

#include "remnant/base/atomic_file.h"
#include "remnant/base/csv.h"
#include "remnant/base/error.h"
#include "remnant/phantom/cohort_fields.h"

namespace remnant::phantom {
namespace {

/// The name of a cohort file, for its errors.
struct CohortText {
  std::string file;

  [[noreturn]] void refuse(const toml::source_region& where, const std::string& key,
                           const std::string& problem) const {
    throw InputError("bad-cohort", fmt::format("line {}: {} {}", where.begin.line, key, problem), file, key);
  }

  void readNumber(const toml::table& table, const CohortField& field, const std::string& shownKey) const {
    const auto node = table.at_path(field.key);
    if (!node) return;
    const toml::source_region& where = node.node()->source();
    const auto number = node.value<double>();
    if (!node.is_number() || !number || !std::isfinite(*number)) refuse(where, shownKey, "must be a number");
    if (*number < field.least || *number > field.most)
      refuse(where, shownKey,
             fmt::format("is {}, allowed are {} to {}", numberText(*number), numberText(field.least),
                         numberText(field.most)));
    *field.value = *number;
  }

  void readText(const toml::table& table, const std::string& key, std::string& value) const {
    const auto node = table.at_path(key);
    if (!node) return;
    const auto text = node.value<std::string>();
    if (!node.is_string() || text->empty())
      refuse(node.node()->source(), key, "must be a text that is not empty");
    value = *text;
  }

  /// Every key of the table must be known; `prefix` is the path to it.
  void refuseUnknown(const toml::table& table, const std::set<std::string>& known,
                     const std::string& prefix) const {
    for (const auto& [key, node] : table) {
      const std::string path = prefix + std::string(key.str());
      if (known.contains(path)) continue;
      if (!node.is_table()) refuse(key.source(), path, "is not a key of a cohort");
      const bool section = std::any_of(known.begin(), known.end(),
                                       [&](const std::string& name) { return name.starts_with(path + "."); });
      if (!section) refuse(key.source(), path, "is not a section of a cohort");
      refuseUnknown(*node.as_table(), known, path + ".");
    }
  }

  Centre readCentre(const toml::table& table) const {
    Centre centre;
    std::set<std::string> known;
    for (const CohortField& field : centreFields(centre)) {
      readNumber(table, field, "centre." + field.key);
      known.insert(field.key);
    }
    for (const CentreText& text : centreTexts(centre)) {
      readText(table, text.key, *text.value);
      if (text.value->empty()) refuse(table.source(), "centre." + text.key, "is missing");
      known.insert(text.key);
    }
    refuseUnknown(table, known, "");
    return centre;
  }

  std::vector<Centre> readCentres(const toml::table& table) const {
    const toml::node* node = table.get("centre");
    const toml::array* array = node ? node->as_array() : nullptr;
    if (!array || array->empty() || !array->is_array_of_tables())
      refuse(node ? node->source() : table.source(), "centre", "must be one or more tables [[centre]]");
    std::vector<Centre> centres;
    double shares = 0;
    for (const toml::node& entry : *array) {
      centres.push_back(readCentre(*entry.as_table()));
      shares += centres.back().share;
    }
    if (shares <= 0) refuse(array->source(), "centre.share", "is zero in every centre");
    return centres;
  }

  /// What no single number can tell: ends of ranges in order, shares that leave room.
  void checkTogether(const toml::table& table, Cohort& cohort) const {
    const auto lineOf = [&](const std::string& key) {
      const auto node = table.at_path(key);
      return node ? node.node()->source() : table.source();
    };
    const std::vector<CohortField> fields = cohortFields(cohort);
    for (std::size_t index = 0; index + 1 < fields.size(); ++index) {
      const std::string& key = fields[index].key;
      if (key.ends_with(".least") && *fields[index].value > *fields[index + 1].value)
        refuse(lineOf(key), key, fmt::format("is more than {}", fields[index + 1].key));
    }
    if (cohort.person.firstYear > cohort.person.lastYear)
      refuse(lineOf("person.firstYear"), "person.firstYear", "is after person.lastYear");
    if (cohort.course.oneStudyShare + cohort.course.twoStudiesShare > 1)
      refuse(lineOf("course.oneStudyShare"), "course.oneStudyShare", "and twoStudiesShare exceed 1 together");
    if (cohort.course.startDiagnosticShare + cohort.course.startFollowUpShare > 1)
      refuse(lineOf("course.startDiagnosticShare"), "course.startDiagnosticShare",
             "and startFollowUpShare exceed 1 together");
  }
};

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
  const CohortText text{fileName};
  toml::table table;
  try {
    table = toml::parse(toml, fileName);
  } catch (const toml::parse_error& error) {
    throw InputError("bad-cohort", fmt::format("line {}: {}", error.source().begin.line, error.description()),
                     fileName);
  }
  Cohort cohort;
  std::set<std::string> known{"name", "description", "centre"};
  text.readText(table, "name", cohort.name);
  text.readText(table, "description", cohort.description);
  for (const CohortField& field : cohortFields(cohort)) {
    text.readNumber(table, field, field.key);
    known.insert(field.key);
  }
  text.refuseUnknown(table, known, "");
  text.checkTogether(table, cohort);
  cohort.centres = text.readCentres(table);
  return cohort;
}

Cohort readCohort(const std::filesystem::path& path) {
  return parseCohort(readWholeFile(path), path.string());
}

std::filesystem::path findCohort(const std::string& nameOrFile) {
  if (std::filesystem::is_regular_file(nameOrFile)) return nameOrFile;
  const std::vector<std::filesystem::path> folders = cohortFolders();
  for (const auto& folder : folders)
    if (const auto path = folder / (nameOrFile + ".toml"); std::filesystem::is_regular_file(path))
      return path;
  throw InputError("no-such-cohort", fmt::format("there is no cohort file or name '{}'; the names are: {}",
                                                 nameOrFile, namesIn(folders)));
}

std::vector<std::string> cohortKeys() {
  Cohort cohort;
  std::vector<std::string> keys;
  for (const CohortField& field : cohortFields(cohort)) keys.push_back(field.key);
  return keys;
}

}  // namespace remnant::phantom

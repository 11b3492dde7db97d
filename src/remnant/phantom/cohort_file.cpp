#include "remnant/phantom/cohort_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "remnant/base/csv.h"
#include "remnant/base/error.h"

namespace remnant::phantom {

const toml::source_region& CohortFile::placeOf(const std::string& key) const {
  if (const auto node = table_.at_path(key)) return node.node()->source();
  const std::size_t dot = key.rfind('.');
  return dot == std::string::npos ? table_.source() : placeOf(key.substr(0, dot));
}

void CohortFile::refuse(const toml::source_region& where, const std::string& key,
                        const std::string& problem) const {
  throw InputError("bad-cohort", fmt::format("line {}: {} {}", where.begin.line, key, problem), file_, key);
}

void CohortFile::readNumber(const toml::table& table, const CohortField& field,
                            const std::string& shownKey) const {
  const auto node = table.at_path(field.key);
  if (!node) return;
  const toml::source_region& where = node.node()->source();
  const auto number = node.value<double>();
  if (!node.is_number() || !number || !std::isfinite(*number))
    refuse(where, shownKey, "must be a number, allowed are " + field.allowedText());
  if (!field.allows(*number))
    refuse(where, shownKey, fmt::format("is {}, allowed are {}", numberText(*number), field.allowedText()));
  *field.value = *number;
}

void CohortFile::readText(const toml::table& table, const CohortText& text,
                          const std::string& shownKey) const {
  const auto node = table.at_path(text.key);
  if (!node) {
    if (text.required) refuse(table.source(), shownKey, "is missing");
    return;
  }
  const toml::source_region& where = node.node()->source();
  const auto value = node.value<std::string>();
  if (!node.is_string() || value->empty()) refuse(where, shownKey, "must be a text that is not empty");
  if (!text.allowed.empty() &&
      std::find(text.allowed.begin(), text.allowed.end(), *value) == text.allowed.end())
    refuse(where, shownKey, fmt::format("is '{}', allowed are {}", *value, fmt::join(text.allowed, ", ")));
  *text.value = *value;
}

void CohortFile::readFlag(const CohortFlag& flag) const {
  const auto node = table_.at_path(flag.key);
  if (!node) return;
  const auto value = node.value_exact<bool>();
  if (!value) refuse(node.node()->source(), flag.key, "must be true or false");
  *flag.value = *value;
}

void CohortFile::readWindows(std::vector<std::string>& windows) const {
  const std::string key = "acquisition.windows";
  const auto node = table_.at_path(key);
  if (!node) return;
  const toml::array* list = node.as_array();
  if (!list || list->empty()) refuse(key, "must be a list of windows, photopeak first");
  windows.clear();
  for (const toml::node& element : *list) {
    const auto name = element.value_exact<std::string>();
    const bool known =
        name && (*name == "photopeak" || *name == "lower" || *name == "upper" || *name == "wide");
    if (!known)
      refuse(element.source(), key, "names an unknown window, allowed are photopeak, lower, upper, wide");
    if (std::find(windows.begin(), windows.end(), *name) != windows.end())
      refuse(element.source(), key, fmt::format("names '{}' twice", *name));
    windows.push_back(*name);
  }
  if (windows.front() != "photopeak") refuse(key, "must begin with photopeak");
}

void CohortFile::refuseUnknown(const toml::table& table, const std::set<std::string>& known,
                               const std::string& prefix) const {
  for (const auto& [key, node] : table) {
    const std::string path = prefix + std::string(key.str());
    if (known.contains(path)) continue;
    std::vector<std::string> within;
    for (const std::string& name : known)
      if (name.starts_with(path + ".")) within.push_back(name.substr(path.size() + 1));
    if (!node.is_table())
      refuse(key.source(), path,
             within.empty() ? "is not a key of a cohort"
                            : fmt::format("must be a table of {}", fmt::join(within, ", ")));
    if (within.empty()) refuse(key.source(), path, "is not a section of a cohort");
    refuseUnknown(*node.as_table(), known, path + ".");
  }
}

}  // namespace remnant::phantom

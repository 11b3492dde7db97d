#include "remnant/configuration/toml_fields.h"

#include <algorithm>
#include <cctype>

#include "remnant/base/atomic_file.h"
#include "remnant/base/csv.h"

namespace remnant::configuration {
namespace {

std::string rangeText(double least, double most) {
  return "from " + numberText(least) + " to " + numberText(most);
}

std::string choiceText(const std::vector<std::string>& allowed) {
  std::string text = "one of";
  for (const std::string& choice : allowed) text += " \"" + choice + "\"";
  return text;
}

bool isName(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char character) {
    return std::isalnum(character) != 0 || character == '-';
  });
}

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestPath = 4096;

bool isForPeople(const std::string& text, std::size_t longest) {
  return !text.empty() && text.size() <= longest &&
         std::none_of(text.begin(), text.end(),
                      [](unsigned char character) { return std::iscntrl(character) != 0; });
}

}  // namespace

toml::table readToml(const std::filesystem::path& path, const std::string& code) {
  const std::string text = readWholeFile(path);
  try {
    return toml::parse(text, path.string());
  } catch (const toml::parse_error& error) {
    throw InputError(
        code, "line " + std::to_string(error.source().begin.line) + ": " + std::string(error.description()),
        path.string());
  }
}

void TomlFields::refuseAt(const toml::node& node, const std::string& key, const std::string& reason) const {
  throw InputError(code_, "line " + std::to_string(node.source().begin.line) + ": " + reason, file_,
                   path_ + key);
}

void TomlFields::refuse(const std::string& key, const std::string& reason) const {
  const toml::node* node = table_.get(key);
  refuseAt(node ? *node : table_, key, reason);
}

const toml::node& TomlFields::node(const std::string& key) {
  asked_.insert(key);
  const toml::node* node = table_.get(key);
  if (!node) refuseAt(table_, key, "this key is missing");
  return *node;
}

long TomlFields::checkedInteger(const toml::node& node, const std::string& key, long least, long most) const {
  const auto value = node.value_exact<std::int64_t>();
  if (value && *value >= least && *value <= most) return static_cast<long>(*value);
  refuseAt(node, key,
           "must be a whole number " + rangeText(static_cast<double>(least), static_cast<double>(most)));
}

std::string TomlFields::checkedText(const toml::node& node, const std::string& key,
                                    const std::vector<std::string>& allowed) const {
  const auto value = node.value_exact<std::string>();
  if (allowed.empty()) {
    if (value && isName(*value)) return *value;
    refuseAt(node, key, "must be a name of letters, digits and hyphens");
  }
  if (value && std::find(allowed.begin(), allowed.end(), *value) != allowed.end()) return *value;
  refuseAt(node, key, "must be " + choiceText(allowed));
}

long TomlFields::integer(const std::string& key, long least, long most) {
  return checkedInteger(node(key), key, least, most);
}

double TomlFields::checkedNumber(const toml::node& node, const std::string& key, double least,
                                 double most) const {
  const auto value = node.is_number() ? node.value<double>() : std::nullopt;
  if (value && *value >= least && *value <= most) return *value;
  refuseAt(node, key, "must be a number " + rangeText(least, most));
}

double TomlFields::number(const std::string& key, double least, double most) {
  return checkedNumber(node(key), key, least, most);
}

double TomlFields::numberOr(const std::string& key, double otherwise, double least, double most) {
  return has(key) ? number(key, least, most) : otherwise;
}

std::vector<double> TomlFields::numbers(const std::string& key, double least, double most) {
  std::vector<double> values;
  for (const toml::node& element : listOf(key)) values.push_back(checkedNumber(element, key, least, most));
  return values;
}

std::string TomlFields::oneLine(const std::string& key, std::size_t longest) {
  const toml::node& field = node(key);
  const auto value = field.value_exact<std::string>();
  if (value && isForPeople(*value, longest)) return *value;
  refuseAt(field, key, "must be a text of 1 to " + std::to_string(longest) + " characters on one line");
}

std::string TomlFields::name(const std::string& key) {
  return oneLine(key, kLongestName);
}

std::string TomlFields::path(const std::string& key) {
  return oneLine(key, kLongestPath);
}

bool TomlFields::boolean(const std::string& key) {
  const toml::node& field = node(key);
  if (const auto value = field.value_exact<bool>()) return *value;
  refuseAt(field, key, "must be true or false");
}

std::string TomlFields::text(const std::string& key, const std::vector<std::string>& allowed) {
  return checkedText(node(key), key, allowed);
}

const toml::array& TomlFields::listOf(const std::string& key) {
  const toml::node& field = node(key);
  const toml::array* list = field.as_array();
  if (!list || list->empty()) refuseAt(field, key, "must be a list that is not empty");
  return *list;
}

std::vector<long> TomlFields::integers(const std::string& key, long least, long most) {
  std::vector<long> values;
  for (const toml::node& element : listOf(key)) {
    values.push_back(checkedInteger(element, key, least, most));
    if (std::count(values.begin(), values.end(), values.back()) > 1)
      refuseAt(element, key, "stands here twice");
  }
  return values;
}

std::vector<std::string> TomlFields::texts(const std::string& key, const std::vector<std::string>& allowed) {
  std::vector<std::string> values;
  for (const toml::node& element : listOf(key)) {
    values.push_back(checkedText(element, key, allowed));
    if (std::count(values.begin(), values.end(), values.back()) > 1)
      refuseAt(element, key, "stands here twice");
  }
  return values;
}

TomlFields TomlFields::table(const std::string& key) {
  const toml::node& field = node(key);
  if (const toml::table* table = field.as_table()) return {*table, code_, file_, path_ + key + "."};
  refuseAt(field, key, "must be a table");
}

std::vector<TomlFields> TomlFields::tables(const std::string& key) {
  std::vector<TomlFields> fields;
  for (const toml::node& element : listOf(key)) {
    if (!element.is_table()) refuseAt(element, key, "must be a table");
    fields.emplace_back(*element.as_table(), code_, file_, path_ + key + ".");
  }
  return fields;
}

void TomlFields::finish() const {
  for (const auto& [key, field] : table_)
    if (!asked_.contains(std::string(key.str())))
      refuseAt(field, std::string(key.str()), "this key means nothing here");
}

}  // namespace remnant::configuration

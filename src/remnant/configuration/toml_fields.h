#pragma once

#include <toml++/toml.h>
#include <filesystem>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "remnant/base/error.h"

/// Settings that people write, in TOML.
namespace remnant::configuration {

/// The file's table. Throws InputError "unreadable-file", or one of the given code naming file and line where
/// it is not TOML.
toml::table readToml(const std::filesystem::path& path, const std::string& code);

/// A TOML table read key by key, each with what is allowed; finish() refuses keys that were never asked for.
/// Every refusal is an InputError of the given code naming file, line and key.
class TomlFields {
 public:
  /// code  of the refusals: "bad-protocol"
  /// path  of the table within the file, with a dot at its end; empty for the whole file
  TomlFields(const toml::table& table, std::string code, std::string file, std::string path)
      : table_(table), code_(std::move(code)), file_(std::move(file)), path_(std::move(path)) {}

  bool has(const std::string& key) const { return table_.contains(key); }
  long integer(const std::string& key, long least, long most);
  double number(const std::string& key, double least, double most);
  /// `otherwise` where the key is left out.
  double numberOr(const std::string& key, double otherwise, double least, double most);
  /// As many numbers as there are, at least one; equal ones may stand side by side.
  std::vector<double> numbers(const std::string& key, double least, double most);
  bool boolean(const std::string& key);
  /// One of `allowed`; any text of letters, digits and hyphens where that is empty.
  std::string text(const std::string& key, const std::vector<std::string>& allowed = {});
  /// A text for people, which may hold spaces and signs: 1 to 64 characters, none of them a control
  /// character.
  std::string name(const std::string& key);
  /// The path of a file: 1 to 4096 characters, none of them a control character.
  std::string path(const std::string& key);
  std::vector<long> integers(const std::string& key, long least, long most);
  std::vector<std::string> texts(const std::string& key, const std::vector<std::string>& allowed);
  TomlFields table(const std::string& key);
  std::vector<TomlFields> tables(const std::string& key);
  void finish() const;

  [[noreturn]] void refuse(const std::string& key, const std::string& reason) const;

 private:
  const toml::node& node(const std::string& key);
  [[noreturn]] void refuseAt(const toml::node& node, const std::string& key, const std::string& reason) const;
  long checkedInteger(const toml::node& node, const std::string& key, long least, long most) const;
  double checkedNumber(const toml::node& node, const std::string& key, double least, double most) const;
  std::string checkedText(const toml::node& node, const std::string& key,
                          const std::vector<std::string>& allowed) const;
  std::string oneLine(const std::string& key, std::size_t longest);
  const toml::array& listOf(const std::string& key);

  const toml::table& table_;
  std::string code_;
  std::string file_;
  std::string path_;
  std::set<std::string> asked_;
};

}  // namespace remnant::configuration

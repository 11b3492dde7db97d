#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "remnant/base/error.h"

/// Tables as RFC 4180 comma-separated values in UTF-8, addressed by column name.
namespace remnant {

/// A table held in memory. Every row has as many cells as there are columns; an empty cell means "not known".
class CsvTable {
 public:
  explicit CsvTable(std::vector<std::string> columns);

  /// Reads a file; a byte order mark and CRLF line ends are accepted.
  /// Throws InputError "unreadable-file", "bad-csv" (row of the wrong length, open quote), each with its
  /// line.
  static CsvTable read(const std::filesystem::path& path);
  static CsvTable parse(std::string_view text, const std::string& name);

  /// The file that the table was read from; empty for one made here.
  const std::string& name() const { return name_; }
  const std::vector<std::string>& columns() const { return columns_; }
  std::size_t rowCount() const { return rows_.size(); }
  bool hasColumn(std::string_view column) const;

  /// The cell's text. Throws InputError "missing-column" where the table has no such column.
  const std::string& text(std::size_t row, std::string_view column) const;
  /// nullopt for an empty cell. Throws InputError "bad-number" naming file, line and column.
  std::optional<double> number(std::size_t row, std::string_view column) const;
  std::optional<long> integer(std::size_t row, std::string_view column) const;
  /// From here on refusals name the line and the column of a cell but not its text, which may be an identity.
  void hideCells() { hidesCells_ = true; }
  /// The line of the file that the row began on, 1-based.
  std::size_t line(std::size_t row) const { return lines_[row]; }

  void append(std::vector<std::string> cells);
  std::string toText() const;
  /// Writes the whole table by rename.
  void write(const std::filesystem::path& path) const;

 private:
  std::size_t columnIndex(std::string_view column) const;
  InputError badCell(std::size_t row, std::string_view column, const std::string& expected) const;

  std::string name_;
  bool hidesCells_ = false;
  std::vector<std::string> columns_;
  std::map<std::string, std::size_t, std::less<>> indexOfColumn_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::size_t> lines_;
};

/// The shortest text that reads back as the same double; "" for nullopt.
std::string numberText(double value);
std::string numberText(std::optional<double> value);

}  // namespace remnant

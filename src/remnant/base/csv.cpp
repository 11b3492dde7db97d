#include "remnant/base/csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "remnant/base/atomic_file.h"

namespace remnant {
namespace {

/// One pass over the text, a record at a time; RFC 4180, section 2.
class CsvReader {
 public:
  CsvReader(std::string_view text, std::string name) : text_(text), name_(std::move(name)) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  }

  bool atEnd() const { return position_ >= text_.size(); }
  std::size_t line() const { return line_; }

  std::vector<std::string> record() {
    std::vector<std::string> cells;
    do cells.push_back(cell());
    while (consume(','));
    consume('\r');
    if (!atEnd() && !consume('\n'))
      throw InputError("bad-csv", "line " + std::to_string(line_) + ": text after a closing quote", name_);
    ++line_;
    return cells;
  }

 private:
  bool consume(char expected) {
    if (atEnd() || text_[position_] != expected) return false;
    ++position_;
    return true;
  }

  std::string cell() { return consume('"') ? quotedCell() : plainCell(); }

  std::string plainCell() {
    const std::size_t end = std::min(text_.find_first_of(",\r\n", position_), text_.size());
    std::string cell(text_.substr(position_, end - position_));
    position_ = end;
    return cell;
  }

  std::string quotedCell() {
    std::string cell;
    const std::size_t opened = line_;
    while (!atEnd()) {
      const char character = text_[position_++];
      if (character == '\n') ++line_;
      if (character != '"')
        cell += character;
      else if (!consume('"'))
        return cell;
      else
        cell += '"';
    }
    throw InputError("bad-csv", "line " + std::to_string(opened) + ": a quote is never closed", name_);
  }

  std::string_view text_;
  std::string name_;
  std::size_t position_ = 0;
  std::size_t line_ = 1;
};

std::string quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string text = "\"";
  for (const char character : cell)
    text += character == '"' ? std::string("\"\"") : std::string(1, character);
  return text + '"';
}

std::string recordText(const std::vector<std::string>& cells) {
  std::string text;
  for (std::size_t i = 0; i < cells.size(); ++i) text += (i ? "," : "") + quoted(cells[i]);
  return text + '\n';
}

}  // namespace

CsvTable::CsvTable(std::vector<std::string> columns) : columns_(std::move(columns)) {
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (!indexOfColumn_.emplace(columns_[i], i).second)
      throw InputError("bad-csv", "the column '" + columns_[i] + "' stands twice", name_, columns_[i]);
}

CsvTable CsvTable::read(const std::filesystem::path& path) {
  return parse(readWholeFile(path), path.string());
}

CsvTable CsvTable::parse(std::string_view text, const std::string& name) {
  CsvReader reader(text, name);
  if (reader.atEnd()) throw InputError("bad-csv", "the table is empty; a header line is needed", name);
  CsvTable table(reader.record());
  table.name_ = name;
  while (!reader.atEnd()) {
    const std::size_t line = reader.line();
    auto cells = reader.record();
    if (cells.size() == 1 && cells[0].empty()) continue;
    if (cells.size() != table.columns_.size())
      throw InputError("bad-csv",
                       "line " + std::to_string(line) + " has " + std::to_string(cells.size()) +
                           " cells where the header has " + std::to_string(table.columns_.size()),
                       name);
    table.rows_.push_back(std::move(cells));
    table.lines_.push_back(line);
  }
  return table;
}

bool CsvTable::hasColumn(std::string_view column) const {
  return indexOfColumn_.contains(column);
}

std::size_t CsvTable::columnIndex(std::string_view column) const {
  const auto found = indexOfColumn_.find(column);
  if (found == indexOfColumn_.end())
    throw InputError("missing-column", "the table has no column '" + std::string(column) + "'", name_,
                     std::string(column));
  return found->second;
}

const std::string& CsvTable::text(std::size_t row, std::string_view column) const {
  return rows_.at(row)[columnIndex(column)];
}

InputError CsvTable::badCell(std::size_t row, std::string_view column, const std::string& expected) const {
  const std::string cell = hidesCells_ ? "the cell" : "'" + text(row, column) + "'";
  return InputError("bad-number", "line " + std::to_string(lines_[row]) + ": " + cell + " is not " + expected,
                    name_, std::string(column));
}

std::optional<double> CsvTable::number(std::size_t row, std::string_view column) const {
  const std::string& cell = text(row, column);
  if (cell.empty()) return std::nullopt;
  double value = 0;
  const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (fault != std::errc() || end != cell.data() + cell.size() || !std::isfinite(value))
    throw badCell(row, column, "a number");
  return value;
}

std::optional<long> CsvTable::integer(std::size_t row, std::string_view column) const {
  const std::string& cell = text(row, column);
  if (cell.empty()) return std::nullopt;
  long value = 0;
  const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (fault != std::errc() || end != cell.data() + cell.size()) throw badCell(row, column, "a whole number");
  return value;
}

void CsvTable::append(std::vector<std::string> cells) {
  if (cells.size() != columns_.size())
    throw ProgramError("a row appended to a table has the wrong number of cells");
  rows_.push_back(std::move(cells));
  lines_.push_back(rows_.size() + 1);
}

std::string CsvTable::toText() const {
  std::string text = recordText(columns_);
  for (const auto& row : rows_) text += recordText(row);
  return text;
}

void CsvTable::write(const std::filesystem::path& path) const {
  writeWholeFile(path, toText());
}

std::string numberText(double value) {
  std::array<char, 32> buffer{};
  const auto [end, fault] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  if (fault != std::errc()) throw ProgramError("a number does not fit its text buffer");
  return {buffer.data(), end};
}

std::string numberText(std::optional<double> value) {
  return value ? numberText(*value) : std::string();
}

}  // namespace remnant

#include "remnant/dataset/schema.h"

#include <algorithm>

namespace remnant::dataset {
namespace {

std::vector<std::string> columnNames(const Table& table) {
  std::vector<std::string> names;
  for (const TableColumn& column : table.columns) names.emplace_back(column.name);
  return names;
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) text += (text.empty() ? "" : ", ") + std::string(word);
  return text;
}

std::string joined(const std::vector<std::string>& words) {
  return joined(std::vector<std::string_view>(words.begin(), words.end()));
}

void requireAllowed(const CsvTable& table, std::size_t row, const Column& column, const std::string& path) {
  const std::string& cell = table.text(row, column.name);
  if (column.allowed.empty() ||
      std::find(column.allowed.begin(), column.allowed.end(), cell) != column.allowed.end())
    return;
  throw InputError(
      "bad-value",
      "line " + std::to_string(table.line(row)) + ": '" + cell + "' is none of " + joined(column.allowed),
      path, std::string(column.name));
}

void requireCell(const CsvTable& table, std::size_t row, const TableColumn& place, const std::string& path) {
  const Column& column = columnNamed(place.name);
  if (table.text(row, place.name).empty()) {
    if (place.mayBeEmpty) return;
    throw InputError("empty-cell", "line " + std::to_string(table.line(row)) + ": the cell is empty", path,
                     std::string(place.name));
  }
  if (column.type == ColumnType::kInteger) table.integer(row, place.name);
  if (column.type == ColumnType::kNumber) table.number(row, place.name);
  requireAllowed(table, row, column, path);
}

std::string_view typeText(ColumnType type) {
  switch (type) {
    case ColumnType::kText:
      return "text";
    case ColumnType::kInteger:
      return "whole number";
    case ColumnType::kNumber:
      return "number";
  }
  throw ProgramError("a column of no known type");
}

std::string columnMarkdown(const TableColumn& place) {
  const Column& column = columnNamed(place.name);
  std::string meaning(column.meaning);
  if (!column.allowed.empty()) meaning += ". Values: " + joined(column.allowed);
  return "| `" + std::string(column.name) + "` | " + std::string(typeText(column.type)) + " | " +
         std::string(column.unit) + " | " + (place.mayBeEmpty ? "yes" : "") + " | " + meaning + " |\n";
}

std::string tableMarkdown(const Table& table) {
  std::string text = "\n## " + std::string(table.file) + "\n\nA row is " + std::string(table.row) +
                     ". The file lies or comes from: " + std::string(table.place) +
                     ".\n\n| column | type | unit | may be empty | meaning |\n|---|---|---|---|---|\n";
  for (const TableColumn& column : table.columns) text += columnMarkdown(column);
  return text;
}

}  // namespace

const Column& columnNamed(std::string_view name) {
  for (const Column& column : allColumns())
    if (column.name == name) return column;
  throw ProgramError("the schema has no column '" + std::string(name) + "'");
}

const Table& tableOf(std::string_view file) {
  for (const Table& table : allTables())
    if (table.file == file) return table;
  throw ProgramError("the schema has no table '" + std::string(file) + "'");
}

CsvTable emptyTable(std::string_view file) {
  return CsvTable(columnNames(tableOf(file)));
}

void requireSchema(const CsvTable& table, std::string_view file, const std::string& path) {
  const Table& schema = tableOf(file);
  if (table.columns() != columnNames(schema))
    throw InputError(
        "other-columns",
        "the columns are " + joined(table.columns()) + " where they must be " + joined(columnNames(schema)),
        path);
  for (std::size_t row = 0; row < table.rowCount(); ++row)
    for (const TableColumn& column : schema.columns) requireCell(table, row, column, path);
}

std::string dataDictionaryMarkdown() {
  std::string text =
      "# Data dictionary\n\n"
      "Made from the schema in the program (`src/remnant/dataset/schema_columns.cpp`, `schema_tables.cpp`). "
      "A column has\none name, unit and meaning in every table it occurs in. Tables are comma-separated (RFC "
      "4180), UTF-8, with a header\nline; an empty cell means \"not known\".\n";
  for (const Table& table : allTables()) text += tableMarkdown(table);
  return text;
}

}  // namespace remnant::dataset

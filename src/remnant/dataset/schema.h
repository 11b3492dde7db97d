#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "remnant/base/csv.h"

/// Every column of every table that the project writes or reads, defined once: one name has one unit and one
/// meaning wherever it occurs. docs/data-dictionary.md is made from this.
namespace remnant::dataset {

enum class ColumnType { kText, kInteger, kNumber };

struct Column {
  std::string_view name;
  ColumnType type;
  std::string_view unit;  ///< empty where there is none
  std::string_view meaning;
  std::vector<std::string_view> allowed;  ///< all values it can take; empty: any of its type
};

struct TableColumn {
  std::string_view name;
  bool mayBeEmpty = false;
};

struct Table {
  std::string_view file;   ///< "studies.csv"
  std::string_view row;    ///< what one row is: "a study"
  std::string_view place;  ///< where the file lies and who writes it
  std::vector<TableColumn> columns;
};

std::span<const Column> allColumns();
std::span<const Table> allTables();

/// Throws ProgramError for a name that the schema does not hold.
const Column& columnNamed(std::string_view name);
const Table& tableOf(std::string_view file);

/// An empty table with exactly the schema's columns, to be filled and written.
CsvTable emptyTable(std::string_view file);

/// Checks a table against the schema: exactly its columns in order, and every cell of its type, among the
/// allowed values, and filled where it must be. Throws InputError "other-columns", "bad-number", "bad-value",
/// "empty-cell", naming the file, the line and the column.
void requireSchema(const CsvTable& table, std::string_view file, const std::string& path);

/// The text of docs/data-dictionary.md.
std::string dataDictionaryMarkdown();

}  // namespace remnant::dataset

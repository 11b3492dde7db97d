#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

/// One connection to a SQLite file and its prepared statements; closed and finalised with the objects.
namespace remnant::dataset {

class SqliteDatabase;

/// A prepared statement being filled and stepped through; bound places and columns count from 0.
class SqliteStatement {
 public:
  SqliteStatement(SqliteDatabase& database, std::string_view sql);

  SqliteStatement& bind(std::string_view text);
  SqliteStatement& bind(long number);
  SqliteStatement& bind(std::optional<long> number);
  SqliteStatement& bind(std::optional<double> number);

  /// True while there is a row to read.
  bool step();
  /// Steps through to the end and makes the statement ready to be bound anew.
  void run();

  std::string text(int column) const;  ///< "" for NULL
  long integer(int column) const;
  std::optional<long> optionalInteger(int column) const;
  std::optional<double> optionalNumber(int column) const;

 private:
  void requireBound(int result);
  struct Finalise {
    void operator()(sqlite3_stmt* statement) const;
  };
  SqliteDatabase& database_;
  std::unique_ptr<sqlite3_stmt, Finalise> statement_;
  int nextPlace_ = 0;
};

class SqliteDatabase {
 public:
  /// Opens a file, and makes it where it may be made. Throws InputError "unwritable-catalogue" or
  /// "no-catalogue".
  SqliteDatabase(const std::string& file, bool mayCreate);

  /// Statements without parameters or results.
  void run(const std::string& sql);
  long integerOf(std::string_view sql);

  /// Throws what SQLite's last result means: InputError "bad-catalogue" or "unwritable-catalogue" for what
  /// lies outside the program, else ProgramError.
  [[noreturn]] void fail() const;

  sqlite3* handle() const { return handle_.get(); }
  const std::string& file() const { return file_; }

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  std::string file_;
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace remnant::dataset

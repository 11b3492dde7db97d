#include "remnant/dataset/sqlite_database.h"

#include <sqlite3.h>

#include "remnant/base/error.h"

namespace remnant::dataset {
namespace {

constexpr int kBusyTimeoutMilliseconds = 10'000;

}  // namespace

void SqliteDatabase::Close::operator()(sqlite3* handle) const {
  sqlite3_close(handle);
}

void SqliteStatement::Finalise::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

SqliteDatabase::SqliteDatabase(const std::string& file, bool mayCreate) : file_(file) {
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mayCreate ? SQLITE_OPEN_CREATE : 0);
  const int result = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
  handle_.reset(handle);
  if (result != SQLITE_OK) fail();
  sqlite3_busy_timeout(handle, kBusyTimeoutMilliseconds);
}

void SqliteDatabase::run(const std::string& sql) {
  if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

long SqliteDatabase::integerOf(std::string_view sql) {
  SqliteStatement statement(*this, sql);
  return statement.step() ? statement.integer(0) : 0;
}

void SqliteDatabase::fail() const {
  const std::string reason = handle_ ? sqlite3_errmsg(handle()) : "out of memory";
  switch (handle_ ? sqlite3_errcode(handle()) & 0xff : SQLITE_NOMEM) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      throw InputError("bad-catalogue", "is no catalogue of remnant: " + reason, file_);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_READONLY:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      throw InputError("unwritable-catalogue", "cannot be used as a catalogue: " + reason, file_);
    default:
      throw ProgramError("the catalogue's database refused a statement: " + reason);
  }
}

SqliteStatement::SqliteStatement(SqliteDatabase& database, std::string_view sql) : database_(database) {
  sqlite3_stmt* statement = nullptr;
  const int result =
      sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  statement_.reset(statement);
  if (result != SQLITE_OK) database.fail();
}

void SqliteStatement::requireBound(int result) {
  if (result != SQLITE_OK) database_.fail();
}

SqliteStatement& SqliteStatement::bind(std::string_view text) {
  requireBound(sqlite3_bind_text(statement_.get(), ++nextPlace_, text.data(), static_cast<int>(text.size()),
                                 SQLITE_TRANSIENT));
  return *this;
}

SqliteStatement& SqliteStatement::bind(long number) {
  requireBound(sqlite3_bind_int64(statement_.get(), ++nextPlace_, number));
  return *this;
}

SqliteStatement& SqliteStatement::bind(std::optional<long> number) {
  if (number) return bind(*number);
  requireBound(sqlite3_bind_null(statement_.get(), ++nextPlace_));
  return *this;
}

SqliteStatement& SqliteStatement::bind(std::optional<double> number) {
  ++nextPlace_;
  requireBound(number ? sqlite3_bind_double(statement_.get(), nextPlace_, *number)
                      : sqlite3_bind_null(statement_.get(), nextPlace_));
  return *this;
}

bool SqliteStatement::step() {
  const int result = sqlite3_step(statement_.get());
  if (result != SQLITE_ROW && result != SQLITE_DONE) database_.fail();
  return result == SQLITE_ROW;
}

void SqliteStatement::run() {
  while (step()) {
  }
  sqlite3_reset(statement_.get());
  nextPlace_ = 0;
}

std::string SqliteStatement::text(int column) const {
  const auto* characters = sqlite3_column_text(statement_.get(), column);
  const int length = sqlite3_column_bytes(statement_.get(), column);
  return characters ? std::string(reinterpret_cast<const char*>(characters), static_cast<std::size_t>(length))
                    : std::string();
}

long SqliteStatement::integer(int column) const {
  return static_cast<long>(sqlite3_column_int64(statement_.get(), column));
}

std::optional<long> SqliteStatement::optionalInteger(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  return integer(column);
}

std::optional<double> SqliteStatement::optionalNumber(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  return sqlite3_column_double(statement_.get(), column);
}

}  // namespace remnant::dataset

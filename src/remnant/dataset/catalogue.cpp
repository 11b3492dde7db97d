#include "remnant/dataset/catalogue.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>
#include <sstream>

#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "remnant/dataset/sqlite_database.h"
#include "remnant/deid/key.h"

namespace remnant::dataset {
namespace {

constexpr long kSchemaVersion = 1;

constexpr const char* kSchema = R"(
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE studies (study TEXT PRIMARY KEY, patient TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE objects (
  object TEXT PRIMARY KEY, sourceSha256 TEXT NOT NULL UNIQUE,
  patient TEXT NOT NULL, study TEXT NOT NULL REFERENCES studies (study),
  studyUid TEXT NOT NULL, seriesUid TEXT NOT NULL, sopUid TEXT NOT NULL UNIQUE, sopClassUid TEXT NOT NULL,
  acquisition TEXT NOT NULL, views TEXT NOT NULL, energyWindows TEXT NOT NULL,
  rows INTEGER NOT NULL, columns INTEGER NOT NULL, rowSpacingMm REAL, columnSpacingMm REAL,
  patientPosition TEXT NOT NULL, radionuclide TEXT NOT NULL, doseMBq REAL, hoursFromDose REAL,
  sex TEXT NOT NULL, ageBand TEXT NOT NULL, centre TEXT NOT NULL, scanner TEXT NOT NULL,
  acquisitionPeriod INTEGER, storedFile TEXT NOT NULL, storedSha256 TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX objectsOfStudy ON objects (study, sopUid);
CREATE TABLE quarantine (
  sourceSha256 TEXT PRIMARY KEY, code TEXT NOT NULL, message TEXT NOT NULL, tag TEXT NOT NULL,
  softwareVersion TEXT NOT NULL) WITHOUT ROWID;
)";

constexpr const char* kObjectColumns =
    "object, sourceSha256, patient, study, studyUid, seriesUid, sopUid, sopClassUid, acquisition, views, "
    "energyWindows, rows, columns, rowSpacingMm, columnSpacingMm, patientPosition, radionuclide, doseMBq, "
    "hoursFromDose, sex, ageBand, centre, scanner, acquisitionPeriod, storedFile, storedSha256";
constexpr int kObjectColumnCount = 26;

constexpr const char* kStudySums = R"(
SELECT study, studies.patient, min(nullif(sex, '')), min(nullif(ageBand, '')), min(nullif(centre, '')),
       min(nullif(scanner, '')), min(nullif(radionuclide, '')), min(acquisitionPeriod), min(doseMBq),
       min(hoursFromDose), count(*)
FROM studies JOIN objects USING (study) GROUP BY study ORDER BY study
)";

/// Held on the folder while a catalogue is opened for writing: SQLite does not wait where two set up
/// write-ahead logging at once.
class OpeningLock {
 public:
  explicit OpeningLock(const std::filesystem::path& file)
      : descriptor_(::open(file.has_parent_path() ? file.parent_path().c_str() : ".", O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ >= 0) ::flock(descriptor_, LOCK_EX);
  }
  OpeningLock(const OpeningLock&) = delete;
  OpeningLock& operator=(const OpeningLock&) = delete;
  ~OpeningLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

 private:
  int descriptor_;
};

/// A list in one cell: "a;b;", so that an empty last entry is kept.
std::string joined(const std::vector<std::string>& entries) {
  std::string text;
  for (const std::string& entry : entries) text += entry + ";";
  return text;
}

std::vector<std::string> separated(const std::string& text) {
  std::vector<std::string> entries;
  for (std::size_t start = 0, end = 0; (end = text.find(';', start)) != std::string::npos; start = end + 1)
    entries.push_back(text.substr(start, end - start));
  return entries;
}

void bindObject(SqliteStatement& statement, const CatalogueObject& object) {
  statement.bind(object.object).bind(object.sourceSha256).bind(object.patient).bind(object.study);
  statement.bind(object.studyUid).bind(object.seriesUid).bind(object.sopUid).bind(object.sopClassUid);
  statement.bind(object.acquisition).bind(joined(object.views)).bind(joined(object.energyWindows));
  statement.bind(object.rows).bind(object.columns).bind(object.rowSpacingMm).bind(object.columnSpacingMm);
  statement.bind(object.patientPosition).bind(object.radionuclide).bind(object.doseMBq);
  statement.bind(object.hoursFromDose).bind(object.sex).bind(object.ageBand).bind(object.centre);
  statement.bind(object.scanner).bind(object.acquisitionPeriod).bind(object.storedFile);
  statement.bind(object.storedSha256);
}

CatalogueObject readObject(const SqliteStatement& row) {
  CatalogueObject object;
  int column = 0;
  for (std::string* text :
       {&object.object, &object.sourceSha256, &object.patient, &object.study, &object.studyUid,
        &object.seriesUid, &object.sopUid, &object.sopClassUid, &object.acquisition})
    *text = row.text(column++);
  object.views = separated(row.text(column++));
  object.energyWindows = separated(row.text(column++));
  object.rows = row.integer(column++);
  object.columns = row.integer(column++);
  object.rowSpacingMm = row.optionalNumber(column++);
  object.columnSpacingMm = row.optionalNumber(column++);
  object.patientPosition = row.text(column++);
  object.radionuclide = row.text(column++);
  object.doseMBq = row.optionalNumber(column++);
  object.hoursFromDose = row.optionalNumber(column++);
  for (std::string* text : {&object.sex, &object.ageBand, &object.centre, &object.scanner})
    *text = row.text(column++);
  object.acquisitionPeriod = row.optionalInteger(column++);
  object.storedFile = row.text(column++);
  object.storedSha256 = row.text(column++);
  return object;
}

CatalogueStudy readStudy(const SqliteStatement& row) {
  CatalogueStudy study;
  int column = 0;
  for (std::string* text : {&study.study, &study.patient, &study.sex, &study.ageBand, &study.centre,
                            &study.scanner, &study.radionuclide})
    *text = row.text(column++);
  study.acquisitionPeriod = row.optionalInteger(column++);
  study.doseMBq = row.optionalNumber(column++);
  study.hoursFromDose = row.optionalNumber(column++);
  study.objects = row.integer(column++);
  return study;
}

SetAside readSetAside(const SqliteStatement& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), row.text(4)};
}

std::string selectObjects(const std::string& rest) {
  return std::string("SELECT ") + kObjectColumns + " FROM objects " + rest;
}

std::vector<std::string> objectColumnNames() {
  std::vector<std::string> names;
  std::istringstream words(kObjectColumns);
  for (std::string name; words >> name;) names.push_back(name.substr(0, name.find(',')));
  return names;
}

std::vector<CatalogueObject> readObjects(SqliteStatement statement) {
  std::vector<CatalogueObject> objects;
  while (statement.step()) objects.push_back(readObject(statement));
  return objects;
}

std::optional<CatalogueObject> readOneObject(SqliteStatement statement) {
  if (!statement.step()) return std::nullopt;
  return readObject(statement);
}

std::string dumpRows(SqliteDatabase& database, const std::string& table, const std::string& columns,
                     int count, const std::string& order) {
  std::string text = table + "\n" + columns + "\n";
  SqliteStatement rows(database, "SELECT " + columns + " FROM " + table + " ORDER BY " + order);
  while (rows.step()) {
    for (int column = 0; column < count; ++column)
      text += rows.text(column) + (column + 1 < count ? "\t" : "\n");
  }
  return text;
}

}  // namespace

std::string catalogueFile(const std::string& url) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (url.starts_with(kSqlite)) return url.substr(kSqlite.size());
  if (const auto scheme = url.find("://"); scheme != std::string::npos)
    throw InputError("unsupported-catalogue", "a catalogue is a SQLite file (PATH or sqlite:PATH); " +
                                                  url.substr(0, scheme) + ":// is not supported yet");
  return url;
}

Catalogue::Catalogue(std::unique_ptr<SqliteDatabase> database) : database_(std::move(database)) {
  database_->run("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL");
}
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;
Catalogue::~Catalogue() = default;

Catalogue Catalogue::open(const std::string& url) {
  const std::string file = catalogueFile(url);
  if (!std::filesystem::exists(file))
    throw InputError("no-catalogue", "there is no catalogue here; `remnant ingest` makes one", file);
  Catalogue catalogue(std::make_unique<SqliteDatabase>(file, false));
  catalogue.requireSchema();
  return catalogue;
}

Catalogue Catalogue::openForWriting(const std::string& url, const std::string& keyId,
                                    const std::string& softwareVersion) {
  const std::filesystem::path file = catalogueFile(url);
  if (file.has_parent_path()) createFolder(file.parent_path());
  const OpeningLock lock(file);
  Catalogue catalogue(std::make_unique<SqliteDatabase>(file.string(), true));
  // A run killed while it made the file leaves one without tables.
  if (catalogue.database_->integerOf("SELECT count(*) FROM sqlite_master") == 0)
    catalogue.createSchema(keyId, softwareVersion);
  catalogue.requireSchema();
  catalogue.requireKey(keyId);
  return catalogue;
}

void Catalogue::createSchema(const std::string& keyId, const std::string& softwareVersion) {
  // The application id comes before write-ahead logging, so that it stands in the file itself at once.
  database_->run("PRAGMA application_id = " + std::to_string(deid::kCatalogueApplicationId));
  database_->run("PRAGMA journal_mode = WAL");
  Transaction transaction(*this);
  // Another writer may have made the tables while this one waited for the lock.
  if (database_->integerOf("SELECT count(*) FROM sqlite_master") > 0) return;
  database_->run(kSchema);
  SqliteStatement fact(*database_, "INSERT INTO facts VALUES (?, ?)");
  fact.bind("keyId").bind(keyId).run();
  fact.bind("softwareVersion").bind(softwareVersion).run();
  database_->run("PRAGMA user_version = " + std::to_string(kSchemaVersion));
  transaction.commit();
}

void Catalogue::requireSchema() const {
  if (database_->integerOf("PRAGMA application_id") != deid::kCatalogueApplicationId)
    throw InputError("bad-catalogue", "is a SQLite file but no catalogue of remnant", database_->file());
  const long version = database_->integerOf("PRAGMA user_version");
  if (version != kSchemaVersion)
    throw InputError("bad-catalogue",
                     "has schema version " + std::to_string(version) + ", this program reads " +
                         std::to_string(kSchemaVersion),
                     database_->file());
}

std::string Catalogue::keyId() const {
  SqliteStatement row(*database_, "SELECT value FROM facts WHERE name = 'keyId'");
  if (!row.step()) throw InputError("bad-catalogue", "does not say which key made it", database_->file());
  return row.text(0);
}

void Catalogue::requireKey(const std::string& wanted) const {
  if (const std::string made = keyId(); made != wanted)
    throw InputError("other-key",
                     "was made with the key " + made + ", and the key given is " + wanted +
                         "; one catalogue holds the pseudonyms of one key",
                     database_->file());
}

std::vector<CatalogueStudy> Catalogue::studies() const {
  std::vector<CatalogueStudy> studies;
  SqliteStatement rows(*database_, kStudySums);
  while (rows.step()) studies.push_back(readStudy(rows));
  return studies;
}

std::vector<CatalogueObject> Catalogue::objectsOfStudy(std::string_view study) const {
  SqliteStatement rows(*database_, selectObjects("WHERE study = ? ORDER BY sopUid"));
  rows.bind(study);
  return readObjects(std::move(rows));
}

std::vector<CatalogueObject> Catalogue::objects() const {
  return readObjects(SqliteStatement(*database_, selectObjects("ORDER BY study, sopUid")));
}

std::vector<SetAside> Catalogue::setAside() const {
  std::vector<SetAside> sources;
  SqliteStatement rows(*database_, "SELECT * FROM quarantine ORDER BY sourceSha256");
  while (rows.step()) sources.push_back(readSetAside(rows));
  return sources;
}

std::optional<CatalogueObject> Catalogue::objectOfSource(std::string_view sourceSha256) const {
  SqliteStatement row(*database_, selectObjects("WHERE sourceSha256 = ?"));
  row.bind(sourceSha256);
  return readOneObject(std::move(row));
}

std::optional<CatalogueObject> Catalogue::objectOfSopUid(std::string_view sopUid) const {
  SqliteStatement row(*database_, selectObjects("WHERE sopUid = ?"));
  row.bind(sopUid);
  return readOneObject(std::move(row));
}

std::optional<SetAside> Catalogue::setAsideOfSource(std::string_view sourceSha256) const {
  SqliteStatement row(*database_, "SELECT * FROM quarantine WHERE sourceSha256 = ?");
  row.bind(sourceSha256);
  if (!row.step()) return std::nullopt;
  return readSetAside(row);
}

std::optional<std::string> Catalogue::patientOfStudy(std::string_view study) const {
  SqliteStatement row(*database_, "SELECT patient FROM studies WHERE study = ?");
  row.bind(study);
  if (!row.step()) return std::nullopt;
  return row.text(0);
}

void Catalogue::add(const CatalogueObject& object) {
  SqliteStatement(*database_, "INSERT OR IGNORE INTO studies VALUES (?, ?)")
      .bind(object.study)
      .bind(object.patient)
      .run();
  std::string places = "?";
  for (int i = 1; i < kObjectColumnCount; ++i) places += ", ?";
  SqliteStatement insert(*database_,
                         std::string("INSERT INTO objects (") + kObjectColumns + ") VALUES (" + places + ")");
  bindObject(insert, object);
  insert.run();
  SqliteStatement(*database_, "DELETE FROM quarantine WHERE sourceSha256 = ?")
      .bind(object.sourceSha256)
      .run();
}

void Catalogue::replace(const CatalogueObject& object) {
  SqliteStatement(*database_, "DELETE FROM objects WHERE object = ?").bind(object.object).run();
  add(object);
}

void Catalogue::add(const SetAside& setAside) {
  SqliteStatement(*database_, "INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?)")
      .bind(setAside.sourceSha256)
      .bind(setAside.code)
      .bind(setAside.message)
      .bind(setAside.tag)
      .bind(setAside.softwareVersion)
      .run();
}

CsvTable Catalogue::objectTable() const {
  CsvTable table(objectColumnNames());
  SqliteStatement rows(*database_, selectObjects("ORDER BY study, sopUid"));
  while (rows.step()) {
    std::vector<std::string> cells;
    for (int column = 0; column < kObjectColumnCount; ++column) cells.push_back(rows.text(column));
    table.append(std::move(cells));
  }
  return table;
}

std::string Catalogue::dump() const {
  return "keyId\t" + keyId() + "\n" + dumpRows(*database_, "studies", "study, patient", 2, "study") +
         dumpRows(*database_, "objects", kObjectColumns, kObjectColumnCount, "study, sopUid") +
         dumpRows(*database_, "quarantine", "sourceSha256, code, message, tag, softwareVersion", 5,
                  "sourceSha256");
}

Catalogue::Transaction::Transaction(Catalogue& catalogue) : database_(*catalogue.database_) {
  database_.run("BEGIN IMMEDIATE");
}

Catalogue::Transaction::~Transaction() {
  if (committed_) return;
  try {
    database_.run("ROLLBACK");
  } catch (const std::exception&) {
    // SQLite rolled back by itself when the failure arose; that failure is already on its way up.
  }
}

void Catalogue::Transaction::commit() {
  database_.run("COMMIT");
  committed_ = true;
}

}  // namespace remnant::dataset

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "remnant/base/csv.h"

/// The catalogue of a de-identified store.
namespace remnant::dataset {

class SqliteDatabase;

/// One stored object, de-identified. Facts that cleaning takes away (views told by a series description, the
/// year, the age band) were read from the source before it.
struct CatalogueObject {
  std::string object;                       ///< 32 hexadecimal digits: the name it is stored under
  std::string sourceSha256;                 ///< of the source file's bytes
  std::string patient;                      ///< pseudonym
  std::string study;                        ///< pseudonym
  std::string studyUid, seriesUid, sopUid;  ///< mapped, as in the stored object
  std::string sopClassUid;
  std::string acquisition;         ///< scintigraphy::acquisitionText; empty where not told
  std::vector<std::string> views;  ///< scintigraphy::viewText, one a frame in stored order
  /// The photopeak or other window of each frame, as "lower-upper" keV, '+' between several; empty where not
  /// told.
  std::vector<std::string> energyWindows;
  long rows = 0;
  long columns = 0;
  std::optional<double> rowSpacingMm;     ///< between rows
  std::optional<double> columnSpacingMm;  ///< between columns
  std::string patientPosition;            ///< HFS, FFS, ...; empty where not told
  std::string radionuclide;               ///< "I-131"; empty where not told
  std::optional<double> doseMBq;
  std::optional<double> hoursFromDose;    ///< administration to start of acquisition
  std::string sex;                        ///< F, M, O; empty where not told
  std::string ageBand;                    ///< "40-49", ..., "90+"; empty where not told
  std::string centre;                     ///< pseudonym of the institution; empty where not told
  std::string scanner;                    ///< manufacturer and model
  std::optional<long> acquisitionPeriod;  ///< year, before the date shift
  std::string storedFile;                 ///< relative to the store's folder
  std::string storedSha256;               ///< of the stored file's bytes

  bool operator==(const CatalogueObject&) const = default;
};

/// One study, summed up over its objects: of each fact the least value told (for text, in byte order), so
/// that the order of arrival does not matter.
struct CatalogueStudy {
  std::string study;
  std::string patient;
  std::string sex, ageBand, centre, scanner, radionuclide;
  std::optional<long> acquisitionPeriod;
  std::optional<double> doseMBq, hoursFromDose;
  long objects = 0;
};

/// A source that was set aside. It holds no identity: the source is known by its digest alone.
struct SetAside {
  std::string sourceSha256;
  std::string code;     ///< InputError::code, or a reason of ingest's own ("not-nm", "duplicate-uid")
  std::string message;  ///< a sentence without any value of the source's
  std::string tag;      ///< "(gggg,eeee)"; empty where there is none
  std::string softwareVersion;

  bool operator==(const SetAside&) const = default;
};

/// A SQLite database: WAL, foreign keys, one writer and any number of readers. Movable; one thread at a time.
///
/// Throws InputError: "no-catalogue" (open of a file that is not there), "bad-catalogue" (no SQLite file of
/// ours, or of another schema version), "unsupported-catalogue" (a URL of another kind), "other-key" (the
/// catalogue was made with another key), "unwritable-catalogue" (disk full, read-only, locked by another
/// writer for more than ten seconds).
class Catalogue {
 public:
  /// An existing catalogue, to read. url: a path, "sqlite:PATH".
  static Catalogue open(const std::string& url);
  /// An existing or new catalogue, to write. The key id is recorded in a new one and compared in an old one.
  static Catalogue openForWriting(const std::string& url, const std::string& keyId,
                                  const std::string& softwareVersion);

  Catalogue(Catalogue&&) noexcept;
  Catalogue& operator=(Catalogue&&) noexcept;
  ~Catalogue();

  /// The id of the key it was made with (deid::Key::keyId).
  std::string keyId() const;
  /// Throws InputError "other-key" where the key is another one.
  void requireKey(const std::string& keyId) const;

  std::vector<CatalogueStudy> studies() const;                                ///< ordered by study
  std::vector<CatalogueObject> objectsOfStudy(std::string_view study) const;  ///< ordered by sopUid
  std::vector<CatalogueObject> objects() const;                               ///< ordered by study and sopUid
  std::vector<SetAside> setAside() const;                                     ///< ordered by source
  std::optional<CatalogueObject> objectOfSource(std::string_view sourceSha256) const;
  std::optional<CatalogueObject> objectOfSopUid(std::string_view sopUid) const;
  std::optional<SetAside> setAsideOfSource(std::string_view sourceSha256) const;
  /// The patient a study belongs to; nullopt where the study is not known.
  std::optional<std::string> patientOfStudy(std::string_view study) const;

  /// Adds an object and its study; its source is no longer set aside. Source and SOP instance must be new.
  void add(const CatalogueObject& object);
  /// Puts new facts in the place of those of the same object.
  void replace(const CatalogueObject& object);
  /// Sets a source aside, or changes the reason.
  void add(const SetAside& setAside);

  /// The objects as a table, ordered by study and sopUid; lists are written "a;b;".
  CsvTable objectTable() const;
  /// Everything that add() took, as text in a fixed order: the same content gives the same text.
  std::string dump() const;

  /// All writes between construction and commit() happen together or not at all.
  class Transaction {
   public:
    explicit Transaction(Catalogue& catalogue);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    void commit();

   private:
    SqliteDatabase& database_;
    bool committed_ = false;
  };

 private:
  explicit Catalogue(std::unique_ptr<SqliteDatabase> database);
  void requireSchema() const;
  void createSchema(const std::string& keyId, const std::string& softwareVersion);

  std::unique_ptr<SqliteDatabase> database_;
};

/// The file of a catalogue URL. Throws InputError "unsupported-catalogue" for any kind but a SQLite file.
std::string catalogueFile(const std::string& url);

}  // namespace remnant::dataset

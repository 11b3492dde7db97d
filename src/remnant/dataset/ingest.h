#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

/// From a hospital's archive to a catalogue and a store of de-identified objects.
namespace remnant::dataset {

struct IngestConfig {
  std::filesystem::path archive;  ///< a folder, read with all below it, or one file; links are not followed
  std::string catalogueUrl;       ///< see Catalogue
  std::filesystem::path store;    ///< made where it is missing
  std::filesystem::path keyFile;
  unsigned threads = 0;                  ///< 0: one a core
  std::size_t filesPerTransaction = 32;  ///< what a kill can cost, in files read again
  std::string softwareVersion;           ///< sources set aside by another version are tried again
};

struct IngestSummary {
  std::size_t files = 0;                           ///< found in the archive
  std::size_t stored = 0;                          ///< objects new to the store
  std::size_t alreadyKnown = 0;                    ///< stored before, or the same bytes under another name
  std::map<std::string, std::size_t> quarantined;  ///< files set aside, by reason
  std::size_t quarantinedFiles() const;
  /// Whether anything was set aside that should have been readable (see isFault).
  bool foundFaults() const;
};

/// Whether a reason to set a file aside is a fault of the archive, rather than a file that is sound but no
/// planar image of counts: not-dicom, not-nm, no-pixels and lossy-pixels are none.
bool isFault(std::string_view code);

/// Reads, checks and de-identifies every file, and stores or sets aside each exactly once, known by the
/// SHA-256 of its bytes. An object with the SOP instance UID of another one but other bytes is set aside
/// ("duplicate-uid"), so is one whose study belongs to another patient ("study-of-two-patients").
///
/// Files are taken in the order of their paths and committed in groups: first the objects' files, each by
/// rename, then their rows in one transaction. Killed at any moment and run again, it ends with the catalogue
/// of an undisturbed run; the result does not depend on the number of threads. A stored file
/// that is gone or holds other bytes than were written is made anew.
///
/// Throws InputError: "no-archive", "empty-archive", "store-in-archive", "catalogue-in-archive",
/// "key-in-archive", "key-in-dataset" (the key lies in the folder of the catalogue or inside the store),
/// "store-busy" (another ingest is at work on the store), what Key::read and Catalogue throw,
/// "unwritable-..."; Interrupted.
IngestSummary ingest(const IngestConfig& config);

}  // namespace remnant::dataset

#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

/// Files that appear whole or not at all, however the program ends.
namespace remnant {

/// A file being written under a temporary name in the same folder; commit() syncs it and renames it into
/// place. Destroyed without commit(), nothing is left. Throws InputError "unwritable-file" (full disk,
/// read-only folder).
class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path path);
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile();

  /// Where to write before commit(), for writers that want a path of their own.
  const std::filesystem::path& temporaryPath() const { return temporaryPath_; }
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path temporaryPath_;
  bool committed_ = false;
};

/// Writes the bytes by rename.
void writeWholeFile(const std::filesystem::path& path, std::string_view bytes);

/// All bytes of a file. Throws InputError "unreadable-file".
std::string readWholeFile(const std::filesystem::path& path);

/// Creates the folder and its parents. Throws InputError "unwritable-folder".
void createFolder(const std::filesystem::path& path);

/// Removes temporary files that a killed writer left directly in the folder.
void removeAbandonedTemporaries(const std::filesystem::path& folder);

}  // namespace remnant

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "remnant/dataset/catalogue.h"
#include "remnant/dicom/object.h"

namespace remnant::dataset {

/// The folder of de-identified objects that a catalogue speaks of:
///   objects/<2 digits>/<object>.dcm   an object under a name of our own
///   quarantine/<source sha256>.json   why a source was set aside (never the source itself)
///   remnant-store.json                marks the folder as a store
class Store {
 public:
  /// Makes the folder where it is missing. Throws InputError "unwritable-folder".
  static Store create(const std::filesystem::path& folder);
  /// A store that exists. Throws InputError "no-store".
  static Store open(const std::filesystem::path& folder);

  const std::filesystem::path& folder() const { return folder_; }
  /// "objects/ab/abcdef....dcm", relative to the folder.
  static std::string objectFile(std::string_view object);
  /// The whole path of an object of the catalogue. Throws InputError "missing-object" where the file is not
  /// there.
  std::filesystem::path pathOf(const CatalogueObject& object) const;

  /// Whether the object's file is there and holds the bytes that were written.
  bool holdsWhole(const CatalogueObject& object) const;

  /// Writes the object by rename and returns the SHA-256 of its bytes. The same object again gives the same
  /// file, so a file that a killed run left without a row is simply written once more.
  std::string put(std::string_view objectName, const dicom::Object& object) const;
  /// Takes an object out again that turned out not to belong.
  void remove(std::string_view objectName) const;
  void putReason(const SetAside& setAside) const;
  void removeReason(std::string_view sourceSha256) const;
  /// Removes half-written files that a killed run left.
  void removeAbandoned() const;

 private:
  explicit Store(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path folder_;
};

}  // namespace remnant::dataset

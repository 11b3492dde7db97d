#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

/// De-identification: a secret key, and what is done to an object with it.
namespace remnant::deid {

/// The secret that pseudonyms, mapped UIDs and date shifts come from: 32 random bytes in a file of their own.
/// Everything derived is HMAC-SHA-256 (RFC 2104) of a domain word and a value, so the same archive gives the
/// same pseudonyms with the same key, and nobody without it can link or test a guess.
class Key {
 public:
  static constexpr std::size_t kBytes = 32;

  /// Makes a key of random bytes from the operating system, readable by its owner alone (mode 0600).
  /// Throws InputError "file-exists" (nothing is ever overwritten), "key-in-dataset" (the folder holds a
  /// catalogue, or it or one above it is a store or a dataset), "unwritable-file".
  static void createFile(const std::filesystem::path& path);

  /// Reads a key file; says on stderr where others than its owner can read it. Throws InputError
  /// "unreadable-file", "bad-key" (not 32 bytes).
  static Key read(const std::filesystem::path& path);

  /// A key of given bytes, for tests and for keys kept elsewhere than in a file.
  explicit Key(const std::array<std::uint8_t, kBytes>& bytes) : bytes_(bytes) {}

  /// "P" and 12 hexadecimal digits. The id is taken without white space at its ends.
  std::string patientPseudonym(std::string_view patientId) const;
  /// "S" and 12 hexadecimal digits.
  std::string studyPseudonym(std::string_view studyInstanceUid) const;
  /// "C" and 6 hexadecimal digits; "" for an empty institution. Case and runs of white space do not matter.
  std::string centrePseudonym(std::string_view institution) const;
  /// 32 hexadecimal digits: the name an object is stored under, from the SHA-256 of its source's bytes.
  std::string objectName(std::string_view sourceSha256) const;
  /// "2.25." and the decimal form of a UUID of version 8 made of the hash (PS3.5, section B.2); at most 44
  /// characters. White space and NUL at the end of the UID do not matter.
  std::string mapUid(std::string_view uid) const;
  /// By how many days a patient's dates move: -3650 to -1, the same for all of the patient's objects.
  int dateShiftDays(std::string_view patientId) const;
  /// 12 hexadecimal digits that tell keys apart and tell nothing of the key.
  std::string keyId() const;

 private:
  std::array<std::uint8_t, 32> hash(std::string_view domain, std::string_view value) const;

  std::array<std::uint8_t, kBytes> bytes_;
};

/// The file in a store's folder that marks it as one.
inline constexpr std::string_view kStoreMarker = "remnant-store.json";
/// The application id in the header of a catalogue's SQLite file ("RMNT").
inline constexpr std::uint32_t kCatalogueApplicationId = 0x524d4e54;

/// Throws InputError "key-in-dataset" where a key file at this path would travel with data that it can
/// re-identify: beside a catalogue, or anywhere below a store or a dataset.
void refuseBesideData(const std::filesystem::path& keyFile);

}  // namespace remnant::deid

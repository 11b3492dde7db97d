#include "remnant/deid/key.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "remnant/base/progress.h"
#include "remnant/base/sha256.h"

namespace remnant::deid {
namespace {

namespace fs = std::filesystem;

constexpr int kLongestShiftDays = 3650;
constexpr std::string_view kPadding{" \t\r\n\0", 5};

std::string_view withoutPadding(std::string_view text) {
  const auto first = text.find_first_not_of(kPadding);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kPadding) - first + 1);
}

std::string withOneCaseAndSpacing(std::string_view text) {
  std::string plain;
  for (const char character : withoutPadding(text)) {
    const auto byte = static_cast<unsigned char>(character);
    if (!std::isspace(byte))
      plain += static_cast<char>(std::tolower(byte));
    else if (!plain.ends_with(' '))
      plain += ' ';
  }
  return plain;
}

std::string hexDigits(const Digest& digest, std::size_t digits) {
  return toHex(digest).substr(0, digits);
}

/// Decimal digits of a big-endian 128-bit number.
std::string decimal(std::array<std::uint8_t, 16> number) {
  std::string digits;
  while (std::any_of(number.begin(), number.end(), [](std::uint8_t byte) { return byte != 0; })) {
    unsigned remainder = 0;
    for (std::uint8_t& byte : number) {
      const unsigned value = remainder * 256 + byte;
      byte = static_cast<std::uint8_t>(value / 10);
      remainder = value % 10;
    }
    digits.insert(digits.begin(), static_cast<char>('0' + remainder));
  }
  return digits;
}

std::array<std::uint8_t, Key::kBytes> randomBytes() {
  std::array<std::uint8_t, Key::kBytes> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw ProgramError("the operating system gave no random bytes");
  return bytes;
}

InputError unwritable(const fs::path& path, int fault) {
  return InputError("unwritable-file", std::string("cannot be written: ") + std::strerror(fault),
                    path.string());
}

/// A file that this process made and nobody had before; closed with the object.
class NewFile {
 public:
  explicit NewFile(const fs::path& path)
      : path_(path), descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0 && errno == EEXIST)
      throw InputError("file-exists", "exists already, and a key is never overwritten", path.string());
    if (descriptor_ < 0) throw unwritable(path, errno);
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() { ::close(descriptor_); }

  void write(const std::array<std::uint8_t, Key::kBytes>& bytes) const {
    const bool written =
        ::write(descriptor_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
        ::fsync(descriptor_) == 0;
    if (written) return;
    const int fault = errno;
    ::unlink(path_.c_str());
    throw unwritable(path_, fault);
  }

 private:
  const fs::path& path_;
  int descriptor_;
};

/// Reads the magic string and the application id of SQLite's file header
/// (https://www.sqlite.org/fileformat.html, section 1.3).
bool isCatalogue(const fs::path& path) {
  std::array<char, 72> header{};
  std::ifstream stream(path, std::ios::binary);
  if (!stream.read(header.data(), header.size())) return false;
  std::uint32_t applicationId = 0;
  for (std::size_t i = 68; i < 72; ++i)
    applicationId = applicationId << 8 | static_cast<unsigned char>(header[i]);
  return std::string_view(header.data(), 15) == "SQLite format 3" && applicationId == kCatalogueApplicationId;
}

bool holdsCatalogue(const fs::path& folder) {
  std::error_code fault;
  for (const auto& entry : fs::directory_iterator(folder, fault)) {
    std::error_code ignored;
    if (entry.is_regular_file(ignored) && isCatalogue(entry.path())) return true;
  }
  return false;
}

}  // namespace

void refuseBesideData(const fs::path& keyFile) {
  const fs::path folder = fs::weakly_canonical(fs::absolute(keyFile)).parent_path();
  const auto refuse = [&](const std::string& what, const fs::path& where) {
    throw InputError(
        "key-in-dataset",
        "a key must not lie inside " + what + " (" + where.string() + "), with which it would travel",
        keyFile.string());
  };
  if (holdsCatalogue(folder)) refuse("the folder of a catalogue", folder);
  for (fs::path above = folder; above.has_relative_path(); above = above.parent_path()) {
    if (fs::exists(above / kStoreMarker)) refuse("a store", above);
    if (fs::exists(above / "dataset.json")) refuse("a dataset", above);
  }
}

void Key::createFile(const fs::path& path) {
  refuseBesideData(path);
  NewFile(path).write(randomBytes());
}

Key Key::read(const fs::path& path) {
  struct stat status {};
  const bool found = ::stat(path.c_str(), &status) == 0;
  if (found && static_cast<std::uintmax_t>(status.st_size) != kBytes)
    throw InputError("bad-key",
                     "is no key: a key has " + std::to_string(kBytes) + " bytes, this has " +
                         std::to_string(status.st_size),
                     path.string());
  const std::string content = readWholeFile(path);
  if (content.size() != kBytes) throw InputError("bad-key", "is no key: its size changed", path.string());
  if (status.st_mode & (S_IRWXG | S_IRWXO))
    say("remnant: warning: " + path.string() + ": others than its owner can reach this key (chmod 600)");
  std::array<std::uint8_t, kBytes> bytes{};
  std::copy(content.begin(), content.end(), bytes.begin());
  return Key(bytes);
}

Digest Key::hash(std::string_view domain, std::string_view value) const {
  return hmacSha256(bytes_, std::string(domain) + ":" + std::string(value));
}

std::string Key::patientPseudonym(std::string_view patientId) const {
  return "P" + hexDigits(hash("patient", withoutPadding(patientId)), 12);
}

std::string Key::studyPseudonym(std::string_view studyInstanceUid) const {
  return "S" + hexDigits(hash("study", withoutPadding(studyInstanceUid)), 12);
}

std::string Key::centrePseudonym(std::string_view institution) const {
  const std::string plain = withOneCaseAndSpacing(institution);
  return plain.empty() ? "" : "C" + hexDigits(hash("centre", plain), 6);
}

std::string Key::objectName(std::string_view sourceSha256) const {
  return hexDigits(hash("object", sourceSha256), 32);
}

std::string Key::mapUid(std::string_view uid) const {
  const Digest digest = hash("uid", withoutPadding(uid));
  std::array<std::uint8_t, 16> uuid{};
  std::copy_n(digest.begin(), uuid.size(), uuid.begin());
  uuid[6] = static_cast<std::uint8_t>((uuid[6] & 0x0f) | 0x80);  // version 8 (RFC 9562, section 5.8)
  uuid[8] = static_cast<std::uint8_t>((uuid[8] & 0x3f) | 0x80);  // variant (section 4.1)
  return "2.25." + decimal(uuid);
}

int Key::dateShiftDays(std::string_view patientId) const {
  const Digest digest = hash("shift", withoutPadding(patientId));
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) number = number << 8 | digest[i];
  return -1 - static_cast<int>(number % kLongestShiftDays);
}

std::string Key::keyId() const {
  return hexDigits(hash("key-id", ""), 12);
}

}  // namespace remnant::deid

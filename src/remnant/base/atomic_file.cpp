#include "remnant/base/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <system_error>

#include "remnant/base/error.h"

namespace remnant {
namespace {

constexpr std::string_view kTemporarySuffix = ".remnant-part";

std::filesystem::path temporaryBeside(const std::filesystem::path& path) {
  static std::atomic<unsigned> serial{0};
  return path.string() + "." + std::to_string(::getpid()) + "-" + std::to_string(serial++) +
         std::string(kTemporarySuffix);
}

void syncToDisk(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int fault = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced)
    throw InputError("unwritable-file", std::string("cannot be written: ") + std::strerror(fault),
                     path.string());
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path path)
    : path_(std::move(path)), temporaryPath_(temporaryBeside(path_)) {}

AtomicFile::~AtomicFile() {
  std::error_code ignored;
  if (!committed_) std::filesystem::remove(temporaryPath_, ignored);
}

void AtomicFile::commit() {
  syncToDisk(temporaryPath_);
  std::error_code fault;
  std::filesystem::rename(temporaryPath_, path_, fault);
  if (fault)
    throw InputError("unwritable-file", "cannot be put in place: " + fault.message(), path_.string());
  committed_ = true;
}

void writeWholeFile(const std::filesystem::path& path, std::string_view bytes) {
  AtomicFile file(path);
  std::ofstream stream(file.temporaryPath(), std::ios::binary);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (!stream)
    throw InputError("unwritable-file", std::string("cannot be written: ") + std::strerror(errno),
                     path.string());
  file.commit();
}

std::string readWholeFile(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream || std::filesystem::is_directory(path))
    throw InputError("unreadable-file", "cannot be opened for reading", path.string());
  std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (stream.bad()) throw InputError("unreadable-file", "reading failed before the end", path.string());
  return bytes;
}

void createFolder(const std::filesystem::path& path) {
  std::error_code fault;
  std::filesystem::create_directories(path, fault);
  if (fault || !std::filesystem::is_directory(path))
    throw InputError("unwritable-folder", "cannot be created: " + fault.message(), path.string());
}

void removeAbandonedTemporaries(const std::filesystem::path& folder) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
    if (entry.path().string().ends_with(kTemporarySuffix)) std::filesystem::remove(entry.path(), ignored);
}

}  // namespace remnant

#include "remnant/dataset/checksums.h"

#include <algorithm>
#include <atomic>
#include <vector>

#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "remnant/base/parallel.h"
#include "remnant/base/sha256.h"

namespace remnant::dataset {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDigits = 64;

/// "<64 hexadecimal digits>  <file>", with a file below the folder.
bool isEntry(const std::string& line) {
  if (line.size() < kDigits + 3 || line.compare(kDigits, 2, "  ") != 0) return false;
  if (line.find_first_not_of("0123456789abcdef") != kDigits) return false;
  const fs::path file = line.substr(kDigits + 2);
  return file.is_relative() && std::find(file.begin(), file.end(), "..") == file.end();
}

bool fileMatches(const fs::path& path, const std::string& digest) {
  return fs::is_regular_file(path) && toHex(sha256OfFile(path)) == digest;
}

}  // namespace

std::string checksumsText(const Checksums& checksums) {
  std::string text;
  for (const auto& [file, digest] : checksums) text += digest + "  " + file + "\n";
  return text;
}

Checksums readChecksumsFile(const fs::path& path) {
  if (!fs::exists(path))
    throw InputError("no-dataset", "is missing; the dataset was not finished", path.string());
  const std::string text = readWholeFile(path);
  Checksums checksums;
  std::size_t number = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string line = text.substr(start, end - start);
    ++number;
    if (!isEntry(line))
      throw InputError("bad-dataset", "line " + std::to_string(number) + " is no checksum of a file below",
                       path.string());
    checksums[line.substr(kDigits + 2)] = line.substr(0, kDigits);
    start = end + 1;
  }
  return checksums;
}

bool matchesChecksums(const fs::path& folder, const Checksums& checksums, unsigned threads) {
  const std::vector<std::pair<std::string, std::string>> entries(checksums.begin(), checksums.end());
  std::atomic<bool> same = true;
  parallelFor(entries.size(), threads, [&](std::size_t i) {
    if (same && !fileMatches(folder / entries[i].first, entries[i].second)) same = false;
  });
  return same;
}

}  // namespace remnant::dataset

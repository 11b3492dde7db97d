#include "remnant/dataset/build_places.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "remnant/base/error.h"
#include "remnant/deid/key.h"

namespace remnant::dataset {
namespace {

namespace fs = std::filesystem;

/// Without a trailing separator, whose empty last part would match nothing.
fs::path canonicalPath(const fs::path& path) {
  const fs::path canonical = fs::weakly_canonical(fs::absolute(path));
  return canonical.has_filename() ? canonical : canonical.parent_path();
}

bool liesWithin(const fs::path& path, const fs::path& folder) {
  const fs::path inner = canonicalPath(path), outer = canonicalPath(folder);
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

void requireKeyApart(const fs::path& key, const BuildConfig& config) {
  deid::refuseBesideData(key);
  if (liesWithin(key, config.out) || liesWithin(key, config.store))
    throw InputError("key-in-dataset",
                     "a key must not lie inside the dataset or the store: it would travel with the data that "
                     "it re-identifies",
                     key.string());
}

}  // namespace

void requirePlacesApart(const BuildConfig& config) {
  if (config.key) requireKeyApart(*config.key, config);
  if (liesWithin(config.out, config.store))
    throw InputError("dataset-in-store", "the dataset must not lie inside the store; choose another folder",
                     config.out.string());
}

FolderLock::FolderLock(const fs::path& folder)
    : descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (descriptor_ < 0) throw InputError("unwritable-folder", "cannot be opened", folder.string());
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
  ::close(descriptor_);
  throw InputError("busy-folder", "another build is at work in this folder", folder.string());
}

FolderLock::~FolderLock() {
  ::close(descriptor_);
}

}  // namespace remnant::dataset

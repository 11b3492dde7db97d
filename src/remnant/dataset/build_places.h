#pragma once

#include <filesystem>

#include "remnant/dataset/build.h"

/// Where a build may work.
namespace remnant::dataset {

/// Throws InputError "key-in-dataset" where the key lies inside the dataset to be made, the store or beside a
/// catalogue, "dataset-in-store" where the dataset would lie inside the store.
void requirePlacesApart(const BuildConfig& config);

/// Keeps a second build out of a folder for as long as it lives; gone with the process, however it ends.
/// Throws InputError "busy-folder" where another build is at work in it.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder);
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  int descriptor_ = -1;
};

}  // namespace remnant::dataset

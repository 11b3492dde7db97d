#include "remnant/dataset/store.h"

#include <nlohmann/json.hpp>

#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "remnant/base/sha256.h"
#include "remnant/deid/key.h"

namespace remnant::dataset {
namespace {

namespace fs = std::filesystem;

fs::path reasonFile(const fs::path& folder, std::string_view sourceSha256) {
  return folder / "quarantine" / (std::string(sourceSha256) + ".json");
}

}  // namespace

Store Store::create(const fs::path& folder) {
  createFolder(folder / "objects");
  createFolder(folder / "quarantine");
  const fs::path marker = folder / deid::kStoreMarker;
  if (!fs::exists(marker)) {
    const nlohmann::ordered_json content = {{"what", "de-identified objects of remnant"}, {"version", 1}};
    writeWholeFile(marker, content.dump(2) + "\n");
  }
  return Store(folder);
}

Store Store::open(const fs::path& folder) {
  if (!fs::exists(folder / deid::kStoreMarker))
    throw InputError("no-store", "is no store of de-identified objects; `remnant ingest` makes one",
                     folder.string());
  return Store(folder);
}

std::string Store::objectFile(std::string_view object) {
  const std::string name(object);
  return "objects/" + name.substr(0, 2) + "/" + name + ".dcm";
}

fs::path Store::pathOf(const CatalogueObject& object) const {
  fs::path path = folder_ / object.storedFile;
  if (!fs::exists(path))
    throw InputError("missing-object", "is in the catalogue but not in the store; ingest the archive again",
                     path.string());
  return path;
}

bool Store::holdsWhole(const CatalogueObject& object) const {
  const fs::path path = folder_ / object.storedFile;
  if (!fs::is_regular_file(path)) return false;
  try {
    return toHex(sha256OfFile(path)) == object.storedSha256;
  } catch (const InputError&) {
    return false;  // what cannot be read is written anew
  }
}

std::string Store::put(std::string_view objectName, const dicom::Object& object) const {
  const fs::path path = folder_ / objectFile(objectName);
  createFolder(path.parent_path());
  object.write(path);
  return toHex(sha256OfFile(path));
}

void Store::remove(std::string_view objectName) const {
  std::error_code ignored;
  fs::remove(folder_ / objectFile(objectName), ignored);
}

void Store::putReason(const SetAside& setAside) const {
  const nlohmann::ordered_json content = {{"sourceSha256", setAside.sourceSha256},
                                          {"code", setAside.code},
                                          {"message", setAside.message},
                                          {"tag", setAside.tag},
                                          {"softwareVersion", setAside.softwareVersion}};
  writeWholeFile(reasonFile(folder_, setAside.sourceSha256), content.dump(2) + "\n");
}

void Store::removeReason(std::string_view sourceSha256) const {
  std::error_code ignored;
  fs::remove(reasonFile(folder_, sourceSha256), ignored);
}

void Store::removeAbandoned() const {
  removeAbandonedTemporaries(folder_);
  removeAbandonedTemporaries(folder_ / "quarantine");
  for (const auto& entry : fs::directory_iterator(folder_ / "objects"))
    if (entry.is_directory()) removeAbandonedTemporaries(entry.path());
}

}  // namespace remnant::dataset

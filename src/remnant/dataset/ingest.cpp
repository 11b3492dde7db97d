#include "remnant/dataset/ingest.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>
#include <variant>
#include <vector>

#include "remnant/base/error.h"
#include "remnant/base/interrupt.h"
#include "remnant/base/parallel.h"
#include "remnant/base/progress.h"
#include "remnant/base/sha256.h"
#include "remnant/dataset/catalogue.h"
#include "remnant/dataset/source_reading.h"
#include "remnant/dataset/store.h"
#include "remnant/deid/key.h"

namespace remnant::dataset {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> kSoundButNotWanted = {"not-dicom", "not-nm", "no-pixels",
                                                                "lossy-pixels"};

/// Held while a store is written; the system lets go of it with the process, however that ends.
class StoreLock {
 public:
  explicit StoreLock(const Store& store)
      : descriptor_(::open((store.folder() / deid::kStoreMarker).c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    if (descriptor_ >= 0) ::close(descriptor_);
    throw InputError("store-busy", "another ingest is at work on this store", store.folder().string());
  }
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;
  ~StoreLock() { ::close(descriptor_); }

 private:
  int descriptor_;
};

fs::path canonicalPath(const fs::path& path) {
  return fs::weakly_canonical(fs::absolute(path));
}

bool liesWithin(const fs::path& path, const fs::path& folder) {
  const fs::path inner = canonicalPath(path), outer = canonicalPath(folder);
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

/// The checks of deid::refuseBesideData, for a catalogue and a store that may not exist yet.
void requireKeyApart(const IngestConfig& config) {
  deid::refuseBesideData(config.keyFile);
  const fs::path catalogueFolder = canonicalPath(catalogueFile(config.catalogueUrl)).parent_path();
  if (canonicalPath(config.keyFile).parent_path() == catalogueFolder ||
      liesWithin(config.keyFile, config.store))
    throw InputError("key-in-dataset",
                     "a key must not lie in the folder of the catalogue or inside the store: it would travel "
                     "with the data that it re-identifies",
                     config.keyFile.string());
}

void requireArchive(const IngestConfig& config) {
  if (!fs::exists(config.archive))
    throw InputError("no-archive", "there is no such folder or file", config.archive.string());
  const auto refuseInside = [&](const fs::path& path, const std::string& code, const std::string& what) {
    if (liesWithin(path, config.archive))
      throw InputError(code, what + " must not lie inside the archive that is read", path.string());
  };
  refuseInside(config.store, "store-in-archive", "the store");
  refuseInside(catalogueFile(config.catalogueUrl), "catalogue-in-archive", "the catalogue");
  refuseInside(config.keyFile, "key-in-archive", "the key");
}

/// Every regular file, ordered by path.
std::vector<fs::path> filesOf(const fs::path& archive) {
  if (fs::is_regular_file(archive)) return {archive};
  std::vector<fs::path> files;
  std::error_code fault;
  fs::recursive_directory_iterator entry(archive, fault);
  for (; !fault && entry != fs::recursive_directory_iterator(); entry.increment(fault)) {
    stopIfInterrupted();
    std::error_code unseen;  // gone since: no file of the archive any more
    if (entry->symlink_status(unseen).type() == fs::file_type::regular) files.push_back(entry->path());
  }
  if (fault)
    throw InputError("unreadable-folder", "cannot be read through: " + fault.message(), archive.string());
  if (files.empty())
    throw InputError("empty-archive", "holds no file (links are not followed)", archive.string());
  std::sort(files.begin(), files.end());
  return files;
}

class Ingestion {
 public:
  Ingestion(const IngestConfig& config, const deid::Key& key, const Store& store, Catalogue& catalogue)
      : config_(config), key_(key), store_(store), catalogue_(catalogue) {}

  IngestSummary run(const std::vector<fs::path>& files) {
    summary_.files = files.size();
    Progress progress("ingest", "files", files.size());
    const std::size_t step = std::max<std::size_t>(1, config_.filesPerTransaction);
    for (std::size_t first = 0; first < files.size(); first += step)
      takeGroup(std::span(files).subspan(first, std::min(step, files.size() - first)), first, progress);
    return summary_;
  }

 private:
  struct Source {
    const fs::path* file;
    std::string sha256;
    std::variant<std::monostate, CatalogueObject, SetAside> outcome;
  };

  void takeGroup(std::span<const fs::path> files, std::size_t first, Progress& progress) {
    std::vector<Source> news = unknownOf(digested(files, first), progress);
    parallelFor(news.size(), config_.threads, [&](std::size_t i) {
      std::visit([&](auto&& outcome) { news[i].outcome = std::move(outcome); },
                 storeSource(*news[i].file, news[i].sha256, key_, store_));
      progress.advance();
    });
    Catalogue::Transaction transaction(catalogue_);
    for (Source& source : news) record(source);
    transaction.commit();
  }

  /// A file that cannot be read now has no digest; it is told of, and tried again by the next run. It is told
  /// by its place, for folders are often named after patients.
  std::vector<Source> digested(std::span<const fs::path> files, std::size_t first) const {
    std::vector<Source> sources(files.size());
    parallelFor(files.size(), config_.threads, [&](std::size_t i) {
      sources[i].file = &files[i];
      try {
        sources[i].sha256 = toHex(sha256OfFile(files[i]));
      } catch (const InputError& error) {
        say("remnant: file " + std::to_string(first + i + 1) +
            " of the archive (in path order) cannot be read: " + error.what());
      }
    });
    return sources;
  }

  /// The sources to read; of the others, those met before, it only keeps count.
  std::vector<Source> unknownOf(std::vector<Source> sources, Progress& progress) {
    std::vector<Source> unknown;
    std::set<std::string> met;
    for (Source& source : sources) {
      if (isUnknown(source.sha256, met))
        unknown.push_back(std::move(source));
      else
        progress.advance();
    }
    return unknown;
  }

  bool isUnknown(const std::string& sha256, std::set<std::string>& met) {
    if (sha256.empty()) {
      ++summary_.quarantined["unreadable-file"];
      return false;
    }
    const auto before = catalogue_.setAsideOfSource(sha256);
    if (before && before->softwareVersion == config_.softwareVersion) {
      ++summary_.quarantined[before->code];
      return false;
    }
    if (const auto object = catalogue_.objectOfSource(sha256); object && store_.holdsWhole(*object)) {
      ++summary_.alreadyKnown;
      return false;
    }
    if (met.insert(sha256).second) return true;
    ++summary_.alreadyKnown;
    return false;
  }

  void record(Source& source) {
    if (auto* object = std::get_if<CatalogueObject>(&source.outcome))
      recordObject(*object);
    else
      recordSetAside(std::get<SetAside>(std::move(source.outcome)));
  }

  void recordObject(const CatalogueObject& object) {
    if (const auto reason = conflictOf(object)) {
      store_.remove(object.object);
      return recordSetAside(setAsideFor(object.sourceSha256, reason->first, reason->second));
    }
    store_.removeReason(object.sourceSha256);
    if (catalogue_.objectOfSource(object.sourceSha256))
      catalogue_.replace(object);
    else
      catalogue_.add(object);
    ++summary_.stored;
  }

  /// Code and tag of what keeps an object out that is sound by itself.
  std::optional<std::pair<std::string, std::string>> conflictOf(const CatalogueObject& object) const {
    const auto twin = catalogue_.objectOfSopUid(object.sopUid);
    if (twin && twin->sourceSha256 != object.sourceSha256) return std::pair("duplicate-uid", "(0008,0018)");
    const auto patient = catalogue_.patientOfStudy(object.study);
    if (patient && *patient != object.patient) return std::pair("study-of-two-patients", "(0020,000d)");
    return std::nullopt;
  }

  void recordSetAside(SetAside setAside) {
    setAside.softwareVersion = config_.softwareVersion;
    store_.putReason(setAside);
    catalogue_.add(setAside);
    ++summary_.quarantined[setAside.code];
  }

  const IngestConfig& config_;
  const deid::Key& key_;
  const Store& store_;
  Catalogue& catalogue_;
  IngestSummary summary_;
};

}  // namespace

std::size_t IngestSummary::quarantinedFiles() const {
  std::size_t sum = 0;
  for (const auto& [code, count] : quarantined) sum += count;
  return sum;
}

bool IngestSummary::foundFaults() const {
  return std::any_of(quarantined.begin(), quarantined.end(),
                     [](const auto& entry) { return isFault(entry.first); });
}

bool isFault(std::string_view code) {
  return std::find(kSoundButNotWanted.begin(), kSoundButNotWanted.end(), code) == kSoundButNotWanted.end();
}

IngestSummary ingest(const IngestConfig& config) {
  requireKeyApart(config);
  requireArchive(config);
  const deid::Key key = deid::Key::read(config.keyFile);
  const std::vector<fs::path> files = filesOf(config.archive);
  const Store store = Store::create(config.store);
  const StoreLock lock(store);
  Catalogue catalogue = Catalogue::openForWriting(config.catalogueUrl, key.keyId(), config.softwareVersion);
  store.removeAbandoned();
  return Ingestion(config, key, store, catalogue).run(files);
}

}  // namespace remnant::dataset

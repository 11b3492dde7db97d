#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "remnant/base/csv.h"
#include "remnant/image/grid.h"
#include "remnant/standardise/study_images.h"

/// A built dataset folder, read back: tables and images. Column meanings stand in docs/data-dictionary.md.
namespace remnant::dataset {

/// Which of the two image sets of a dataset folder.
enum class ImageSet { kFullBody, kNeckRegion };
std::string imageSetText(ImageSet set);  ///< "full-body", "neck-region"

/// What dataset.json says of the format it is written in.
inline constexpr int kDatasetFormat = 1;

struct Study {
  std::string patient;
  std::string study;
  int label = 0;  ///< 1: residual thyroid tissue; 0: none
  std::string radionuclide, scanner, centre, sex, ageBand;
  std::optional<long> acquisitionPeriod;  ///< year
  std::optional<double> doseMBq, hoursFromDose, tshMilliUnitsPerL, thyroglobulinNgPerMl;
};

/// One region of one view of one image set; pixels of that set's own image.
struct Region {
  std::string study, imageSet, view, region;
  image::Box box;
  std::string source;
};

struct SplitEntry {
  std::string protocol;
  int repeat = 0;
  int fold = 0;
  std::string patient;
  std::string part;  ///< "train", "test" (and "validation" where the protocol has one)
};

/// A dataset folder, checked on opening. Throws InputError naming file, line and column: "no-dataset" (no
/// dataset.json, or one not finished), "bad-dataset" (of another format, or tables that contradict one
/// another), "changed-file" (a table, and later an image, that is not the one in checksums.sha256), and those
/// of requireSchema. A dataset of a newer minor version may hold more keys in dataset.json; they are ignored.
class Dataset {
 public:
  static Dataset open(const std::filesystem::path& folder);

  const std::filesystem::path& folder() const { return folder_; }
  const std::string& version() const { return version_; }
  const std::string& name() const { return name_; }
  bool simulated() const { return simulated_; }
  /// In the order of studies.csv: by patient, then study.
  const std::vector<Study>& studies() const { return studies_; }
  const std::vector<Region>& regions() const { return regions_; }
  /// The divisions that splits.csv holds.
  const std::vector<SplitEntry>& splits() const { return splits_; }
  /// K folds R times over (groupedKFold) from the seed the dataset was divided with: for the folds and
  /// repeats of splits.csv the very entries that stand there, and more where more are asked for.
  std::vector<SplitEntry> kFold(int folds, int repeats) const;
  /// sha256 of checksums.sha256: names the exact bytes of the whole dataset.
  std::string contentHash() const { return contentHash_; }
  /// The two opposed views of a study in one image set, raw counts. Throws InputError "unknown-study", and
  /// "changed-file" where an image is not the one the dataset was made with. Any number of threads may call
  /// it.
  standardise::OpposedViews views(const std::string& study, ImageSet set) const;

 private:
  /// One image of one study, from views.csv.
  struct ViewFile {
    std::string file;
    double rowSpacingMm = 0;
    double columnSpacingMm = 0;
    bool headFirst = true;
  };

  void readDescription();
  void readChecksums();
  CsvTable readTable(std::string_view file) const;
  void readStudies();
  void readViews();
  void readRegions();
  void readSplits();
  void requireUnchanged(const std::string& file) const;
  const ViewFile& viewFile(const std::string& study, ImageSet set, const std::string& view) const;

  std::filesystem::path folder_;
  std::string name_, version_;
  bool simulated_ = false;
  std::uint64_t seed_ = 0;
  std::string contentHash_;
  std::map<std::string, std::string> checksums_;  ///< hexadecimal SHA-256 by file
  std::vector<Study> studies_;
  std::vector<Region> regions_;
  std::vector<SplitEntry> splits_;
  std::map<std::string, ViewFile> viewFiles_;  ///< by "study/image set/view"
};

}  // namespace remnant::dataset

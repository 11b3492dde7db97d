#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "remnant/image/grid.h"
#include "remnant/standardise/study_images.h"

/// A built dataset folder, read back: tables and images. Column meanings stand in docs/data-dictionary.md.
namespace remnant::dataset {

/// Which of the two image sets of a dataset folder.
enum class ImageSet { kFullBody, kNeckRegion };
std::string imageSetText(ImageSet set);  ///< "full-body", "neck-region"

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

/// A dataset folder, checked on opening. Throws InputError naming file, line and column.
class Dataset {
 public:
  static Dataset open(const std::filesystem::path& folder);

  const std::filesystem::path& folder() const { return folder_; }
  const std::string& version() const { return version_; }
  const std::string& name() const { return name_; }
  bool simulated() const { return simulated_; }
  const std::vector<Study>& studies() const { return studies_; }
  const std::vector<Region>& regions() const { return regions_; }
  const std::vector<SplitEntry>& splits() const { return splits_; }
  /// sha256 of checksums.sha256: names the exact bytes of the whole dataset.
  std::string contentHash() const;
  /// The two opposed views of a study in one image set, raw counts.
  standardise::OpposedViews views(const std::string& study, ImageSet set) const;

 private:
  struct ViewFiles;
  std::filesystem::path folder_;
  std::string name_, version_;
  bool simulated_ = false;
  std::vector<Study> studies_;
  std::vector<Region> regions_;
  std::vector<SplitEntry> splits_;
  std::vector<ViewFiles> viewFiles_;
};

}  // namespace remnant::dataset

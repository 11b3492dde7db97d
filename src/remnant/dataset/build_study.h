#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "remnant/dataset/checksums.h"
#include "remnant/dataset/region_rows.h"
#include "remnant/dataset/select_views.h"
#include "remnant/dataset/store.h"

/// One study's part of a dataset: its images, its DICOM objects, and its rows.
namespace remnant::dataset {

struct StudyParts {
  std::vector<std::vector<std::string>> viewRows;    ///< of views.csv
  std::vector<std::vector<std::string>> regionRows;  ///< of regions.csv
  Checksums checksums;                               ///< of every file written
  CatalogueObject
      acquired;  ///< the object of the anterior view: what studies.csv tells of dose, time and scanner
  bool severalAcquisitions = false;
  bool simulated = false;  ///< the object says that the simulator made it
};

/// Writes the study's files below the dataset's folder, each whole; a file that is there with the right bytes
/// stays. objects: all of the study's in the catalogue. regions: those given for it, on full-body images.
/// Comes back with a reason where the study cannot be in the dataset, and then nothing was written. Throws
/// InputError "missing-object", "changed-object" (the store is not the one that was ingested), "bad-value"
/// for a region outside its image.
std::variant<StudyParts, LeftOut> buildStudy(const std::string& study,
                                             const std::vector<CatalogueObject>& objects,
                                             const std::vector<RegionRow>& regions, const Store& store,
                                             const std::filesystem::path& folder);

}  // namespace remnant::dataset

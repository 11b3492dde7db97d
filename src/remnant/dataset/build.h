#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

/// From a catalogue of de-identified studies and a table of labels to the two datasets, in one folder.
namespace remnant::dataset {

struct BuildConfig {
  std::string catalogueUrl;
  std::filesystem::path store;
  std::filesystem::path labels;
  std::optional<std::filesystem::path> key;      ///< needed where labels or regions have original identifiers
  std::optional<std::filesystem::path> regions;  ///< columns of truth.csv
  std::filesystem::path out;
  std::uint64_t seed = 0;  ///< of the divisions
  std::string name = "residual-tissue";
  unsigned threads = 0;  ///< 0: one a core
  std::string softwareVersion;
};

struct BuildSummary {
  std::size_t studies = 0;
  std::size_t patients = 0;
  std::size_t positives = 0;                   ///< studies of label 1
  std::map<std::string, std::size_t> leftOut;  ///< studies of the catalogue, by reason
  std::size_t severalAcquisitions = 0;  ///< studies that hold more than one; the earliest stands for them
  bool alreadyBuilt = false;            ///< the same dataset was there, whole
  std::string contentHash;              ///< SHA-256 of checksums.sha256
};

/// The version of a dataset that was never published before.
inline constexpr const char* kFirstDatasetVersion = "1.0.0";
/// The divisions that splits.csv holds: five folds once over, and one holdout.
inline constexpr int kFolds = 5;
inline constexpr int kRepeats = 1;
/// SoftwareVersions (0018,1020) of simulated objects begins so; de-identification leaves it.
inline constexpr const char* kSimulatorSoftware = "remnant simulator";

/// Writes studies.csv, views.csv, regions.csv, splits.csv, left-out.csv, full-body/, neck-region/, dicom/,
/// README.txt, dataset.json and, last of all, checksums.sha256: a folder without it is not finished. The same
/// catalogue, labels, regions and seed give the same bytes, on any number of threads and however often it was
/// stopped or killed on the way. A finished dataset is checked against its checksums and mended where a file
/// was changed.
///
/// Throws InputError: "other-dataset" (the folder holds a dataset made from something else), "folder-in-use"
/// (it holds other files), "no-studies" (no labelled study is fit), "busy-folder" (another build is at work
/// in it), "key-in-dataset", "dataset-in-store", "unmatched-rows", "contradictory-labels",
/// "bad-label" and others of readLabels and readRegionRows, those of Catalogue, Store and Key; Interrupted.
BuildSummary build(const BuildConfig& config);

}  // namespace remnant::dataset

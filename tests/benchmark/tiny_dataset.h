#pragma once

#include <filesystem>
#include <string>

#include "remnant/base/atomic_file.h"
#include "remnant/base/random.h"
#include "remnant/base/sha256.h"
#include "remnant/dataset/checksums.h"
#include "remnant/dataset/dataset.h"
#include "remnant/dataset/description.h"
#include "remnant/dataset/schema.h"
#include "remnant/dataset/splits.h"
#include "remnant/image/png.h"

namespace remnant::testing {

/// A dataset folder with small images of Poisson noise, whose positives hold more counts in the thyroid box.
/// Patients "P00"... have one or two studies; every second patient's first study is positive, all others are
/// negative.
class TinyDataset {
 public:
  /// excess  how much brighter the positives' thyroid box is, as a factor
  /// source  who drew the boxes
  TinyDataset(std::filesystem::path folder, std::size_t patients, double excess = 3, int folds = 2,
              std::string source = "automatic")
      : folder_(std::move(folder)), excess_(excess), source_(std::move(source)) {
    createFolder(folder_ / "images");
    for (std::size_t patient = 0; patient < patients; ++patient) addPatient(patient);
    writeTables(folds);
  }

  dataset::Dataset open() const { return dataset::Dataset::open(folder_); }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  static constexpr std::size_t kSide = 32;
  static constexpr image::Box kThyroid{.x = 12, .y = 8, .width = 8, .height = 8};
  static constexpr image::Box kShoulder{.x = 2, .y = 22, .width = 8, .height = 6};

  static std::string number(std::size_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }

  void addPatient(std::size_t patient) {
    const std::size_t studies = 1 + patient % 3 / 2;
    for (std::size_t study = 0; study < studies; ++study) {
      const int label = patient % 2 == 0 && study == 0 ? 1 : 0;
      addStudy("P" + number(patient), "S" + number(patient) + std::to_string(study), label);
    }
  }

  void addStudy(const std::string& patient, const std::string& study, int label) {
    studies_.append({patient, study, std::to_string(label), "", "", "", "", "", "", "", "", "", ""});
    for (const std::string imageSet : {"full-body", "neck-region"}) {
      for (const std::string view : {"anterior", "posterior"}) addImage(study, imageSet, view, label);
      addRegion(study, imageSet, "thyroid", kThyroid);
      addRegion(study, imageSet, "shoulder", kShoulder);
    }
  }

  void addImage(const std::string& study, const std::string& imageSet, const std::string& view, int label) {
    const std::string file = "images/" + study + "_" + imageSet + "_" + view + ".png";
    RandomStream random(17, images_++);
    image::Counts counts(kSide, kSide);
    for (std::size_t row = 0; row < kSide; ++row)
      for (std::size_t column = 0; column < kSide; ++column) {
        const bool inThyroid = row - kThyroid.y < kThyroid.height && column - kThyroid.x < kThyroid.width;
        counts.at(row, column) =
            static_cast<std::int32_t>(random.poisson(inThyroid && label == 1 ? 4 * excess_ : 4));
      }
    image::writePng(folder_ / file, counts);
    const std::string side = std::to_string(kSide);
    views_.append({study, imageSet, view, file, side, side, "4", "4", "top",
                   std::to_string(image::sumOf(counts)), "0", "0", side, side, "dicom/" + study + ".dcm",
                   "0"});
    files_.push_back(file);
  }

  void addRegion(const std::string& study, const std::string& imageSet, const std::string& region,
                 const image::Box& box) {
    regions_.append({study, imageSet, "anterior", region, std::to_string(box.x), std::to_string(box.y),
                     std::to_string(box.width), std::to_string(box.height), "", "", "", "", "", "", "",
                     source_});
  }

  void writeTables(int folds) {
    writeTable(studies_, "studies.csv");
    writeTable(views_, "views.csv");
    writeTable(regions_, "regions.csv");
    writeTable(splits(folds), "splits.csv");
    dataset::Description description;
    description.name = "tiny";
    description.version = "1.0.0";
    description.simulated = true;
    description.provenance.seed = 5;
    writeWholeFile(folder_ / "dataset.json", dataset::descriptionText(description));
    files_.push_back("dataset.json");
    dataset::Checksums checksums;
    for (const std::string& file : files_) checksums[file] = toHex(sha256OfFile(folder_ / file));
    writeWholeFile(folder_ / dataset::kChecksumsFile, dataset::checksumsText(checksums));
  }

  CsvTable splits(int folds) const {
    std::vector<dataset::Study> studies;
    for (std::size_t row = 0; row < studies_.rowCount(); ++row) {
      dataset::Study study;
      study.patient = studies_.text(row, "patient");
      study.study = studies_.text(row, "study");
      study.label = static_cast<int>(*studies_.integer(row, "label"));
      studies.push_back(study);
    }
    CsvTable table = dataset::emptyTable("splits.csv");
    for (const auto& entry : dataset::groupedKFold(dataset::summarisePatients(studies), folds, 1, 5))
      table.append({entry.protocol, std::to_string(entry.repeat), std::to_string(entry.fold), entry.patient,
                    entry.part});
    return table;
  }

  void writeTable(const CsvTable& table, const std::string& file) {
    table.write(folder_ / file);
    files_.push_back(file);
  }

  std::filesystem::path folder_;
  double excess_;
  std::string source_;
  CsvTable studies_ = dataset::emptyTable("studies.csv");
  CsvTable views_ = dataset::emptyTable("views.csv");
  CsvTable regions_ = dataset::emptyTable("regions.csv");
  std::vector<std::string> files_;
  std::uint32_t images_ = 0;
};

}  // namespace remnant::testing

#include "remnant/dataset/build.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

#include "remnant/base/atomic_file.h"
#include "remnant/base/interrupt.h"
#include "remnant/base/parallel.h"
#include "remnant/base/progress.h"
#include "remnant/base/sha256.h"
#include "remnant/dataset/build_places.h"
#include "remnant/dataset/build_study.h"
#include "remnant/dataset/description.h"
#include "remnant/dataset/labels.h"
#include "remnant/dataset/schema.h"
#include "remnant/dataset/splits.h"

namespace remnant::dataset {
namespace {

namespace fs = std::filesystem;

/// Lies in the folder while a dataset is being made.
constexpr const char* kUnfinishedFile = "unfinished.json";

/// What goes into a dataset, read and matched.
struct Ingredients {
  std::vector<CatalogueStudy> studies;  ///< by patient, then study
  std::map<std::string, std::vector<CatalogueObject>> objects;
  std::map<std::string, StudyLabel> labels;
  std::map<std::string, std::vector<RegionRow>> regions;
  Provenance provenance;
};

std::string catalogueDigest(const std::vector<CatalogueStudy>& studies,
                            const std::map<std::string, std::vector<CatalogueObject>>& objects) {
  Sha256 digest;
  for (const CatalogueStudy& study : studies) {
    digest.update(study.patient + "," + study.study + "\n");
    for (const CatalogueObject& object : objects.at(study.study))
      digest.update(object.object + "," + object.storedSha256 + "\n");
  }
  return toHex(digest.finish());
}

Ingredients readIngredients(const BuildConfig& config) {
  const Catalogue catalogue = Catalogue::open(config.catalogueUrl);
  const StudyMatcher matcher(catalogue,
                             config.key ? std::optional(deid::Key::read(*config.key)) : std::nullopt);
  Ingredients ingredients;
  ingredients.labels = readLabels(config.labels, matcher);
  if (config.regions) ingredients.regions = readRegionRows(*config.regions, matcher);
  ingredients.studies = catalogue.studies();
  std::sort(ingredients.studies.begin(), ingredients.studies.end(),
            [](const CatalogueStudy& left, const CatalogueStudy& right) {
              return std::tie(left.patient, left.study) < std::tie(right.patient, right.study);
            });
  for (const CatalogueObject& object : catalogue.objects())
    ingredients.objects[object.study].push_back(object);
  ingredients.provenance = {
      .softwareVersion = config.softwareVersion,
      .seed = config.seed,
      .catalogueSha256 = catalogueDigest(ingredients.studies, ingredients.objects),
      .labelsSha256 = labelsDigest(ingredients.labels),
      .regionsSha256 = config.regions ? toHex(sha256OfFile(*config.regions)) : std::string()};
  return ingredients;
}

/// What becomes of a study of the catalogue.
using Outcome = std::variant<LeftOut, StudyParts>;

class DatasetBuilder {
 public:
  DatasetBuilder(const BuildConfig& config, Ingredients ingredients)
      : config_(config), ingredients_(std::move(ingredients)) {}

  BuildSummary build() {
    createFolder(config_.out);
    const FolderLock lock(config_.out);
    claimFolder();
    if (const auto summary = finishedAlready()) return *summary;
    markUnfinished();
    buildStudies();
    describeOutcomes();
    if (description_.studies == 0) refuseEmpty();
    writeTables();
    writeDescription();
    writeWholeFile(config_.out / kChecksumsFile, checksumsText(checksums_));
    fs::remove(config_.out / kUnfinishedFile);
    return summaryOf(description_, false);
  }

 private:
  [[noreturn]] void refuseOther(const std::string& file) const {
    throw InputError(
        "other-dataset",
        "the folder holds a dataset made from another catalogue, labels, regions, seed or version "
        "of remnant; choose another folder or remove it",
        (config_.out / file).string());
  }

  /// Leaves the folder as it was, for the next try with other labels.
  [[noreturn]] void refuseEmpty() const {
    for (const char* file : {kUnfinishedFile, "full-body", "neck-region", "dicom"}) {
      std::error_code notEmpty;
      fs::remove(config_.out / file, notEmpty);
    }
    std::string reasons;
    for (const auto& [reason, count] : description_.leftOut)
      reasons += (reasons.empty() ? "" : ", ") + reason + " " + std::to_string(count);
    throw InputError("no-studies",
                     "no study of the catalogue can be in a dataset (" +
                         (reasons.empty() ? std::string("it holds none") : reasons) + "); nothing was made",
                     config_.labels.string());
  }

  void claimFolder() const {
    removeAbandonedTemporaries(config_.out);
    const fs::path unfinished = config_.out / kUnfinishedFile;
    if (fs::exists(config_.out / "dataset.json")) {
      const Description there = readDescription(config_.out / "dataset.json");
      if (there.name != config_.name || there.provenance != ingredients_.provenance)
        refuseOther("dataset.json");
    } else if (fs::exists(unfinished)) {
      if (readWholeFile(unfinished) != provenanceText(config_.name, ingredients_.provenance))
        refuseOther(kUnfinishedFile);
    } else if (!fs::is_empty(config_.out)) {
      throw InputError("folder-in-use", "the folder holds other files; choose an empty or a new one",
                       config_.out.string());
    }
  }

  std::optional<BuildSummary> finishedAlready() const {
    const fs::path checksums = config_.out / kChecksumsFile;
    if (!fs::exists(config_.out / "dataset.json") || !fs::exists(checksums)) return std::nullopt;
    if (!matchesChecksums(config_.out, readChecksumsFile(checksums), config_.threads)) return std::nullopt;
    fs::remove(config_.out / kUnfinishedFile);
    return summaryOf(readDescription(config_.out / "dataset.json"), true);
  }

  void markUnfinished() const {
    writeWholeFile(config_.out / kUnfinishedFile, provenanceText(config_.name, ingredients_.provenance));
    fs::remove(config_.out / kChecksumsFile);
    for (const char* folder : {"full-body", "neck-region", "dicom"}) {
      createFolder(config_.out / folder);
      removeAbandonedTemporaries(config_.out / folder);
    }
  }

  void buildStudies() {
    const Store store = Store::open(config_.store);
    outcomes_.resize(ingredients_.studies.size());
    Progress progress("build", "studies", outcomes_.size());
    parallelFor(outcomes_.size(), config_.threads, [&](std::size_t i) {
      stopIfInterrupted();
      outcomes_[i] = outcomeOf(ingredients_.studies[i].study, store);
      progress.advance();
    });
  }

  Outcome outcomeOf(const std::string& study, const Store& store) const {
    if (!ingredients_.labels.contains(study)) return LeftOut{"no-label", "the labels do not name the study"};
    static const std::vector<RegionRow> kNone;
    const auto regions = ingredients_.regions.find(study);
    auto built =
        buildStudy(study, ingredients_.objects.at(study),
                   regions == ingredients_.regions.end() ? kNone : regions->second, store, config_.out);
    if (auto* parts = std::get_if<StudyParts>(&built)) return std::move(*parts);
    return std::get<LeftOut>(built);
  }

  void describeOutcomes() {
    description_.name = config_.name;
    description_.version = kFirstDatasetVersion;
    description_.provenance = ingredients_.provenance;
    std::size_t simulated = 0;
    for (std::size_t i = 0; i < outcomes_.size(); ++i) {
      if (const auto* leftOut = std::get_if<LeftOut>(&outcomes_[i])) {
        ++description_.leftOut[leftOut->reason];
        continue;
      }
      included_.push_back(studyAt(i));
      const auto& parts = std::get<StudyParts>(outcomes_[i]);
      description_.severalAcquisitions += parts.severalAcquisitions;
      simulated += parts.simulated;
    }
    description_.simulated = simulated == included_.size();
    const auto patients = summarisePatients(included_);
    description_.studies = included_.size();
    description_.patients = patients.size();
    for (const PatientSummary& patient : patients) description_.positives += patient.positives;
  }

  Study studyAt(std::size_t i) const {
    // A study may hold other acquisitions, of other times and even other doses; the images' own facts count.
    const CatalogueObject& facts = std::get<StudyParts>(outcomes_[i]).acquired;
    const StudyLabel& label = ingredients_.labels.at(facts.study);
    return {.patient = facts.patient,
            .study = facts.study,
            .label = label.label,
            .radionuclide = facts.radionuclide,
            .scanner = facts.scanner,
            .centre = facts.centre,
            .sex = facts.sex,
            .ageBand = facts.ageBand,
            .acquisitionPeriod = facts.acquisitionPeriod,
            .doseMBq = facts.doseMBq,
            .hoursFromDose = facts.hoursFromDose,
            .tshMilliUnitsPerL = label.tshMilliUnitsPerL,
            .thyroglobulinNgPerMl = label.thyroglobulinNgPerMl};
  }

  void writeTables() {
    CsvTable studies = emptyTable("studies.csv"), views = emptyTable("views.csv"),
             regions = emptyTable("regions.csv"), leftOut = emptyTable("left-out.csv");
    for (const Study& study : included_) studies.append(cellsOf(study));
    for (std::size_t i = 0; i < outcomes_.size(); ++i) appendOutcome(i, views, regions, leftOut);
    writeFile("studies.csv", studies.toText());
    writeFile("views.csv", views.toText());
    writeFile("regions.csv", regions.toText());
    writeFile("left-out.csv", leftOut.toText());
    writeFile("splits.csv", splitsTable().toText());
  }

  static std::vector<std::string> cellsOf(const Study& study) {
    return {study.patient,
            study.study,
            std::to_string(study.label),
            study.radionuclide,
            study.scanner,
            study.centre,
            study.sex,
            study.ageBand,
            study.acquisitionPeriod ? std::to_string(*study.acquisitionPeriod) : "",
            numberText(study.doseMBq),
            numberText(study.hoursFromDose),
            numberText(study.tshMilliUnitsPerL),
            numberText(study.thyroglobulinNgPerMl)};
  }

  void appendOutcome(std::size_t i, CsvTable& views, CsvTable& regions, CsvTable& leftOut) {
    if (const auto* reason = std::get_if<LeftOut>(&outcomes_[i])) {
      const CatalogueStudy& study = ingredients_.studies[i];
      leftOut.append({study.patient, study.study, reason->reason, reason->explanation});
      return;
    }
    const auto& parts = std::get<StudyParts>(outcomes_[i]);
    for (const auto& row : parts.viewRows) views.append(row);
    for (const auto& row : parts.regionRows) regions.append(row);
    checksums_.insert(parts.checksums.begin(), parts.checksums.end());
  }

  /// Those divisions that the number of patients allows; the others are told of.
  CsvTable splitsTable() const {
    CsvTable table = emptyTable("splits.csv");
    const auto patients = summarisePatients(included_);
    const auto append = [&](const auto& divide) {
      try {
        for (const SplitEntry& entry : divide())
          table.append({entry.protocol, std::to_string(entry.repeat), std::to_string(entry.fold),
                        entry.patient, entry.part});
      } catch (const InputError& error) {
        if (error.code() != "too-few-patients") throw;
        say(std::string("remnant: splits.csv goes without a division: ") + error.what());
      }
    };
    append([&] { return groupedKFold(patients, kFolds, kRepeats, config_.seed); });
    append([&] { return groupedHoldout(patients, config_.seed); });
    return table;
  }

  void writeDescription() {
    writeFile("README.txt", readMeText(description_));
    writeFile("dataset.json", descriptionText(description_));
  }

  void writeFile(const std::string& file, const std::string& text) {
    writeWholeFile(config_.out / file, text);
    checksums_[file] = toHex(sha256(text));
  }

  BuildSummary summaryOf(const Description& description, bool alreadyBuilt) const {
    return {.studies = description.studies,
            .patients = description.patients,
            .positives = description.positives,
            .leftOut = description.leftOut,
            .severalAcquisitions = description.severalAcquisitions,
            .alreadyBuilt = alreadyBuilt,
            .contentHash = toHex(sha256OfFile(config_.out / kChecksumsFile))};
  }

  const BuildConfig& config_;
  Ingredients ingredients_;
  std::vector<Outcome> outcomes_;
  std::vector<Study> included_;
  Description description_;
  Checksums checksums_;
};

}  // namespace

BuildSummary build(const BuildConfig& config) {
  requirePlacesApart(config);
  return DatasetBuilder(config, readIngredients(config)).build();
}

}  // namespace remnant::dataset

#include "remnant/phantom/simulated_archive.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "remnant/base/atomic_file.h"
#include "remnant/base/csv.h"
#include "remnant/base/interrupt.h"
#include "remnant/base/parallel.h"
#include "remnant/base/progress.h"
#include "remnant/image/png.h"

namespace remnant::phantom {
namespace {

struct StudyPlace {
  std::size_t patient;
  std::size_t study;
};

std::vector<StudyPlace> allStudies(const Simulation& simulation, std::size_t patients) {
  std::vector<StudyPlace> places;
  for (std::size_t patient = 0; patient < patients; ++patient)
    for (std::size_t study = 0; study < simulation.studyCount(patient); ++study)
      places.push_back({patient, study});
  return places;
}

/// Refuses a folder that another simulation was written to, else says in it what is being written.
void claimFolder(const ArchiveRequest& request, const Cohort& cohort) {
  nlohmann::ordered_json facts;
  facts["cohort"] = cohort.name;
  facts["cohortSha256"] = request.cohortSha256;
  facts["seed"] = request.seed;
  facts["patients"] = request.patients;
  facts["planted"] = request.planted;
  facts["masks"] = request.masks;
  const std::string text = facts.dump(2) + "\n";
  const std::filesystem::path path = request.folder / "simulation.json";
  createFolder(request.folder);
  removeAbandonedTemporaries(request.folder);
  if (!std::filesystem::exists(path)) {
    if (!std::filesystem::is_empty(request.folder))
      throw InputError("foreign-folder", "the folder holds other files; choose an empty or a new one",
                       request.folder.string());
    return writeWholeFile(path, text);
  }
  if (readWholeFile(path) != text)
    throw InputError(
        "other-simulation",
        "the folder holds a simulation of another cohort, seed, number of patients, --phi or --masks; "
        "choose another folder or remove it",
        path.string());
}

/// NM objects, then CT images, numbered together.
std::vector<std::filesystem::path> objectPaths(const std::filesystem::path& folder,
                                               const StudyRecord& record) {
  const auto date = std::chrono::floor<std::chrono::days>(record.facts.scan);
  const auto study = folder / "dicom" / record.facts.identity.patientId /
                     fmt::format("{}_{}", dateText(date), record.accessionNumber);
  std::vector<std::filesystem::path> paths;
  for (std::size_t object = 0; object < record.acquisitions.size() + record.mapSlices; ++object)
    paths.push_back(study / fmt::format("{:05}.dcm", object + 1));
  return paths;
}

/// One for each head of the object that the truth is told of.
std::vector<std::filesystem::path> maskPaths(const std::filesystem::path& folder, const StudyRecord& record) {
  const AcquisitionPlan* plan = opposedViewsOf(record.acquisitions);
  if (!plan) return {};
  const auto object = plan - record.acquisitions.data() + 1;
  std::vector<std::filesystem::path> paths;
  for (std::size_t head = 0; head < plan->heads.size(); ++head)
    paths.push_back(folder / "truth" / record.facts.identity.patientId /
                    fmt::format("{}-{}-{}.png", record.facts.studyIndex + 1, object,
                                head * plan->windows.size() * plan->framesPerHead + 1));
  return paths;
}

std::string rounded(std::optional<double> value) {
  return value ? fmt::format("{:.6g}", *value) : std::string();
}

void appendLabel(const StudyRecord& record, CsvTable& labels) {
  labels.append({record.facts.identity.patientId, record.studyInstanceUid, record.residualTissue ? "1" : "0",
                 numberText(record.laboratory.tshMilliUnitsPerL),
                 numberText(record.laboratory.thyroglobulinNgPerMl)});
}

void appendMeasurement(const StudyRecord& record, CsvTable& measurements) {
  measurements.append({record.facts.identity.patientId, record.studyInstanceUid, rounded(record.neck.depthMm),
                       rounded(record.neck.depthSigmaMm), rounded(record.neck.widthMm),
                       rounded(record.neck.widthSigmaMm)});
}

/// What is told of a focus beyond its region.
std::vector<std::string> focusCells(const TruthRegion& region, const std::string& nuclide) {
  if (!region.focus) return {"", "", "", "", nuclide, "", "", ""};
  const SceneFocus& focus = *region.focus;
  const Point& centre = focus.shape.centre;
  return {std::to_string(focus.number),
          rounded(focus.waterDepthMm),
          rounded(focus.thicknessMm),
          focus.site,
          nuclide,
          rounded(centre.x),
          rounded(centre.y),
          rounded(centre.z)};
}

void appendTruth(const StudyRecord& record, CsvTable& truth) {
  const AcquisitionPlan* plan = opposedViewsOf(record.acquisitions);
  const std::string imageSet = plan && plan->sweep ? "full-body" : "static";
  for (const TruthRegion& region : record.truth) {
    std::vector<std::string> cells{record.facts.identity.patientId,
                                   record.studyInstanceUid,
                                   imageSet,
                                   region.view == scintigraphy::View::kAnterior ? "anterior" : "posterior",
                                   region.region,
                                   std::to_string(region.box.x),
                                   std::to_string(region.box.y),
                                   std::to_string(region.box.width),
                                   std::to_string(region.box.height),
                                   rounded(region.xMm),
                                   rounded(region.yMm),
                                   rounded(region.depthMm),
                                   region.depthMm ? "0" : "",
                                   region.depthMm ? "geometric" : "",
                                   rounded(region.uptakePercent),
                                   region.uptakePercent ? "0" : "",
                                   "simulator",
                                   rounded(region.activityMBq),
                                   rounded(region.massGrams)};
    for (std::string& cell : focusCells(region, record.facts.nuclide)) cells.push_back(std::move(cell));
    truth.append(std::move(cells));
  }
}

CsvTable emptyTruth() {
  return CsvTable({"patientId",
                   "studyInstanceUid",
                   "imageSet",
                   "view",
                   "region",
                   "x",
                   "y",
                   "width",
                   "height",
                   "xMm",
                   "yMm",
                   "depthMm",
                   "depthUncertaintyMm",
                   "depthMethod",
                   "uptakePercent",
                   "uptakeUncertaintyPercent",
                   "source",
                   "activityMBq",
                   "massGrams",
                   "focus",
                   "waterDepthMm",
                   "thicknessMm",
                   "site",
                   "nuclide",
                   "xPatientMm",
                   "yPatientMm",
                   "zPatientMm"});
}

/// The tables of the archive.
struct Tables {
  CsvTable labels{{"patientId", "studyInstanceUid", "label", "tshMilliUnitsPerL", "thyroglobulinNgPerMl"}};
  CsvTable measurements{{"patientId", "studyInstanceUid", "neckDepthMm", "neckDepthSigmaMm", "neckWidthMm",
                         "neckWidthSigmaMm"}};
  CsvTable truth = emptyTruth();

  void append(const StudyRecord& record) {
    appendLabel(record, labels);
    appendMeasurement(record, measurements);
    appendTruth(record, truth);
  }
  void write(const std::filesystem::path& folder) const {
    labels.write(folder / "labels.csv");
    measurements.write(folder / "measurements.csv");
    truth.write(folder / "truth.csv");
  }
};

void writeCalibrations(const Simulation& simulation, const std::filesystem::path& folder) {
  createFolder(folder);
  removeAbandonedTemporaries(folder);
  for (std::size_t centre = 0; centre < simulation.cohort().centres.size(); ++centre)
    physics::writeCalibration(simulation.calibrationOf(centre),
                              folder / (simulation.cohort().centres[centre].serial + ".json"));
}

/// The files of a study that are not there yet.
struct MissingStudy {
  StudyPlace place;
  std::vector<std::filesystem::path> objects, masks;  ///< all of them
  std::size_t missingObjects = 0;
  bool masksMissing = false;
};

MissingStudy missingOf(const StudyPlace& place, const StudyRecord& record, const ArchiveRequest& request) {
  const auto isMissing = [](const auto& path) { return !std::filesystem::exists(path); };
  MissingStudy missing{place, objectPaths(request.folder, record), {}, 0, false};
  if (request.masks) missing.masks = maskPaths(request.folder, record);
  missing.missingObjects =
      static_cast<std::size_t>(std::count_if(missing.objects.begin(), missing.objects.end(), isMissing));
  missing.masksMissing = std::any_of(missing.masks.begin(), missing.masks.end(), isMissing);
  return missing;
}

void makeFolderOf(const std::filesystem::path& path) {
  createFolder(path.parent_path());
  removeAbandonedTemporaries(path.parent_path());
}

void writeStudy(const Simulation& simulation, const MissingStudy& missing, bool planted) {
  const auto& [patient, study] = missing.place;
  if (missing.missingObjects > 0) {
    makeFolderOf(missing.objects.front());
    const auto objects = dicomObjectsOf(simulation.simulate(patient, study), planted);
    for (std::size_t object = 0; object < objects.size(); ++object)
      if (!std::filesystem::exists(missing.objects[object])) objects[object].write(missing.objects[object]);
  }
  if (!missing.masksMissing) return;
  const auto masks = simulation.masks(patient, study);
  for (std::size_t head = 0; head < masks.size(); ++head) image::writePng(missing.masks[head], masks[head]);
}

}  // namespace

ArchiveSummary writeArchive(const Cohort& cohort, const ArchiveRequest& request) {
  claimFolder(request, cohort);
  const Simulation simulation(cohort, request.seed);
  const std::vector<StudyPlace> places = allStudies(simulation, request.patients);
  ArchiveSummary summary{request.patients, places.size(), 0, 0};
  Tables tables;
  std::vector<MissingStudy> missing;
  for (const StudyPlace& place : places) {
    stopIfInterrupted();
    const StudyRecord record = simulation.record(place.patient, place.study);
    tables.append(record);
    summary.residualTissue += record.residualTissue;
    MissingStudy study = missingOf(place, record, request);
    if (study.missingObjects == 0 && !study.masksMissing) continue;
    summary.madeNow += study.missingObjects;
    // Studies of a patient share this folder: it is tidied before several threads write to it.
    if (study.masksMissing) makeFolderOf(study.masks.front());
    missing.push_back(std::move(study));
  }
  tables.write(request.folder);
  writeCalibrations(simulation, request.folder / "calibration");
  Progress progress("simulate", "studies", places.size(), places.size() - missing.size());
  parallelFor(missing.size(), request.threads, [&](std::size_t index) {
    writeStudy(simulation, missing[index], request.planted);
    progress.advance();
  });
  return summary;
}

}  // namespace remnant::phantom

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
#include "remnant/phantom/study_choice.h"

namespace remnant::phantom {
namespace {

/// Refuses a folder that another simulation was written to, else says in it what is being written.
void claimFolder(const ArchiveRequest& request, const Cohort& cohort) {
  nlohmann::ordered_json facts;
  facts["cohort"] = cohort.name;
  facts["cohortSha256"] = request.cohortSha256;
  facts["seed"] = request.seed;
  facts["patients"] = request.patients;
  facts["planted"] = request.planted;
  facts["masks"] = request.masks;
  if (request.study) facts["study"] = *request.study;
  if (request.monteCarlo) {
    facts["engine"] = "monte-carlo";
    facts["histories"] = request.monteCarlo->historiesOfView();
  }
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
        "the folder holds a simulation of another cohort, seed, number of patients, study, engine, --phi or "
        "--masks; "
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
  std::size_t views = 0;  ///< heads of all its acquisitions
};

MissingStudy missingOf(const StudyPlace& place, const StudyRecord& record, const ArchiveRequest& request) {
  const auto isMissing = [](const auto& path) { return !std::filesystem::exists(path); };
  MissingStudy missing{.place = place, .objects = objectPaths(request.folder, record), .masks = {}};
  for (const AcquisitionPlan& plan : record.acquisitions) missing.views += plan.heads.size();
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

void writeObjects(const SimulatedStudy& study, const MissingStudy& missing, bool planted) {
  makeFolderOf(missing.objects.front());
  const auto objects = dicomObjectsOf(study, planted);
  for (std::size_t object = 0; object < objects.size(); ++object)
    if (!std::filesystem::exists(missing.objects[object])) objects[object].write(missing.objects[object]);
}

void writeMasks(const Simulation& simulation, const MissingStudy& missing) {
  if (!missing.masksMissing) return;
  const auto masks = simulation.masks(missing.place.patient, missing.place.study);
  for (std::size_t head = 0; head < masks.size(); ++head) image::writePng(missing.masks[head], masks[head]);
}

/// Studies side by side, one a thread.
void writeFast(const Simulation& simulation, const std::vector<MissingStudy>& missing,
               const ArchiveRequest& request, std::size_t studies) {
  Progress progress("simulate", "studies", studies, studies - missing.size());
  parallelFor(missing.size(), request.threads, [&](std::size_t index) {
    const MissingStudy& study = missing[index];
    if (study.missingObjects > 0)
      writeObjects(simulation.simulate(study.place.patient, study.place.study), study, request.planted);
    writeMasks(simulation, study);
    progress.advance();
  });
}

/// The threads share the photons of a study. Nothing is told where objects were there already.
std::optional<MonteCarloNoise> writeByMonteCarlo(const Simulation& simulation, const MissingStudy& missing,
                                                 const ArchiveRequest& request) {
  std::optional<MonteCarloNoise> noise;
  if (missing.missingObjects > 0) {
    MonteCarloConfig config = *request.monteCarlo;
    config.threads = request.threads;
    Progress progress("simulate", "photons", config.historiesOfView() * missing.views);
    config.followed = [&](std::size_t histories) { progress.advance(histories); };
    const MonteCarloStudy made =
        simulation.simulateByMonteCarlo(missing.place.patient, missing.place.study, config);
    noise = made.noise;
    writeObjects(made.study, missing, request.planted);
  }
  writeMasks(simulation, missing);
  return noise;
}

}  // namespace

ArchiveSummary writeArchive(const Cohort& cohort, const ArchiveRequest& request) {
  if (request.monteCarlo) requireMonteCarloCan(cohort);
  const Simulation simulation(cohort, request.seed);
  const std::vector<StudyPlace> places = chooseStudies(simulation, request);
  claimFolder(request, cohort);
  ArchiveSummary summary;
  summary.patients = request.study ? 1 : request.patients;
  summary.studies = places.size();
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
  if (!request.monteCarlo)
    writeFast(simulation, missing, request, places.size());
  else if (!missing.empty())
    summary.noise = writeByMonteCarlo(simulation, missing.front(), request);
  return summary;
}

}  // namespace remnant::phantom

#include "remnant/phantom/simulated_archive.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "remnant/base/atomic_file.h"
#include "remnant/base/csv.h"
#include "remnant/base/interrupt.h"
#include "remnant/base/parallel.h"
#include "remnant/base/progress.h"

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
    throw InputError("other-simulation",
                     "the folder holds a simulation of another cohort, seed, number of patients or --phi; "
                     "choose another folder or remove it",
                     path.string());
}

std::filesystem::path objectPath(const std::filesystem::path& folder, const StudyRecord& record) {
  const auto date = std::chrono::floor<std::chrono::days>(record.description.study.start);
  return folder / "dicom" / record.identity.patientId /
         fmt::format("{}_{}", dateText(date), record.description.study.accessionNumber) / "00001.dcm";
}

std::string rounded(std::optional<double> value) {
  return value ? fmt::format("{:.6g}", *value) : std::string();
}

void appendLabel(const StudyRecord& record, CsvTable& labels) {
  labels.append({record.identity.patientId, record.studyInstanceUid, record.residualTissue ? "1" : "0",
                 numberText(record.laboratory.tshMilliUnitsPerL),
                 numberText(record.laboratory.thyroglobulinNgPerMl)});
}

void appendTruth(const StudyRecord& record, CsvTable& truth) {
  for (const TruthRegion& region : record.truth)
    truth.append({record.identity.patientId, record.studyInstanceUid, "full-body",
                  region.view == scintigraphy::View::kAnterior ? "anterior" : "posterior", region.region,
                  std::to_string(region.box.x), std::to_string(region.box.y),
                  std::to_string(region.box.width), std::to_string(region.box.height), rounded(region.xMm),
                  rounded(region.yMm), rounded(region.depthMm), region.depthMm ? "0" : "",
                  region.depthMm ? "geometric" : "", rounded(region.uptakePercent),
                  region.uptakePercent ? "0" : "", "simulator", rounded(region.activityMBq),
                  rounded(region.massGrams)});
}

CsvTable emptyLabels() {
  return CsvTable({"patientId", "studyInstanceUid", "label", "tshMilliUnitsPerL", "thyroglobulinNgPerMl"});
}

CsvTable emptyTruth() {
  return CsvTable({"patientId", "studyInstanceUid", "imageSet", "view", "region", "x", "y", "width", "height",
                   "xMm", "yMm", "depthMm", "depthUncertaintyMm", "depthMethod", "uptakePercent",
                   "uptakeUncertaintyPercent", "source", "activityMBq", "massGrams"});
}

void writeObject(const Simulation& simulation, const StudyPlace& place, bool planted,
                 const std::filesystem::path& path) {
  createFolder(path.parent_path());
  removeAbandonedTemporaries(path.parent_path());
  dicomObjectOf(simulation.simulate(place.patient, place.study), planted).write(path);
}

}  // namespace

ArchiveSummary writeArchive(const Cohort& cohort, const ArchiveRequest& request) {
  claimFolder(request, cohort);
  const Simulation simulation(cohort, request.seed);
  const std::vector<StudyPlace> places = allStudies(simulation, request.patients);
  ArchiveSummary summary{request.patients, places.size(), 0, 0};
  CsvTable labels = emptyLabels(), truth = emptyTruth();
  std::vector<StudyPlace> missing;
  std::vector<std::filesystem::path> paths;
  for (const StudyPlace& place : places) {
    stopIfInterrupted();
    const StudyRecord record = simulation.record(place.patient, place.study);
    appendLabel(record, labels);
    appendTruth(record, truth);
    summary.residualTissue += record.residualTissue;
    const auto path = objectPath(request.folder, record);
    if (std::filesystem::exists(path)) continue;
    missing.push_back(place);
    paths.push_back(path);
  }
  labels.write(request.folder / "labels.csv");
  truth.write(request.folder / "truth.csv");
  Progress progress("simulate", "studies", places.size(), places.size() - missing.size());
  parallelFor(missing.size(), request.threads, [&](std::size_t index) {
    writeObject(simulation, missing[index], request.planted, paths[index]);
    progress.advance();
  });
  summary.madeNow = missing.size();
  return summary;
}

}  // namespace remnant::phantom

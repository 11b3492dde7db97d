#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <sstream>

#include "commands/declarations.h"
#include "remnant/base/progress.h"
#include "remnant/quantify/dose_table.h"
#include "remnant/quantify/judgement_rows.h"
#include "remnant/quantify/quantification_json.h"
#include "remnant/quantify/quantification_table.h"

namespace remnant::commands {
namespace {

namespace fs = std::filesystem;
using namespace quantify;

struct Options {
  std::vector<std::string> paths;
  std::string calibration;
  std::optional<std::string> camera, collimator, doses, regions, measurements, standard, against, out;
  std::string medium = "best";
  std::string methods;
  double falseAlarms = 0.05;
  unsigned threads = 0;
  bool json = false;
};

MediumChoice mediumOf(const std::string& name) {
  static const std::map<std::string, MediumChoice> kChoices{
      {"best", MediumChoice::kBest}, {"map", MediumChoice::kMap}, {"ellipse", MediumChoice::kEllipse}};
  const auto found = kChoices.find(name);
  if (found == kChoices.end()) throw UsageError("--medium is best, map or ellipse");
  return found->second;
}

std::vector<fs::path> filesOf(const std::vector<std::string>& paths) {
  std::vector<fs::path> files;
  for (const std::string& path : paths) {
    if (!fs::exists(path)) throw InputError("no-such-file", "does not exist", path);
    if (!fs::is_directory(path)) {
      files.emplace_back(path);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(path))
      if (entry.is_regular_file() && entry.path().extension() == ".dcm") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// By serial number of the camera; from a file or all of a folder.
std::map<std::string, physics::Calibration> calibrationsAt(const fs::path& path) {
  std::vector<fs::path> files;
  if (fs::is_directory(path)) {
    for (const auto& entry : fs::directory_iterator(path))
      if (entry.path().extension() == ".json") files.push_back(entry.path());
  } else {
    files.push_back(path);
  }
  if (files.empty()) throw InputError("no-calibration", "holds no calibration file (.json)", path.string());
  std::map<std::string, physics::Calibration> bySerial;
  for (const fs::path& file : files) {
    physics::Calibration calibration = physics::readCalibration(file);
    const std::string serial = calibration.serialNumber;
    if (!bySerial.emplace(serial, std::move(calibration)).second)
      throw InputError("two-calibrations", "another file has the serial number '" + serial + "' too",
                       file.string(), "serialNumber");
  }
  return bySerial;
}

std::vector<std::string> methodsOf(const std::string& list) {
  std::vector<std::string> methods;
  std::istringstream words(list);
  for (std::string word; std::getline(words, word, ',');) {
    const auto& names = methodNames();
    if (std::find(names.begin(), names.end(), word) == names.end())
      throw UsageError(fmt::format("'{}' is no method; there are {}", word, fmt::join(names, ", ")));
    methods.push_back(word);
  }
  return methods;
}

StudyTables tablesOf(const Options& options) {
  StudyTables tables;
  tables.calibrations = calibrationsAt(options.calibration);
  if (options.regions) {
    const CsvTable regions = CsvTable::read(*options.regions);
    tables.foci = readFocusRegions(regions);
    tables.boxes = readNamedBoxes(regions);
  }
  if (options.measurements) tables.necks = readNeckMeasurements(CsvTable::read(*options.measurements));
  if (options.standard) tables.standards = readStandards(*options.standard);
  return tables;
}

void checkCollimator(const std::string& name, const StudyTables& tables) {
  std::set<std::string> known;
  for (const auto& [serial, calibration] : tables.calibrations)
    for (const physics::HeadSensitivity& entry : calibration.sensitivities) known.insert(entry.collimator);
  if (!known.contains(name))
    throw InputError("unknown-collimator", fmt::format("no calibration has the collimator '{}'; there are {}",
                                                       name, fmt::join(known, ", ")));
}

/// "-" is the calibration without a number.
std::string serialOf(const std::string& camera, const StudyTables& tables) {
  std::string serial = camera == "-" ? "" : camera;
  if (!tables.calibrations.contains(serial))
    throw InputError("no-calibration", "no calibration has the serial number '" + serial + "'");
  return serial;
}

/// What the user says of camera and dose stands above what the objects say.
std::vector<scintigraphy::AcquiredStudy> studiesOf(const Options& options, const StudyTables& tables) {
  std::optional<std::string> serial;
  if (options.camera) serial = serialOf(*options.camera, tables);
  if (options.collimator) checkCollimator(*options.collimator, tables);
  std::vector<scintigraphy::AcquiredStudy> studies = scintigraphy::readStudies(filesOf(options.paths));
  if (options.doses) setDoses(readDoses(CsvTable::read(*options.doses)), studies);
  for (scintigraphy::AcquiredStudy& study : studies) {
    if (serial) study.serialNumber = *serial;
    if (!options.collimator) continue;
    for (scintigraphy::AcquiredObject& object : study.objects)
      for (scintigraphy::AcquiredFrame& frame : object.frames) frame.collimatorName = *options.collimator;
  }
  return studies;
}

/// What a table of regions says wrongly of a study names the table.
Quantification answered(const Options& options, const StudyTables& tables, const AnswerConfig& config) {
  try {
    return quantifyStudies(studiesOf(options, tables), tables, physics::CameraLibrary::standard(), config);
  } catch (const InputError& error) {
    if (error.code() != "bad-region" && error.code() != "empty-region") throw;
    throw error.inFile(options.regions.value_or(""));
  }
}

ExitStatus quantifyPaths(const Options& options) {
  if (options.calibration.empty()) throw UsageError("--calibration is needed");
  if (options.out) throw UsageError("--out goes with --against");
  AnswerConfig config;
  config.problem.medium = mediumOf(options.medium);
  config.quantification.methods = methodsOf(options.methods);
  config.search.detector.falseFociPerStudy = options.falseAlarms;
  const auto& methods = config.quantification.methods;
  if (!options.standard && std::find(methods.begin(), methods.end(), "standard") != methods.end())
    throw UsageError("--method standard needs --standard");
  const Quantification all = answered(options, tablesOf(options), config);
  if (options.json)
    fmt::print("{}\n", jsonOf(all));
  else
    fmt::print("{}", tableOf(all));
  const bool refused = std::any_of(all.studies.begin(), all.studies.end(),
                                   [](const StudyAnswer& study) { return study.refusal.has_value(); });
  return refused ? ExitStatus::kFaultsFound : ExitStatus::kDone;
}

ExitStatus judge(const Options& options) {
  if (options.paths.size() != 1) throw UsageError("--against judges one folder");
  if (options.camera || options.collimator || options.doses)
    throw UsageError("--camera, --collimator and --doses do not go with --against");
  CohortConfig config;
  config.threads = options.threads;
  config.quantification.methods = methodsOf(options.methods);
  if (options.medium != "best") config.media = {mediumOf(options.medium)};
  if (options.out) config.parts = *options.out + ".unfinished";
  const CohortJudgement judgement = judgeCohort(options.paths.front(), CsvTable::read(*options.against),
                                                physics::CameraLibrary::standard(), config);
  if (options.out) {
    rowsOf(judgement.judged).write(*options.out);
    fs::remove_all(config.parts);
  }
  if (options.json)
    fmt::print("{}\n", jsonOf(judgement));
  else
    fmt::print("{}", tableOf(judgement));
  if (judgement.missingStudies == 0) return ExitStatus::kDone;
  say(fmt::format("quantify: {} studies of the truth are not in the folder", judgement.missingStudies));
  return ExitStatus::kFaultsFound;
}

}  // namespace

Command quantifyCommand() {
  auto options = std::make_shared<Options>();
  return Command("quantify", "measure depth, activity and uptake of foci in the neck")
      .description(
          "Reads each STUDY, DICOM files or folders of them, and estimates for every focus its depth below "
          "the anterior skin, its activity and its uptake, each with a 95 % interval and the uncertainty "
          "from counting apart from that of gains, thickness and attenuation. Counts are used raw. A study "
          "that cannot be answered is told with the reason; exit status 3 says that there was one.\n\n"
          "Foci are those of the table of regions. Without the table the program looks for them in the "
          "middle of pictures of the neck, and in the thyroid bed where the table has it but no focus; what "
          "activity it would have seen is told beside. Lateral views and tomographies with an attenuation "
          "map add their methods where a study has them. Two studies of one patient given together tell how "
          "the uptake of each focus changed.\n\n"
          "With --against the one STUDY is the folder of a simulated archive, and every study in it is held "
          "against its truth: bias, root-mean-square error, coverage and width of the intervals beside the "
          "Cramer-Rao bound, by method, medium and counts.")
      .argument("STUDY", &options->paths, "DICOM files and folders")
      .option("--calibration", "FILE|DIR", &options->calibration,
              "the camera's calibration file, or a folder of them; that of the serial number is taken")
      .option("--camera", "SERIAL", &options->camera,
              "take the calibration of this serial number for all studies, whatever camera they name; - is "
              "the one without a number")
      .option("--collimator", "NAME", &options->collimator,
              "the calibration's collimator that was on, whatever name or number the studies give it")
      .option("--regions", "CSV", &options->regions,
              "boxes: studyInstanceUid, view, region, x, y, width, height; regions are focus, thyroid, "
              "shoulder, background, and skin for a marker on the skin in a lateral view; where there is no "
              "map the anterior box of thyroid tells the neck's midline")
      .option("--measurements", "CSV", &options->measurements,
              "diameters of the neck: studyInstanceUid, neckDepthMm, neckWidthMm")
      .option("--doses", "CSV", &options->doses,
              "where the objects do not tell it, what was given and when: studyInstanceUid, doseMBq, "
              "hoursFromDose")
      .option("--standard", "TOML", &options->standard,
              "counts of the dose in its syringe, full and empty, for an uptake that neither the "
              "calibration's sensitivity nor the dose's activity enters; keys in "
              "docs/quantification.md")
      .option("--method", "NAMES", &options->methods,
              "only these, with commas between: joint, opposed-views, effective-attenuation, "
              "scatter-window, regions, lateral, spect, standard")
      .option(
          "--false-alarms", "N", &options->falseAlarms,
          "mean number of foci found by the chance of counts in a study that has none; edges of glands and "
          "vessels, which are no smooth background, come on top",
          Bounds{1e-4, 10})
      .option("--medium", "NAME", &options->medium,
              "what attenuates: the study's map, an ellipse, or best, the map where there is one")
      .option("--against", "TRUTH.CSV", &options->against, "judge a simulated archive")
      .option("--out", "CSV", &options->out,
              "with --against: a row for each focus, method and quantity, to check and to draw; interrupted, "
              "the same command goes on from what it keeps in CSV.unfinished beside it, and without --out "
              "from the start")
      .option("--threads", "N", &options->threads, "threads to use; 0 is one a core", Bounds{0, 1024})
      .flag("--json", options->json, "print JSON instead of a table")
      .example("remnant quantify study/ --calibration camera.json --regions regions.csv",
               "the foci of a study, as a table")
      .example("remnant quantify before/ after/ --calibration camera.json --method joint --json",
               "two studies of a patient, foci found by the program, with their change")
      .example("remnant quantify archive --against archive/truth.csv --json", "judge a simulated cohort")
      .reference("Thomas et al. 1976, J. Nucl. Med. 17:921 (conjugate views)")
      .reference("Siegel et al. 1999, MIRD pamphlet 16, J. Nucl. Med. 40:37S")
      .runs([options] { return options->against ? judge(*options) : quantifyPaths(*options); });
}

}  // namespace remnant::commands

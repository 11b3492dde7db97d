#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>

#include "commands/declarations.h"
#include "remnant/base/interrupt.h"
#include "remnant/base/progress.h"
#include "remnant/quantify/quantification_json.h"

namespace remnant::commands {
namespace {

namespace fs = std::filesystem;
using namespace quantify;

struct Options {
  std::vector<std::string> paths;
  std::string calibration;
  std::optional<std::string> regions, measurements, against;
  std::string medium = "best";
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
  std::map<std::string, physics::Calibration> bySerial;
  for (const fs::path& file : files) {
    physics::Calibration calibration = physics::readCalibration(file);
    const std::string serial = calibration.serialNumber;
    bySerial[serial] = std::move(calibration);
  }
  return bySerial;
}

std::string rounded(double value) {
  return fmt::format("{:.3g}", value);
}

std::string resultText(const Result& result) {
  if (const auto* refusal = std::get_if<Refusal>(&result)) return refusal->code;
  const Estimate& estimate = std::get<Estimate>(result);
  return fmt::format("{} ({} to {})", rounded(estimate.value), rounded(estimate.lower),
                     rounded(estimate.upper));
}

void printTable(const std::vector<StudyAnswer>& studies) {
  for (const StudyAnswer& study : studies) {
    fmt::print("study {}\n", study.studyInstanceUid);
    if (study.refusal) fmt::print("  {}: {}\n", study.refusal->code, study.refusal->sentence);
    if (!study.foci.empty())
      fmt::print("  {:<5} {:<10} {:<26} {:<26} {}\n", "focus", "method", "depth mm", "uptake %",
                 "activity MBq");
    for (const FocusAnswer& focus : study.foci)
      for (const MethodAnswer& answer : focus.methods)
        fmt::print("  {:<5} {:<10} {:<26} {:<26} {}\n", focus.number, answer.method,
                   resultText(answer.depthMm), resultText(answer.uptakePercent),
                   resultText(answer.activityMBq));
    for (const std::string& warning : study.warnings) fmt::print("  ! {}\n", warning);
  }
}

void printTable(const CohortJudgement& judgement) {
  fmt::print("{} studies, {} foci; errors of depth in mm, of uptake relative to the truth\n",
             judgement.studies, judgement.foci);
  fmt::print("{:<14} {:<10} {:<8} {:<15} {:>6} {:>9} {:>8} {:>8} {:>8} {:>9} {:>9}\n", "quantity", "method",
             "medium", "counts", "foci", "answered", "bias", "RMSE", "/bound", "coverage", "width/b");
  for (const Stratum& stratum : strataOf(judgement.judged)) {
    const Verdict& verdict = stratum.verdict;
    fmt::print("{:<14} {:<10} {:<8} {:<15} {:>6} {:>9} {:>8.3f} {:>8.3f} {:>8.3f} {:>9.3f} {:>9.3f}\n",
               quantityName(stratum.quantity), stratum.method, stratum.medium, stratum.counts, verdict.foci,
               verdict.answered, verdict.bias, verdict.rootMeanSquare, verdict.errorOverBound.value_or(0),
               verdict.coverage, verdict.widthOverBoundWidth.value_or(0));
  }
}

class StudyQuantifier {
 public:
  explicit StudyQuantifier(const Options& options) : calibrations_(calibrationsAt(options.calibration)) {
    if (options.regions) regions_ = readFocusRegions(CsvTable::read(*options.regions));
    if (options.measurements) necks_ = readNeckMeasurements(CsvTable::read(*options.measurements));
    config_.medium = mediumOf(options.medium);
  }

  StudyAnswer answer(const scintigraphy::AcquiredStudy& study) const {
    StudyAnswer answer;
    answer.studyInstanceUid = study.studyInstanceUid;
    answer.warnings = study.warnings;
    const auto calibration = calibrations_.find(study.serialNumber);
    if (calibration == calibrations_.end()) {
      answer.refusal = Refusal{"no-calibration", "no calibration file is of this study's camera"};
      return answer;
    }
    auto made =
        problemOf(study, calibration->second, physics::CameraLibrary::standard(), neckOf(study), config_);
    if (const auto* refusal = std::get_if<Refusal>(&made))
      answer.refusal = *refusal;
    else
      addFoci(std::get<StudyProblem>(made), answer);
    return answer;
  }

 private:
  std::optional<NeckMeasurement> neckOf(const scintigraphy::AcquiredStudy& study) const {
    const auto found = necks_.find(study.studyInstanceUid);
    return found == necks_.end() ? std::nullopt : std::optional<NeckMeasurement>(found->second);
  }

  void addFoci(const StudyProblem& problem, StudyAnswer& answer) const {
    answer.inputs = problem.inputs;
    answer.warnings.insert(answer.warnings.end(), problem.warnings.begin(), problem.warnings.end());
    std::vector<FocusRegion> regions;
    if (const auto found = regions_.find(answer.studyInstanceUid); found != regions_.end())
      std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(regions),
                   [](const FocusRegion& region) { return region.view == scintigraphy::View::kAnterior; });
    if (regions.empty()) {
      answer.refusal = Refusal{"no-regions", "no focus of this study is in the table of regions"};
      return;
    }
    std::vector<FocusSeed> seeds;
    for (const FocusRegion& region : regions) {
      const auto place = patientPlaneOf(problem.problem.views.front(), region.column, region.row);
      seeds.push_back({place.x, place.z});
    }
    answer.foci = quantifyFoci(problem, seeds);
    for (std::size_t index = 0; index < regions.size(); ++index) {
      answer.foci[index].number = regions[index].number;
      answer.foci[index].column = regions[index].column;
      answer.foci[index].row = regions[index].row;
    }
  }

  std::map<std::string, physics::Calibration> calibrations_;
  std::map<std::string, std::vector<FocusRegion>> regions_;
  std::map<std::string, NeckMeasurement> necks_;
  StudyProblemConfig config_;
};

ExitStatus quantifyStudies(const Options& options) {
  if (options.calibration.empty()) throw UsageError("--calibration is needed");
  const StudyQuantifier quantifier(options);
  std::vector<StudyAnswer> answers;
  bool refused = false;
  for (const auto& study : scintigraphy::readStudies(filesOf(options.paths))) {
    stopIfInterrupted();
    answers.push_back(quantifier.answer(study));
    refused = refused || answers.back().refusal.has_value();
  }
  if (options.json)
    fmt::print("{}\n", jsonOf(answers));
  else
    printTable(answers);
  return refused ? ExitStatus::kFaultsFound : ExitStatus::kDone;
}

ExitStatus judge(const Options& options) {
  if (options.paths.size() != 1) throw UsageError("--against judges one folder");
  CohortConfig config;
  config.threads = options.threads;
  if (options.medium != "best") config.media = {mediumOf(options.medium)};
  const CohortJudgement judgement = judgeCohort(options.paths.front(), CsvTable::read(*options.against),
                                                physics::CameraLibrary::standard(), config);
  if (options.json)
    fmt::print("{}\n", jsonOf(judgement));
  else
    printTable(judgement);
  return ExitStatus::kDone;
}

}  // namespace

Command quantifyCommand() {
  auto options = std::make_shared<Options>();
  return Command("quantify", "measure depth, activity and uptake of foci in the neck")
      .description(
          "Reads each STUDY, DICOM files or folders of them, and estimates for every focus its depth below "
          "the "
          "anterior skin, its activity and its uptake, each with a 95 % interval and the uncertainty from "
          "counting apart from that of gains, thickness and attenuation. Counts are used raw. A study that "
          "cannot be answered is told with the reason; exit status 3 says that there was one.\n\n"
          "With --against the one STUDY is the folder of a simulated archive, and every study in it is held "
          "against its truth: bias, limits of agreement, root-mean-square error, coverage and width of the "
          "intervals beside the Cramer-Rao bound, by method, medium and counts.")
      .argument("STUDY", &options->paths, "DICOM files and folders")
      .option("--calibration", "FILE|DIR", &options->calibration,
              "the camera's calibration file, or a folder of them; that of the serial number is taken")
      .option("--regions", "CSV", &options->regions,
              "where the foci are: studyInstanceUid, view, region, x, y, width, height")
      .option("--measurements", "CSV", &options->measurements,
              "diameters of the neck: studyInstanceUid, neckDepthMm, neckWidthMm")
      .option("--medium", "NAME", &options->medium,
              "what attenuates: the study's map, an ellipse, or best, the map where there is one")
      .option("--against", "TRUTH.CSV", &options->against, "judge a simulated archive")
      .option("--threads", "N", &options->threads, "threads to use; 0 is one a core", Bounds{0, 1024})
      .flag("--json", options->json, "print JSON instead of a table")
      .example("remnant quantify study/ --calibration camera.json --regions regions.csv",
               "the foci of a study, as a table")
      .example("remnant quantify archive --against archive/truth.csv --json", "judge a simulated cohort")
      .reference("Thomas et al. 1976, J. Nucl. Med. 17:921 (conjugate views)")
      .reference("Siegel et al. 1999, MIRD pamphlet 16, J. Nucl. Med. 40:37S")
      .runs([options] { return options->against ? judge(*options) : quantifyStudies(*options); });
}

}  // namespace remnant::commands

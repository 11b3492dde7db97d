#include "remnant/quantify/cohort_judgement.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>
#include <utility>

#include "remnant/base/atomic_file.h"
#include "remnant/base/parallel.h"
#include "remnant/base/progress.h"
#include "remnant/base/random.h"
#include "remnant/base/sha256.h"
#include "remnant/quantify/focus_pairing.h"
#include "remnant/quantify/judgement_parts.h"

namespace remnant::quantify {
namespace {

namespace fs = std::filesystem;

constexpr double kTissueGramsPerMl = 1.05;
/// Foci nearer to each other than so many standard deviations of a mark may be each other.
constexpr double kSameSpotSigmas = 3;
constexpr double kIsolatedWidths = 2;  ///< of the response, FWHM

double needed(const CsvTable& table, std::size_t row, const std::string& column) {
  const auto value = table.number(row, column);
  if (!value)
    throw InputError("bad-number", fmt::format("line {}: {} is empty", table.line(row), column), table.name(),
                     column);
  return *value;
}

std::vector<fs::path> filesBelow(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// The folders that hold objects: one a study.
std::vector<fs::path> studyFolders(const fs::path& archive) {
  std::vector<fs::path> folders;
  for (const fs::path& file : filesBelow(archive / "dicom"))
    if (file.extension() == ".dcm") folders.push_back(file.parent_path());
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  return folders;
}

std::map<std::string, physics::Calibration> calibrationsIn(const fs::path& folder) {
  std::map<std::string, physics::Calibration> bySerial;
  for (const fs::path& file : filesBelow(folder)) {
    if (file.extension() != ".json") continue;
    physics::Calibration calibration = physics::readCalibration(file);
    const std::string serial = calibration.serialNumber;
    bySerial[serial] = std::move(calibration);
  }
  return bySerial;
}

bool isolated(const std::vector<TrueFocus>& foci, std::size_t index, double fwhmMm) {
  for (std::size_t other = 0; other < foci.size(); ++other) {
    const double dx = foci[other].focus.x - foci[index].focus.x;
    const double dz = foci[other].focus.z - foci[index].focus.z;
    if (other != index && std::hypot(dx, dz) < kIsolatedWidths * fwhmMm) return false;
  }
  return true;
}

/// What a reader of a simulated study does, each with random numbers of its own.
enum class ReaderTask : std::uint32_t { kMarks, kBed };

/// To the nearest pixel, and no further than the picture's edge.
void moveAcross(image::Box& box, double pixels) {
  box.x = static_cast<std::size_t>(std::max(0.0, std::round(static_cast<double>(box.x) + pixels)));
}

/// What every study of a cohort is judged with.
struct Cohort {
  const std::map<std::string, std::vector<TrueFocus>>& truth;
  const std::map<std::string, std::vector<FocusRegion>>& regions;
  const std::map<std::string, std::vector<NamedBox>>& boxes;
  const std::map<std::string, NeckMeasurement>& necks;
  const std::map<std::string, physics::Calibration>& calibrations;
  const physics::CameraLibrary& cameras;
  const CohortConfig& config;
};

class StudyJudge {
 public:
  StudyJudge(const Cohort& cohort, const scintigraphy::AcquiredStudy& study,
             const std::vector<TrueFocus>& truth)
      : cohort_(cohort), study_(study), truth_(truth) {}

  std::vector<Judged> judge() {
    for (const MediumChoice medium : cohort_.config.media)
      if (medium != MediumChoice::kMap || study_.map) judgeMedium(medium);
    return std::move(judged_);
  }

 private:
  void judgeMedium(MediumChoice medium) {
    StudyProblemConfig config = cohort_.config.problem;
    config.medium = medium;
    const auto neck = cohort_.necks.find(study_.studyInstanceUid);
    const auto calibration = cohort_.calibrations.find(study_.serialNumber);
    if (calibration == cohort_.calibrations.end())
      throw InputError("no-calibration",
                       "the archive has no calibration of the camera of study " + study_.studyInstanceUid);
    auto made =
        problemOf(study_, calibration->second, cohort_.cameras,
                  neck == cohort_.necks.end() ? std::nullopt : std::optional<NeckMeasurement>(neck->second),
                  config, boxes());
    if (const auto* refusal = std::get_if<Refusal>(&made))
      refuseAll(medium, refusal->code);
    else
      judgeProblem(medium, std::get<StudyProblem>(made), calibration->second);
  }

  static std::string mediumName(MediumChoice medium) {
    return medium == MediumChoice::kMap ? "map" : "ellipse";
  }

  Judged judgedOf(MediumChoice medium, const std::string& method, const TrueFocus& focus,
                  Quantity quantity) const {
    Judged judged;
    judged.studyInstanceUid = study_.studyInstanceUid;
    judged.focus = focus.number;
    judged.quantity = quantity;
    judged.method = method;
    judged.medium = mediumName(medium);
    judged.truth = quantity == Quantity::kDepthMm ? focus.focus.depthMm : focus.uptakePercent;
    return judged;
  }

  void refuseAll(MediumChoice medium, const std::string& code) {
    const std::vector<std::string>& asked = cohort_.config.quantification.methods;
    for (const TrueFocus& focus : truth_)
      for (const Quantity quantity : {Quantity::kDepthMm, Quantity::kUptakePercent}) {
        judged_.push_back(judgedOf(medium, asked.empty() ? "joint" : asked.front(), focus, quantity));
        judged_.back().refusal = code;
      }
  }

  /// The boxes' middles in the anterior view, in the order of the true foci, as a reader would put them.
  std::vector<FocusSeed> seedsFor(const StudyProblem& problem) const {
    std::vector<FocusSeed> seeds;
    RandomStream reader = readerOf(ReaderTask::kMarks);
    for (const TrueFocus& focus : truth_)
      for (const FocusRegion& region : cohort_.regions.at(study_.studyInstanceUid))
        if (region.number == focus.number && region.view == scintigraphy::View::kAnterior) {
          const auto place = patientPlaneOf(problem.problem.views.front(), region.column, region.row);
          seeds.push_back({reader.normal(place.x, cohort_.config.markSigmaMm),
                           reader.normal(place.z, cohort_.config.markSigmaMm)});
        }
    return seeds;
  }

  RandomStream readerOf(ReaderTask task) const {
    const auto study = cohort_.truth.find(study_.studyInstanceUid);
    return {cohort_.config.seed, static_cast<std::uint32_t>(std::distance(cohort_.truth.begin(), study)),
            static_cast<std::uint32_t>(task)};
  }

  /// The true boxes, that of the thyroid bed beside its place by as much as a mark is.
  std::vector<NamedBox> boxes() const {
    const auto found = cohort_.boxes.find(study_.studyInstanceUid);
    if (found == cohort_.boxes.end()) return {};
    std::vector<NamedBox> boxes = found->second;
    const double asideMm = readerOf(ReaderTask::kBed).normal(0, cohort_.config.markSigmaMm);
    for (NamedBox& box : boxes)
      if (box.region == "thyroid") moveAcross(box.box, asideMm / pixelMmOfBoxes());
    return boxes;
  }

  /// Boxes stand in the pixels of the object that is quantified.
  double pixelMmOfBoxes() const {
    for (const scintigraphy::AcquiredObject& object : study_.objects)
      if (object.acquisition == scintigraphy::Acquisition::kStatic ||
          object.acquisition == scintigraphy::Acquisition::kWholeBody)
        return object.pixelMm;
    return study_.objects.front().pixelMm;
  }

  /// The true foci in the coordinates of the problem: x and z are the same, depth is below the skin.
  std::vector<Focus> trueFoci() const {
    std::vector<Focus> foci;
    for (const TrueFocus& focus : truth_) foci.push_back(focus.focus);
    return foci;
  }

  void judgeProblem(MediumChoice medium, const StudyProblem& problem,
                    const physics::Calibration& calibration) {
    const QuantificationConfig& quantification = cohort_.config.quantification;
    const FurtherEvidence evidence = evidenceOf(study_, problem, calibration, cohort_.cameras, boxes(),
                                                cohort_.config.problem, quantification);
    const std::vector<FocusAnswer> answers =
        quantifyFoci(problem, seedsFor(problem), quantification, evidence);
    const JointBound bound =
        cramerRao(jointViews(problem.problem), *problem.optics, trueFoci(), quantification.joint);
    const std::vector<std::size_t> pairing = pairingOf(answers);
    for (std::size_t index = 0; index < truth_.size(); ++index)
      for (std::size_t method = 0; method < answers[index].methods.size(); ++method) {
        // The other methods answer at their marks.
        const bool joint = answers[index].methods[method].method == "joint";
        const MethodAnswer& answer = answers[joint ? pairing[index] : index].methods[method];
        for (const Quantity quantity : {Quantity::kDepthMm, Quantity::kUptakePercent})
          addAnswer(medium, problem, index, answer, quantity, bound.total[index]);
      }
  }

  /// Nothing of a focus that the joint fit refuses.
  static std::optional<PlaneCoordinates> placeOf(const FocusAnswer& answer) {
    const MethodAnswer* joint = answer.by("joint");
    if (!joint || !answer.place || std::holds_alternative<Refusal>(joint->depthMm)) return std::nullopt;
    return PlaneCoordinates{answer.place->x.value, answer.place->z.value};
  }

  /// The answer of each true focus: by where the joint fit found it, as foci closer together than the marks
  /// are exact cannot be told apart by their marks.
  std::vector<std::size_t> pairingOf(const std::vector<FocusAnswer>& answers) const {
    std::vector<PlaneCoordinates> truth;
    std::vector<std::optional<PlaneCoordinates>> found;
    for (std::size_t index = 0; index < truth_.size(); ++index) {
      truth.push_back({truth_[index].focus.x, truth_[index].focus.z});
      found.push_back(placeOf(answers[index]));
    }
    return pairedByPlace(truth, found, kSameSpotSigmas * cohort_.config.markSigmaMm);
  }

  void addAnswer(MediumChoice medium, const StudyProblem& problem, std::size_t index,
                 const MethodAnswer& answer, Quantity quantity, const FocusBound& bound) {
    const Result& result = quantity == Quantity::kDepthMm ? answer.depthMm : answer.uptakePercent;
    if (!isGiven(result)) return;
    const TrueFocus& focus = truth_[index];
    const CalibratedView& view = problem.problem.views.front();
    Judged judged = judgedOf(medium, answer.method, focus, quantity);
    judged.anteriorCounts = expectedCounts(view, *problem.optics, focus.focus);
    const double skinY = problem.optics->columnAt(focus.focus.x, focus.focus.z).anteriorSkinY;
    const double distanceMm =
        projection::seenFrom(view.head, {focus.focus.x, skinY + focus.focus.depthMm, focus.focus.z})
            .distanceMm;
    judged.isolated = isolated(truth_, index, 2.3548 * view.model.response.sigmaMm(distanceMm));
    const bool depth = quantity == Quantity::kDepthMm;
    judged.bound = depth ? bound.depthMm : bound.logActivity * focus.uptakePercent;
    if (const auto* estimate = std::get_if<Estimate>(&result)) {
      judged.estimate = *estimate;
      // A cohort has tens of thousands: what is said in words would take most of the memory.
      judged.estimate->method.clear();
      judged.estimate->inputs = {};
    } else {
      judged.refusal = std::get<Refusal>(result).code;
    }
    judged_.push_back(judged);
  }

  const Cohort& cohort_;
  const scintigraphy::AcquiredStudy& study_;
  const std::vector<TrueFocus>& truth_;
  std::vector<Judged> judged_;
};

/// Of an archive, what is read beside its objects.
std::vector<fs::path> filesBeside(const fs::path& archive) {
  std::vector<fs::path> files = filesBelow(archive / "calibration");
  if (fs::exists(archive / "measurements.csv")) files.push_back(archive / "measurements.csv");
  return files;
}

/// A digest of what CohortConfig::parts names.
std::string settingsOf(const CohortConfig& config, const CsvTable& truth, const fs::path& archive,
                       const std::vector<fs::path>& folders) {
  std::string all = fmt::format("{} {} {} {}\n{}\n", REMNANT_VERSION, config.seed, config.markSigmaMm,
                                fmt::join(config.quantification.methods, ","), truth.toText());
  for (const MediumChoice medium : config.media) all += fmt::format("{}\n", static_cast<int>(medium));
  for (const fs::path& folder : folders) all += folder.lexically_relative(archive).string() + "\n";
  for (const fs::path& file : filesBeside(archive)) all += readWholeFile(file);
  return toHex(sha256(all)) + "\n";
}

JudgedPart judgeFolder(const Cohort& cohort, const fs::path& folder) {
  JudgedPart judgement;
  for (const scintigraphy::AcquiredStudy& study : scintigraphy::readStudies(filesBelow(folder))) {
    const auto truth = cohort.truth.find(study.studyInstanceUid);
    if (truth == cohort.truth.end()) continue;
    const std::vector<Judged> ofStudy = StudyJudge(cohort, study, truth->second).judge();
    judgement.studies.push_back(study.studyInstanceUid);
    judgement.judged.insert(judgement.judged.end(), ofStudy.begin(), ofStudy.end());
  }
  return judgement;
}

}  // namespace

double widthOfMassMm(double massGrams) {
  const double radiusMm = std::cbrt(3 * massGrams / kTissueGramsPerMl * 1000 / (4 * std::numbers::pi));
  return radiusMm / std::sqrt(5.0);
}

std::map<std::string, std::vector<TrueFocus>> readTrueFoci(const CsvTable& truth) {
  std::map<std::string, std::vector<TrueFocus>> foci;
  for (std::size_t row = 0; row < truth.rowCount(); ++row) {
    if (truth.text(row, "region") != "focus" || truth.text(row, "view") != "anterior") continue;
    TrueFocus focus;
    focus.number = static_cast<int>(needed(truth, row, "focus"));
    focus.focus.activityMBq = needed(truth, row, "activityMBq");
    focus.focus.x = needed(truth, row, "xPatientMm");
    focus.focus.z = needed(truth, row, "zPatientMm");
    focus.focus.depthMm = needed(truth, row, "depthMm");
    focus.focus.widthMm = widthOfMassMm(needed(truth, row, "massGrams"));
    focus.uptakePercent = needed(truth, row, "uptakePercent");
    foci[truth.text(row, "studyInstanceUid")].push_back(focus);
  }
  return foci;
}

CohortJudgement judgeCohort(const fs::path& archive, const CsvTable& truth,
                            const physics::CameraLibrary& cameras, const CohortConfig& config) {
  const auto foci = readTrueFoci(truth);
  const auto regions = readFocusRegions(truth);
  const auto boxes = readNamedBoxes(truth);
  const fs::path measurements = archive / "measurements.csv";
  const auto necks = fs::exists(measurements) ? readNeckMeasurements(CsvTable::read(measurements))
                                              : std::map<std::string, NeckMeasurement>{};
  const auto calibrations = calibrationsIn(archive / "calibration");
  const Cohort cohort{foci, regions, boxes, necks, calibrations, cameras, config};
  const std::vector<fs::path> folders = studyFolders(archive);
  if (folders.empty()) throw InputError("no-studies", "holds no DICOM files under dicom/", archive.string());
  std::vector<JudgedPart> byFolder(folders.size());
  std::optional<JudgementParts> parts;
  if (!config.parts.empty()) parts.emplace(config.parts, settingsOf(config, truth, archive, folders));
  Progress progress("quantify", "studies", folders.size());
  parallelFor(folders.size(), config.threads, [&](std::size_t index) {
    if (auto finished = parts ? parts->read(index) : std::nullopt) {
      byFolder[index] = *std::move(finished);
    } else {
      byFolder[index] = judgeFolder(cohort, folders[index]);
      if (parts) parts->write(index, byFolder[index]);
    }
    progress.advance();
  });
  CohortJudgement judgement;
  std::set<std::string> studies;
  for (const JudgedPart& ofFolder : byFolder) {
    studies.insert(ofFolder.studies.begin(), ofFolder.studies.end());
    judgement.judged.insert(judgement.judged.end(), ofFolder.judged.begin(), ofFolder.judged.end());
  }
  std::set<std::pair<std::string, int>> judged;
  for (const Judged& each : judgement.judged) judged.emplace(each.studyInstanceUid, each.focus);
  judgement.foci = judged.size();
  judgement.studies = studies.size();
  judgement.missingStudies = foci.size() - studies.size();
  return judgement;
}

}  // namespace remnant::quantify

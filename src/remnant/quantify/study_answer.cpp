#include "remnant/quantify/study_answer.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "remnant/base/interrupt.h"
#include "remnant/base/progress.h"
#include "remnant/quantify/collimator_choice.h"

namespace remnant::quantify {
namespace {

using scintigraphy::AcquiredStudy;
using scintigraphy::View;

/// A study's answer with what a change needs of it.
struct Answered {
  StudyAnswer answer;
  std::vector<FocusPlace> places;
  double calibrationRelativeSigma = 0;
};

template <class Value>
const Value* find(const std::map<std::string, Value>& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

/// In lower case.
std::string firstWord(const std::string& text) {
  std::string word = text.substr(0, text.find(' '));
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return word;
}

class StudyAnswerer {
 public:
  StudyAnswerer(const AcquiredStudy& study, const StudyTables& tables, const physics::CameraLibrary& cameras,
                const AnswerConfig& config)
      : study_(study), tables_(tables), cameras_(cameras), config_(config) {
    if (const auto* boxes = find(tables.boxes, study.studyInstanceUid)) boxes_ = *boxes;
  }

  Answered run() && {
    StudyAnswer& answer = done_.answer;
    answer.studyInstanceUid = study_.studyInstanceUid;
    answer.warnings = study_.warnings;
    calibration_ = find(tables_.calibrations, study_.serialNumber);
    if (!calibration_) {
      answer.refusal = noCalibration();
      return std::move(done_);
    }
    answer.refusal = collimatorRefusal(study_, *calibration_);
    if (answer.refusal) return std::move(done_);
    warnOfOtherMaker();
    std::optional<NeckMeasurement> neck;
    if (const auto* measured = find(tables_.necks, study_.studyInstanceUid)) neck = *measured;
    auto made = problemOf(study_, *calibration_, cameras_, neck, config_.problem, boxes_);
    if (auto* refusal = std::get_if<Refusal>(&made))
      answer.refusal = std::move(*refusal);
    else
      quantify(std::get<StudyProblem>(made));
    return std::move(done_);
  }

 private:
  Refusal noCalibration() const {
    std::vector<std::string> serials;
    for (const auto& [serial, calibration] : tables_.calibrations)
      serials.push_back(serial.empty() ? "no number (-)" : "'" + serial + "'");
    const std::string told = study_.serialNumber.empty()
                                 ? "tells no serial number"
                                 : "has the serial number '" + study_.serialNumber + "'";
    return {"no-calibration",
            fmt::format("no calibration file is of this study's camera, which {}: there are those of {}; say "
                        "which camera it is (--camera)",
                        told, fmt::join(serials, ", "))};
  }

  /// Serial numbers may be missing on both sides, or told by the user.
  void warnOfOtherMaker() {
    const physics::Camera& camera = cameras_.camera(calibration_->camera);
    const std::string theirs = firstWord(study_.manufacturer);
    if (!theirs.empty() && theirs != firstWord(camera.manufacturer))
      done_.answer.warnings.push_back(fmt::format("the calibration is of a {}, the study of {} {}",
                                                  camera.name, study_.manufacturer, study_.model));
  }

  void quantify(const StudyProblem& problem) {
    StudyAnswer& answer = done_.answer;
    answer.inputs = problem.inputs;
    answer.warnings.insert(answer.warnings.end(), problem.warnings.begin(), problem.warnings.end());
    done_.calibrationRelativeSigma = problem.problem.nuisances.sensitivity.sigma;
    addRatio(problem);
    const std::vector<FocusRegion> marked = markedFoci();
    std::vector<FocusSeed> seeds;
    if (!marked.empty())
      seeds = seedsOf(problem, marked);
    else if (tables_.foci && !boxOf(boxes_, "thyroid", View::kAnterior))
      answer.refusal = Refusal{"no-regions", "the table of regions has no focus and no thyroid bed of it"};
    else
      seeds = searched(problem);
    if (seeds.empty()) return;
    answerFoci(problem, seeds);
    for (std::size_t k = 0; k < marked.size(); ++k) {
      answer.foci[k].number = marked[k].number;
      answer.foci[k].column = marked[k].column;
      answer.foci[k].row = marked[k].row;
    }
    rememberPlaces(problem, seeds);
  }

  std::vector<FocusRegion> markedFoci() const {
    std::vector<FocusRegion> marked;
    if (!tables_.foci) return marked;
    if (const auto* regions = find(*tables_.foci, study_.studyInstanceUid))
      std::copy_if(regions->begin(), regions->end(), std::back_inserter(marked),
                   [](const FocusRegion& region) { return region.view == View::kAnterior; });
    return marked;
  }

  static std::vector<FocusSeed> seedsOf(const StudyProblem& problem, const std::vector<FocusRegion>& marked) {
    const CalibratedView& anterior = problem.problem.views.front();
    std::vector<FocusSeed> seeds;
    for (const FocusRegion& region : marked) {
      if (!(region.column >= 0 && region.row >= 0 &&
            region.column <= static_cast<double>(anterior.picture.columns) - 1 &&
            region.row <= static_cast<double>(anterior.picture.rows) - 1))
        throw InputError(
            "bad-region",
            fmt::format("focus {} at column {} and row {} lies outside the picture of {} x {}", region.number,
                        region.column, region.row, anterior.picture.columns, anterior.picture.rows),
            "", "x");
      const PlaneCoordinates place = patientPlaneOf(anterior, region.column, region.row);
      seeds.push_back({place.x, place.z});
    }
    return seeds;
  }

  std::vector<FocusSeed> searched(const StudyProblem& problem) {
    std::optional<image::Box> bed;
    if (const NamedBox* box = boxOf(boxes_, "thyroid", View::kAnterior)) bed = box->box;
    const auto area = searchAreaOf(problem, bed, config_.search);
    if (const auto* refusal = std::get_if<Refusal>(&area)) {
      done_.answer.refusal = *refusal;
      return {};
    }
    std::vector<FocusSeed> seeds;
    try {
      done_.answer.search = searchFoci(problem, std::get<SearchArea>(area), config_.search);
      for (const FoundFocus& found : done_.answer.search->detection.foci) seeds.push_back(found.place);
    } catch (const InputError& error) {
      done_.answer.refusal = Refusal{error.code(), error.what()};
    }
    return seeds;
  }

  void answerFoci(const StudyProblem& problem, const std::vector<FocusSeed>& seeds) {
    FurtherEvidence evidence =
        evidenceOf(study_, problem, *calibration_, cameras_, boxes_, config_.problem, config_.quantification);
    if (const auto* standard = find(tables_.standards, study_.studyInstanceUid);
        standard && config_.quantification.wants("standard"))
      evidence.standard = *standard;
    StudyAnswer& answer = done_.answer;
    answer.foci = quantifyFoci(problem, seeds, config_.quantification, evidence);
    if (!answer.search) return;
    const CalibratedView& anterior = problem.problem.views.front();
    for (std::size_t k = 0; k < seeds.size(); ++k) {
      answer.foci[k].column = anterior.picture.columnOf(seeds[k].x - anterior.head.axisX);
      answer.foci[k].row = anterior.picture.rowOf(seeds[k].z);
      answer.foci[k].significance = answer.search->detection.foci[k].deviate;
    }
  }

  /// From the picture's middle: in patient space one study's table is not where another's was.
  void rememberPlaces(const StudyProblem& problem, const std::vector<FocusSeed>& seeds) {
    const CalibratedView& anterior = problem.problem.views.front();
    const PlaneCoordinates middle =
        patientPlaneOf(anterior, static_cast<double>(anterior.picture.columns) / 2 - 0.5,
                       static_cast<double>(anterior.picture.rows) / 2 - 0.5);
    for (std::size_t k = 0; k < seeds.size(); ++k)
      done_.places.push_back({done_.answer.foci[k].number, seeds[k].x - middle.x, seeds[k].z - middle.z});
  }

  void addRatio(const StudyProblem& problem) {
    const NamedBox *thyroid = boxOf(boxes_, "thyroid", View::kAnterior),
                   *shoulder = boxOf(boxes_, "shoulder", View::kAnterior),
                   *background = boxOf(boxes_, "background", View::kAnterior);
    if (!thyroid || !shoulder) return;
    const image::Counts& counts = problem.problem.views.front().counts;
    RatioAnswer ratio;
    ratio.ofMeans =
        neckShoulderRatio(counts, thyroid->box, shoulder->box, {.variant = RatioVariant::kMeanRatio});
    ratio.ofSums =
        neckShoulderRatio(counts, thyroid->box, shoulder->box, {.variant = RatioVariant::kSumRatio});
    if (background) try {
        ratio.backgroundCorrected =
            backgroundCorrectedRatio(counts, thyroid->box, shoulder->box, background->box);
      } catch (const InputError& error) {
        if (error.code() != "no-reference-counts") throw;
        ratio.backgroundCorrected = Refusal{error.code(), error.what()};
      }
    done_.answer.ratio = ratio;
  }

  const AcquiredStudy& study_;
  const StudyTables& tables_;
  const physics::CameraLibrary& cameras_;
  const AnswerConfig& config_;
  std::vector<NamedBox> boxes_;
  const physics::Calibration* calibration_ = nullptr;
  Answered done_;
};

}  // namespace

Quantification quantifyStudies(const std::vector<AcquiredStudy>& studies, const StudyTables& tables,
                               const physics::CameraLibrary& cameras, const AnswerConfig& config) {
  std::vector<Answered> answered;
  Progress progress("quantify", "studies", studies.size());
  for (const AcquiredStudy& study : studies) {
    stopIfInterrupted();
    answered.push_back(StudyAnswerer(study, tables, cameras, config).run());
    progress.advance();
  }
  Quantification all;
  std::map<std::string, std::size_t> lastOf;
  for (std::size_t index = 0; index < studies.size(); ++index) {
    const std::string& patient = studies[index].patientId;
    if (patient.empty() || answered[index].answer.foci.empty()) continue;
    const auto part = [&](std::size_t at) {
      return ChangePart{studies[at].studyInstanceUid, studies[at].serialNumber,
                        answered[at].calibrationRelativeSigma, &answered[at].answer.foci,
                        answered[at].places};
    };
    if (const auto before = lastOf.find(patient); before != lastOf.end())
      all.changes.push_back(changeBetween(part(before->second), part(index), config.dayToDayRelativeSigma));
    lastOf[patient] = index;
  }
  for (Answered& each : answered) all.studies.push_back(std::move(each.answer));
  return all;
}

}  // namespace remnant::quantify

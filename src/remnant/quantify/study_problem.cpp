#include "remnant/quantify/study_problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "remnant/physics/dead_time.h"
#include "remnant/scintigraphy/nm_object.h"

namespace remnant::quantify {
namespace {

using scintigraphy::AcquiredFrame;
using scintigraphy::AcquiredObject;
using scintigraphy::AcquiredStudy;
using scintigraphy::Acquisition;
using scintigraphy::View;

/// What ends in a Refusal; caught where the problem is asked for.
struct Refused {
  Refusal refusal;
};

[[noreturn]] void refuse(std::string code, std::string sentence) {
  throw Refused{{std::move(code), std::move(sentence)}};
}

constexpr double kWindowToleranceKeV = 2;

bool sameWindow(const physics::Window& a, const physics::Window& b) {
  return std::abs(a.lowerKeV - b.lowerKeV) <= kWindowToleranceKeV &&
         std::abs(a.upperKeV - b.upperKeV) <= kWindowToleranceKeV;
}

physics::Window windowOf(const AcquiredFrame& frame) {
  return {frame.window.lowerKeV, frame.window.upperKeV};
}

bool holds(const physics::Window& window, double keV) {
  return window.lowerKeV < keV && keV < window.upperKeV;
}

bool shows(const AcquiredObject& object, View view) {
  return std::any_of(object.frames.begin(), object.frames.end(),
                     [&](const AcquiredFrame& frame) { return frame.view.view == view; });
}

const AcquiredObject& planarObjectOf(const AcquiredStudy& study) {
  const AcquiredObject* single = nullptr;
  for (const AcquiredObject& object : study.objects) {
    if (object.acquisition != Acquisition::kStatic && object.acquisition != Acquisition::kWholeBody) continue;
    if (shows(object, View::kAnterior) && shows(object, View::kPosterior)) return object;
    single = &object;
  }
  if (!single) refuse("no-planar-object", "the study has no static or whole-body object");
  if (shows(*single, View::kAnterior) || shows(*single, View::kPosterior))
    refuse("single-view", "the study has one of the two opposed views only");
  refuse("unopposed-views", "the study has no anterior and posterior view");
}

/// Counts a second that a head saw in a window while the rows around `row` were exposed: of a sweep the rows
/// within a field of view, those seen the longest together weighing most.
double headRate(const AcquiredObject& object, const AcquiredFrame& frame, double row, double fieldMm) {
  if (frame.exposureSeconds <= 0) return 0;
  const double reach = object.acquisition == Acquisition::kWholeBody ? fieldMm / object.pixelMm : 0;
  double counts = 0;
  for (std::size_t r = 0; r < frame.counts.rows(); ++r) {
    const double weight = reach > 0 ? std::max(0.0, 1 - std::abs(static_cast<double>(r) - row) / reach) : 1;
    if (weight == 0) continue;
    for (std::size_t c = 0; c < frame.counts.columns(); ++c) counts += weight * frame.counts.at(r, c);
  }
  return counts / frame.exposureSeconds;
}

class ProblemMaker {
 public:
  ProblemMaker(const AcquiredStudy& study, const physics::Calibration& calibration,
               const physics::CameraLibrary& cameras, const std::optional<NeckMeasurement>& neck,
               const StudyProblemConfig& config)
      : study_(study),
        calibration_(calibration),
        cameras_(cameras),
        neck_(neck),
        config_(config),
        nuclide_(nuclideOf(study)),
        object_(planarObjectOf(study)) {}

  StudyProblem make() {
    checkObject();
    chooseOptics();
    for (const bool photopeak : {true, false})
      for (const View view : {View::kAnterior, View::kPosterior})
        for (const AcquiredFrame& frame : object_.frames)
          if (frame.view.view == view && holds(windowOf(frame), nuclide_.photopeakKeV) == photopeak)
            addView(frame, photopeak);
    if (made_.problem.views.size() < 2)
      refuse("no-calibration", "the calibration does not cover the photopeak windows of both views");
    addNuisances();
    made_.problem.activityToUptakePercent = uptakeScale();
    made_.nuclide = nuclide_.name;
    made_.inputs.push_back("calibration of camera " + calibration_.camera);
    made_.inputs.push_back(made_.optics->name());
    return std::move(made_);
  }

 private:
  static const physics::Nuclide& nuclideOf(const AcquiredStudy& study) {
    const auto names = physics::nuclideNames();
    if (std::find(names.begin(), names.end(), study.radionuclide) == names.end())
      refuse("unknown-nuclide", study.radionuclide.empty()
                                    ? "the study does not name its radionuclide"
                                    : "nothing is known here of " + study.radionuclide);
    return physics::nuclideNamed(study.radionuclide);
  }

  void checkObject() const {
    if (object_.pinhole)
      refuse("pinhole", "a pinhole's sensitivity changes with distance: opposed views do not tell depth");
    if (object_.saturated)
      refuse("saturated-pixels", "a pixel stands at the largest value that its bits can hold");
    if (!study_.doseMBq || *study_.doseMBq <= 0 || !study_.administration || !object_.start)
      refuse("no-dose", "the dose, the time of its administration or of the acquisition is not told");
    for (const AcquiredFrame& frame : object_.frames)
      if (frame.exposureSeconds <= 0) refuse("no-exposure", "the acquisition does not tell its duration");
  }

  void chooseOptics() {
    const bool map = config_.medium != MediumChoice::kEllipse && study_.map.has_value();
    if (config_.medium == MediumChoice::kMap && !map) refuse("no-map", "the study has no attenuation map");
    made_.fromMap = map;
    if (map) {
      made_.optics = opticsFromMap({study_.map->attenuationPerMm, study_.map->keV}, config_.mapRelativeSigma);
      return;
    }
    const NeckMeasurement& neck = neck_ ? *neck_ : config_.populationNeck;
    NeckEllipse ellipse;
    ellipse.depthMm = neck.depthMm;
    ellipse.depthSigmaMm = neck.depthSigmaMm;
    ellipse.widthMm = neck.widthMm;
    ellipse.widthSigmaMm = neck.widthSigmaMm;
    ellipse.keV = nuclide_.photopeakKeV;
    ellipse.measured = neck_.has_value();
    thicknessMm_ = neck.depthMm;
    made_.optics = opticsFromEllipse(ellipse);
  }

  const physics::HeadSensitivity* sensitivityOf(const AcquiredFrame& frame) const {
    const physics::HeadSensitivity* found = nullptr;
    for (const physics::HeadSensitivity& entry : calibration_.sensitivities)
      if (entry.head == frame.detector && entry.nuclide == nuclide_.name &&
          sameWindow(entry.window, windowOf(frame)) &&
          (object_.collimatorName.empty() || entry.collimator == object_.collimatorName))
        found = &entry;
    return found;
  }

  /// Where the patient's skin is not known in space, y is counted from the foremost skin of the neck.
  projection::HeadPosition headOf(const AcquiredFrame& frame) const {
    projection::HeadPosition head;
    head.angleDegrees = frame.view.view == View::kAnterior ? 0 : 180;
    if (made_.fromMap && frame.place) {
      head.planeMm = frame.place->planeMm;
      return head;
    }
    const double gap = config_.anteriorGapMm.value;
    const auto apart = facesApartMm();
    head.planeMm = head.angleDegrees == 0 ? gap : apart ? *apart - gap : thicknessMm_ + 2 * gap;
    return head;
  }

  /// Between the faces of the two collimators.
  std::optional<double> facesApartMm() const {
    std::optional<double> anterior, posterior;
    for (const AcquiredFrame& frame : object_.frames) {
      if (!frame.place) continue;
      if (frame.view.view == View::kAnterior) anterior = frame.place->planeMm;
      if (frame.view.view == View::kPosterior) posterior = frame.place->planeMm;
    }
    if (!anterior || !posterior) return std::nullopt;
    return *anterior + *posterior;
  }

  projection::Picture pictureOf(const AcquiredFrame& frame) const {
    projection::Picture picture;
    picture.rows = frame.counts.rows();
    picture.columns = frame.counts.columns();
    picture.pixelMm = object_.pixelMm;
    if (frame.place) {
      picture.centreU = frame.place->centreU;
      picture.topMm = frame.place->topMm;
    }
    return picture;
  }

  physics::PointResponse responseOf(const physics::HeadSensitivity& sensitivity) const {
    physics::PointResponse response =
        cameras_.response(calibration_.camera, sensitivity.collimator, nuclide_, sensitivity.window);
    response.coreCpsPerMBq = sensitivity.coreCpsPerMBq;
    response.tailScale = calibration_.tailScale;
    response.rayAngleDegrees = calibration_.rayAngleDegrees;
    return response;
  }

  /// Counts are the rate at the start of the acquisition times this.
  double effectiveSeconds(const AcquiredFrame& frame) const {
    const double middleRow = static_cast<double>(frame.counts.rows()) / 2;
    const double observed = headRate(object_, photopeakOf(frame), middleRow,
                                     cameras_.camera(calibration_.camera).fieldOfViewAlongMm) /
                            calibration_.fullSpectrumFraction;
    const double live = observed / physics::trueRate(observed, calibration_.deadTimeSeconds);
    const double decay = physics::meanDecayDuring(nuclide_, object_.durationSeconds / 3600);
    return frame.exposureSeconds * decay * (observed > 0 ? live : 1);
  }

  /// The frame of the same head that holds the photopeak: its rate tells that of the whole spectrum.
  const AcquiredFrame& photopeakOf(const AcquiredFrame& frame) const {
    for (const AcquiredFrame& other : object_.frames)
      if (other.detector == frame.detector && other.view.view == frame.view.view &&
          holds(windowOf(other), nuclide_.photopeakKeV))
        return other;
    return frame;
  }

  int windowNumberOf(const physics::Window& window) {
    for (std::size_t index = 0; index < windows_.size(); ++index)
      if (sameWindow(windows_[index], window)) return static_cast<int>(index);
    windows_.push_back(window);
    return static_cast<int>(windows_.size()) - 1;
  }

  void addView(const AcquiredFrame& frame, bool photopeak) {
    const physics::HeadSensitivity* sensitivity = sensitivityOf(frame);
    if (!sensitivity) {
      made_.warnings.push_back(
          fmt::format("the calibration does not cover the window {:.0f}-{:.0f} keV of head {}",
                      frame.window.lowerKeV, frame.window.upperKeV, frame.detector));
      return;
    }
    CalibratedView view{
        frame.counts,
        headOf(frame),
        pictureOf(frame),
        {responseOf(*sensitivity), physics::ScatterKernel(nuclide_, sensitivity->window,
                                                          cameras_.camera(calibration_.camera).detector)},
        effectiveSeconds(frame),
        frame.view.view == View::kAnterior ? 0 : 1,
        windowNumberOf(sensitivity->window)};
    if (photopeak) sensitivitySigma_ = std::max(sensitivitySigma_, sensitivity->relativeUncertainty);
    made_.problem.views.push_back(std::move(view));
  }

  void addNuisances() {
    Nuisances& nuisances = made_.problem.nuisances;
    nuisances.sensitivity = {1, sensitivitySigma_};
    nuisances.headGain.assign(2, {1, calibration_.headGainRelativeUncertainty});
    nuisances.windowGain.assign(windows_.size(), {1, config_.scatterWindowSigma});
    nuisances.windowGain.front().sigma = 0;
    const bool placed = made_.fromMap && object_.frames.front().place.has_value();
    for (const int head : {0, 1})
      for (const CalibratedView& view : made_.problem.views)
        if (view.headNumber == head) {
          nuisances.planeMm.push_back(
              {view.head.planeMm, placed ? config_.knownPlaneSigmaMm : config_.anteriorGapMm.sigma});
          break;
        }
    nuisances.tableOpticalDepth = {calibration_.tableOpticalDepth, calibration_.tableOpticalDepthUncertainty};
    nuisances.tailScale = {calibration_.tailScale, calibration_.tailScaleUncertainty};
  }

  double uptakeScale() const {
    const double hours = hoursBetween(*study_.administration, *object_.start);
    return 100 / (*study_.doseMBq * physics::decayFactor(nuclide_, hours));
  }

  const AcquiredStudy& study_;
  const physics::Calibration& calibration_;
  const physics::CameraLibrary& cameras_;
  const std::optional<NeckMeasurement>& neck_;
  const StudyProblemConfig& config_;
  const physics::Nuclide& nuclide_;
  const AcquiredObject& object_;
  double thicknessMm_ = 120;
  double sensitivitySigma_ = 0;
  std::vector<physics::Window> windows_;
  StudyProblem made_;
};

}  // namespace

std::variant<StudyProblem, Refusal> problemOf(const AcquiredStudy& study,
                                              const physics::Calibration& calibration,
                                              const physics::CameraLibrary& cameras,
                                              const std::optional<NeckMeasurement>& neck,
                                              const StudyProblemConfig& config) {
  try {
    return ProblemMaker(study, calibration, cameras, neck, config).make();
  } catch (const Refused& refused) {
    return refused.refusal;
  }
}

PlaneCoordinates patientPlaneOf(const CalibratedView& view, double column, double row) {
  const projection::Picture& picture = view.picture;
  const double u =
      picture.centreU + (column + 0.5 - static_cast<double>(picture.columns) / 2) * picture.pixelMm;
  const double x = view.head.angleDegrees == 0 ? u : -u;
  return {x + view.head.axisX, picture.topMm + (row + 0.5) * picture.pixelMm};
}

}  // namespace remnant::quantify

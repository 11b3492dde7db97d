#include "remnant/quantify/study_problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "remnant/quantify/background_shape.h"
#include "remnant/quantify/object_calibration.h"
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

class ProblemMaker {
 public:
  ProblemMaker(const AcquiredStudy& study, const physics::Calibration& calibration,
               const physics::CameraLibrary& cameras, const std::optional<NeckMeasurement>& neck,
               const StudyProblemConfig& config, const std::vector<NamedBox>& boxes)
      : study_(study),
        calibration_(calibration),
        neck_(neck),
        config_(config),
        boxes_(boxes),
        nuclide_(nuclideOf(study)),
        object_(planarObjectOf(study)),
        frames_(object_, nuclide_, calibration, cameras) {}

  StudyProblem make() {
    checkObject();
    chooseOptics();
    for (const bool photopeak : {true, false})
      for (const View view : {View::kAnterior, View::kPosterior})
        for (const AcquiredFrame& frame : object_.frames)
          if (frame.view.view == view && holdsEnergy(frame, nuclide_.photopeakKeV) == photopeak)
            addView(frame, photopeak);
    if (made_.problem.views.size() < 2)
      refuse("no-calibration", "the calibration does not cover the photopeak windows of both views");
    addNuisances();
    if (made_.fromMap && config_.backgroundFromMap) addBackgroundShapes();
    made_.nuclide = nuclide_.name;
    if (study_.administration && object_.start)
      made_.hoursAfterDose = hoursBetween(*study_.administration, *object_.start);
    made_.problem.activityToUptakePercent = activityToUptakePercent(study_, object_, nuclide_);
    made_.wholeBody = object_.acquisition == Acquisition::kWholeBody;
    if (const auto plane = planeInSpaceMm(View::kAnterior))
      made_.foremostSkinY = config_.anteriorGapMm.value - *plane;
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
    if (study_.severalPatients)
      refuse("several-patients", "the objects of the study name more than one patient");
    if (object_.pinhole)
      refuse("pinhole", "a pinhole's sensitivity changes with distance: opposed views do not tell depth");
    if (object_.saturated)
      refuse("saturated-pixels", "a pixel stands at the largest value that its bits can hold");
    for (const AcquiredFrame& frame : object_.frames)
      if (!frame.view.contradiction.empty())
        refuse("unopposed-views",
               fmt::format("{} says {}, but {}", frame.view.evidence, scintigraphy::viewText(frame.view.view),
                           frame.view.contradiction));
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
    made_.midlineX = midlineX();
    ellipse.midlineX = made_.midlineX.value;
    ellipse.midlineSigmaMm = made_.midlineX.sigma;
    thicknessMm_ = neck.depthMm;
    made_.optics = opticsFromEllipse(ellipse);
  }

  Known midlineX() const {
    const NamedBox* bed = boxOf(boxes_, "thyroid", View::kAnterior);
    for (const AcquiredFrame& frame : object_.frames) {
      if (!bed || frame.view.view != View::kAnterior) continue;
      const double column = static_cast<double>(bed->box.x) + (static_cast<double>(bed->box.width) - 1) / 2;
      return {patientPlaneOf(frames_.pictureOf(frame), {.angleDegrees = 0}, column, 0).x,
              config_.bedMidlineSigmaMm};
    }
    return config_.populationMidlineX;
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

  /// Of the collimator's face before the axis x = y = 0 of patient space.
  std::optional<double> planeInSpaceMm(View view) const {
    for (const AcquiredFrame& frame : object_.frames)
      if (frame.place && frame.view.view == view) return frame.place->planeMm;
    return std::nullopt;
  }

  /// Between the faces of the two collimators.
  std::optional<double> facesApartMm() const {
    const auto anterior = planeInSpaceMm(View::kAnterior), posterior = planeInSpaceMm(View::kPosterior);
    if (!anterior || !posterior) return std::nullopt;
    return *anterior + *posterior;
  }

  void addBackgroundShapes() {
    const projection::Medium map{study_.map->attenuationPerMm, study_.map->keV};
    for (CalibratedView& view : made_.problem.views) view.backgroundShape = evenBackground(map, view);
  }

  int windowNumberOf(const physics::Window& window) {
    for (std::size_t index = 0; index < windows_.size(); ++index)
      if (nearlyTheSame(windows_[index], window)) return static_cast<int>(index);
    windows_.push_back(window);
    return static_cast<int>(windows_.size()) - 1;
  }

  void addView(const AcquiredFrame& frame, bool photopeak) {
    const physics::HeadSensitivity* sensitivity = frames_.sensitivityOf(frame);
    if (!sensitivity) {
      made_.warnings.push_back(
          fmt::format("the calibration does not cover the window {:.0f}-{:.0f} keV of head {}",
                      frame.window.lowerKeV, frame.window.upperKeV, frame.detector));
      return;
    }
    CalibratedView view{frame.counts,
                        headOf(frame),
                        frames_.pictureOf(frame),
                        frames_.modelOf(*sensitivity),
                        frames_.effectiveSeconds(frame, 0, object_.durationSeconds / 3600),
                        frame.view.view == View::kAnterior ? 0 : 1,
                        windowNumberOf(sensitivity->window),
                        {}};
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

  const AcquiredStudy& study_;
  const physics::Calibration& calibration_;
  const std::optional<NeckMeasurement>& neck_;
  const StudyProblemConfig& config_;
  const std::vector<NamedBox>& boxes_;
  const physics::Nuclide& nuclide_;
  const AcquiredObject& object_;
  const ObjectCalibration frames_;
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
                                              const StudyProblemConfig& config,
                                              const std::vector<NamedBox>& boxes) {
  try {
    return ProblemMaker(study, calibration, cameras, neck, config, boxes).make();
  } catch (const Refused& refused) {
    return refused.refusal;
  } catch (const InputError& error) {
    return Refusal{error.code(), error.what()};
  }
}

PlaneCoordinates patientPlaneOf(const CalibratedView& view, double column, double row) {
  return patientPlaneOf(view.picture, view.head, column, row);
}

PlaneCoordinates patientPlaneOf(const projection::Picture& picture, const projection::HeadPosition& head,
                                double column, double row) {
  const double u =
      picture.centreU + (column + 0.5 - static_cast<double>(picture.columns) / 2) * picture.pixelMm;
  const double x = head.angleDegrees == 0 ? u : -u;
  return {x + head.axisX, picture.topMm + (row + 0.5) * picture.pixelMm};
}

}  // namespace remnant::quantify

#include "remnant/quantify/study_lateral.h"

#include <algorithm>
#include <cmath>

#include "remnant/quantify/object_calibration.h"

namespace remnant::quantify {
namespace {

using scintigraphy::AcquiredFrame;
using scintigraphy::AcquiredObject;
using scintigraphy::View;

double signOf(double angleDegrees) {
  return angleDegrees < 180 ? 1 : -1;
}

/// What the lateral views of one object are made with.
class LateralMaker {
 public:
  LateralMaker(const AcquiredObject& object, const StudyProblem& planar,
               const physics::Calibration& calibration, const physics::CameraLibrary& cameras,
               const std::vector<NamedBox>& boxes, const StudyProblemConfig&, const LateralConfig& config)
      : object_(object),
        planar_(planar),
        calibration_(calibration),
        boxes_(boxes),
        config_(config),
        frames_(object, physics::nuclideNamed(planar.nuclide), calibration, cameras) {}

  LateralProblem make(const AcquiredFrame& frame) const {
    LateralProblem made;
    made.angleDegrees = frame.view.view == View::kLeftLateral ? 90 : 270;
    const physics::HeadSensitivity* sensitivity = frames_.sensitivityOf(frame);
    if (object_.pinhole)
      made.refusal = Refusal{"pinhole", "the lateral view was taken through a pinhole"};
    else if (frame.exposureSeconds <= 0)
      made.refusal = Refusal{"no-exposure", "the lateral acquisition does not tell its duration"};
    else if (!sensitivity)
      made.refusal = Refusal{"no-calibration", "the calibration does not cover the lateral view"};
    else
      place(frame, *sensitivity, made);
    return made;
  }

 private:
  void place(const AcquiredFrame& frame, const physics::HeadSensitivity& sensitivity,
             LateralProblem& made) const {
    CalibratedView view{
        frame.counts,
        {.angleDegrees = made.angleDegrees, .planeMm = frame.place ? frame.place->planeMm : config_.faceMm},
        frames_.pictureOf(frame),
        frames_.modelOf(sensitivity),
        frames_.effectiveSeconds(frame, 0, object_.durationSeconds / 3600),
        0,
        0};
    layOver(frame, view, made);
    made.problem.nuisances.headGain = {{1, calibration_.headGainRelativeUncertainty}};
    made.problem.nuisances.windowGain = {{1, 0}};
    made.problem.nuisances.tailScale = {calibration_.tailScale, calibration_.tailScaleUncertainty};
    made.problem.activityToUptakePercent = planar_.problem.activityToUptakePercent;
    made.problem.views.push_back(std::move(view));
  }

  /// Moves the picture so that its u is +-y of the problem's space.
  void layOver(const AcquiredFrame& frame, CalibratedView& view, LateralProblem& made) const {
    const double sign = signOf(made.angleDegrees);
    if (const NamedBox* marker = boxOf(boxes_, "skin", frame.view.view)) {
      const double column =
          static_cast<double>(marker->box.x) + (static_cast<double>(marker->box.width) - 1) / 2;
      const double row =
          static_cast<double>(marker->box.y) + (static_cast<double>(marker->box.height) - 1) / 2;
      const projection::Picture& picture = view.picture;
      const double fromMiddle = (column + 0.5 - static_cast<double>(picture.columns) / 2) * picture.pixelMm;
      const double z = picture.topMm + (row + 0.5) * picture.pixelMm;
      view.picture.centreU = sign * planar_.optics->columnAt(0, z).anteriorSkinY - fromMiddle;
      made.skinSigmaMm = config_.markerSigmaMm;
      made.skin = "skin marker";
    } else if (frame.place && planar_.fromMap) {
      made.skinSigmaMm = config_.mapSigmaMm;
      made.skin = "skin of the attenuation map";
    } else {
      made.refusal =
          Refusal{"no-skin", "neither a marker nor an attenuation map tells the skin from the side"};
    }
  }

  const AcquiredObject& object_;
  const StudyProblem& planar_;
  const physics::Calibration& calibration_;
  const std::vector<NamedBox>& boxes_;
  const LateralConfig& config_;
  const ObjectCalibration frames_;
};

/// The view whose side the focus lies on, among those not refused; else the first.
const LateralProblem& nearest(const std::vector<LateralProblem>& laterals, double x) {
  const LateralProblem* best = &laterals.front();
  for (const LateralProblem& lateral : laterals) {
    const bool better = best->refusal.has_value() || signOf(lateral.angleDegrees) * x > 0;
    if (!lateral.refusal && better) best = &lateral;
  }
  return *best;
}

double countsAbout(const image::Counts& counts, double column, double row, double radius) {
  double sum = 0;
  for (std::size_t r = 0; r < counts.rows(); ++r)
    for (std::size_t c = 0; c < counts.columns(); ++c)
      if (std::hypot(static_cast<double>(c) - column, static_cast<double>(r) - row) <= radius)
        sum += counts.at(r, c);
  return sum;
}

/// The disc moved along its row to where it holds most: where the skin lies is known less well than where
/// the focus shows.
Disc moved(const CalibratedView& view, const Disc& disc, double reachMm) {
  Disc best = disc;
  double most = countsAbout(view.counts, disc.column, disc.row, disc.radius);
  const auto steps = static_cast<int>(reachMm / view.picture.pixelMm);
  for (int step = -steps; step <= steps; ++step) {
    const double counts = countsAbout(view.counts, disc.column + step, disc.row, disc.radius);
    if (!(counts > most)) continue;
    most = counts;
    best.column = disc.column + step;
  }
  return best;
}

}  // namespace

std::vector<LateralProblem> lateralProblemsOf(
    const scintigraphy::AcquiredStudy& study, const StudyProblem& planar,
    const physics::Calibration& calibration, const physics::CameraLibrary& cameras,
    const std::vector<NamedBox>& boxes, const StudyProblemConfig& problem, const LateralConfig& config) {
  const double photopeakKeV = physics::nuclideNamed(planar.nuclide).photopeakKeV;
  std::vector<LateralProblem> laterals;
  for (const AcquiredObject& object : study.objects) {
    if (object.acquisition != scintigraphy::Acquisition::kStatic) continue;
    const LateralMaker maker(object, planar, calibration, cameras, boxes, problem, config);
    for (const AcquiredFrame& frame : object.frames)
      if ((frame.view.view == View::kLeftLateral || frame.view.view == View::kRightLateral) &&
          holdsEnergy(frame, photopeakKeV))
        laterals.push_back(maker.make(frame));
  }
  return laterals;
}

Result lateralDepth(const std::vector<LateralProblem>& laterals, const NeckOptics& optics,
                    const std::vector<FocusSeed>& seeds, const std::vector<double>& depthsMm, std::size_t k,
                    const LateralConfig& config) {
  const LateralProblem& lateral = nearest(laterals, seeds[k].x);
  if (lateral.refusal) return *lateral.refusal;
  const CalibratedView& view = lateral.problem.views.front();
  const double skinY = optics.columnAt(seeds[k].x, seeds[k].z).anteriorSkinY;
  const double distanceMm =
      projection::seenFrom(view.head, {seeds[k].x, skinY + depthsMm[k], seeds[k].z}).distanceMm;
  const double radiusMm =
      config.discRadiusFwhm * 2.3548 * view.model.response.sigmaMm(std::max(0.0, distanceMm));
  std::vector<FocusDiscs> discs;
  for (std::size_t focus = 0; focus < seeds.size(); ++focus)
    discs.push_back(
        {moved(view, discsAbout(lateral.problem, optics, seeds[focus], depthsMm[focus], radiusMm).front(),
               2 * std::hypot(lateral.skinSigmaMm, config.depthSigmaMm))});
  Result depth =
      depthByLateralView(lateral.problem, optics, discs, k,
                         {signOf(lateral.angleDegrees) * skinY, lateral.skinSigmaMm}, config.regions);
  if (auto* estimate = std::get_if<Estimate>(&depth)) estimate->inputs = {lateral.skin};
  return depth;
}

}  // namespace remnant::quantify

#include "remnant/quantify/study_spect.h"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "remnant/quantify/object_calibration.h"
#include "remnant/quantify/scatter_picture.h"

namespace remnant::quantify {
namespace {

using scintigraphy::AcquiredFrame;
using scintigraphy::AcquiredObject;
using scintigraphy::AcquiredStudy;

constexpr double kPlaceToleranceMm = 0.5;
constexpr std::size_t kLeastViews = 12;

struct Refused {
  Refusal refusal;
};

[[noreturn]] void refuse(std::string code, std::string sentence) {
  throw Refused{{std::move(code), std::move(sentence)}};
}

double radians(double degrees) {
  return degrees * std::numbers::pi / 180;
}

/// The line that the heads turn about, and the picture's middle from it.
struct Axis {
  double x = 0, y = 0, offsetU = 0;
};

/// From where each picture's middle lies, seen from x = y = 0: x cos + y sin + offset.
Axis axisOf(const std::vector<const AcquiredFrame*>& frames) {
  Eigen::MatrixX3d directions(std::ssize(frames), 3);
  Eigen::VectorXd middles(std::ssize(frames));
  for (Eigen::Index i = 0; i < middles.size(); ++i) {
    const AcquiredFrame& frame = *frames[static_cast<std::size_t>(i)];
    directions.row(i) << std::cos(radians(frame.angleDegrees)), std::sin(radians(frame.angleDegrees)), 1;
    middles(i) = frame.place->centreU;
  }
  const Eigen::Vector3d axis = directions.colPivHouseholderQr().solve(middles);
  if ((directions * axis - middles).cwiseAbs().maxCoeff() > kPlaceToleranceMm)
    refuse("views-differ", "the views of the tomography do not turn about one axis");
  return {axis(0), axis(1), axis(2)};
}

class TomographyMaker {
 public:
  TomographyMaker(const AcquiredStudy& study, const AcquiredObject& object,
                  const physics::Calibration& calibration, const physics::CameraLibrary& cameras)
      : study_(study),
        object_(object),
        nuclide_(physics::nuclideNamed(study.radionuclide)),
        frames_(object, nuclide_, calibration, cameras) {}

  TomographicStudy make() {
    check();
    const std::vector<const AcquiredFrame*> photopeak = photopeakFrames();
    const Axis axis = axisOf(photopeak);
    TomographicProblem& problem = made_.problem;
    problem.picture = frames_.pictureOf(*photopeak.front());
    problem.picture.centreU = axis.offsetU;
    const physics::HeadSensitivity& first = *frames_.sensitivityOf(*photopeak.front());
    problem.response = frames_.responseOf(first);
    problem.map = {study_.map->attenuationPerMm, study_.map->keV};
    made_.sensitivity = {1, first.relativeUncertainty};
    for (const AcquiredFrame* frame : photopeak) addView(*frame, axis);
    made_.activityToUptakePercent = activityToUptakePercent(study_, object_, nuclide_);
    return std::move(made_);
  }

 private:
  void check() const {
    if (!study_.map) refuse("no-map", "a tomography needs the study's attenuation map");
    if (object_.pinhole) refuse("pinhole", "the tomography was taken through a pinhole");
    if (object_.saturated)
      refuse("saturated-pixels", "a pixel stands at the largest value that its bits can hold");
  }

  std::vector<const AcquiredFrame*> photopeakFrames() const {
    std::vector<const AcquiredFrame*> frames;
    for (const AcquiredFrame& frame : object_.frames)
      if (holdsEnergy(frame, nuclide_.photopeakKeV)) frames.push_back(&frame);
    if (frames.size() < kLeastViews) refuse("too-few-views", "the tomography has fewer than 12 views");
    for (const AcquiredFrame* frame : frames) {
      if (frame->exposureSeconds <= 0)
        refuse("no-exposure", "the tomography does not tell the duration of its views");
      if (!frame->place || std::isnan(frame->angleDegrees))
        refuse("no-place", "the tomography does not tell where its heads stand in patient space");
      if (std::abs(frame->place->topMm - frames.front()->place->topMm) > kPlaceToleranceMm)
        refuse("views-differ", "the views of the tomography lie at different heights");
      if (!frames_.sensitivityOf(*frame))
        refuse("no-calibration", "the calibration does not cover the photopeak of the tomography");
    }
    return frames;
  }

  /// Windows of the same view: the nearest below the photopeak's, and above.
  const AcquiredFrame* besideOf(const AcquiredFrame& peak, bool below) const {
    const AcquiredFrame* best = nullptr;
    for (const AcquiredFrame& frame : object_.frames) {
      const bool sameView = frame.detector == peak.detector && frame.angleDegrees == peak.angleDegrees &&
                            frame.startsAfterSeconds == peak.startsAfterSeconds;
      const bool beside = below ? frame.window.upperKeV <= peak.window.lowerKeV + 2
                                : frame.window.lowerKeV >= peak.window.upperKeV - 2;
      if (!sameView || !beside) continue;
      const bool nearer = !best || (below ? frame.window.upperKeV > best->window.upperKeV
                                          : frame.window.lowerKeV < best->window.lowerKeV);
      if (nearer) best = &frame;
    }
    return best;
  }

  image::Image scatterUnder(const AcquiredFrame& peak) const {
    const AcquiredFrame *lower = besideOf(peak, true), *upper = besideOf(peak, false);
    if (!lower)
      refuse("no-scatter-window", "the tomography has no window below the photopeak to tell its scatter");
    const auto widthKeV = [](const AcquiredFrame& frame) {
      return frame.window.upperKeV - frame.window.lowerKeV;
    };
    const SideWindow below{lower->counts, widthKeV(*lower)};
    if (!upper) return scatterPicture(below, nullptr, widthKeV(peak));
    const SideWindow above{upper->counts, widthKeV(*upper)};
    return scatterPicture(below, &above, widthKeV(peak));
  }

  /// Heads of another sensitivity count as exposed for another time.
  void addView(const AcquiredFrame& frame, const Axis& axis) {
    const double angle = radians(frame.angleDegrees);
    const double gain = frames_.sensitivityOf(frame)->coreCpsPerMBq / made_.problem.response.coreCpsPerMBq;
    made_.problem.views.push_back(
        {frame.counts,
         {.angleDegrees = frame.angleDegrees,
          .planeMm = frame.place->planeMm - axis.x * std::sin(angle) + axis.y * std::cos(angle),
          .axisX = axis.x,
          .axisY = axis.y},
         gain *
             frames_.effectiveSeconds(frame, frame.startsAfterSeconds / 3600, frame.exposureSeconds / 3600),
         scatterUnder(frame)});
  }

  const AcquiredStudy& study_;
  const AcquiredObject& object_;
  const physics::Nuclide& nuclide_;
  const ObjectCalibration frames_;
  TomographicStudy made_;
};

}  // namespace

std::optional<std::variant<TomographicStudy, Refusal>> tomographyOf(const AcquiredStudy& study,
                                                                    const physics::Calibration& calibration,
                                                                    const physics::CameraLibrary& cameras) {
  const auto object = std::find_if(
      study.objects.begin(), study.objects.end(),
      [](const AcquiredObject& each) { return each.acquisition == scintigraphy::Acquisition::kTomo; });
  if (object == study.objects.end()) return std::nullopt;
  try {
    return TomographyMaker(study, *object, calibration, cameras).make();
  } catch (const Refused& refused) {
    return refused.refusal;
  } catch (const InputError& error) {
    return Refusal{error.code(), error.what()};
  }
}

}  // namespace remnant::quantify

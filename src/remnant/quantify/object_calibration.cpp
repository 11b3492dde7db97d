#include "remnant/quantify/object_calibration.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <tuple>

#include "remnant/physics/dead_time.h"
#include "remnant/quantify/collimator_choice.h"

namespace remnant::quantify {
namespace {

using scintigraphy::AcquiredFrame;
using scintigraphy::AcquiredObject;

constexpr double kWindowToleranceKeV = 2;

physics::Window windowOf(const AcquiredFrame& frame) {
  return {frame.window.lowerKeV, frame.window.upperKeV};
}

/// Counts a second that a head saw in a window while the rows around `row` were exposed: of a sweep the rows
/// within a field of view, those seen the longest together weighing most.
double headRate(const AcquiredObject& object, const AcquiredFrame& frame, double row, double fieldMm) {
  if (frame.exposureSeconds <= 0) return 0;
  const double reach =
      object.acquisition == scintigraphy::Acquisition::kWholeBody ? fieldMm / object.pixelMm : 0;
  double counts = 0;
  for (std::size_t r = 0; r < frame.counts.rows(); ++r) {
    const double weight = reach > 0 ? std::max(0.0, 1 - std::abs(static_cast<double>(r) - row) / reach) : 1;
    if (weight == 0) continue;
    for (std::size_t c = 0; c < frame.counts.columns(); ++c) counts += weight * frame.counts.at(r, c);
  }
  return counts / frame.exposureSeconds;
}

}  // namespace

bool holdsEnergy(const AcquiredFrame& frame, double keV) {
  return frame.window.lowerKeV < keV && keV < frame.window.upperKeV;
}

bool nearlyTheSame(const physics::Window& a, const physics::Window& b) {
  return std::abs(a.lowerKeV - b.lowerKeV) <= kWindowToleranceKeV &&
         std::abs(a.upperKeV - b.upperKeV) <= kWindowToleranceKeV;
}

physics::ScatterKernel scatterKernelOf(const physics::Nuclide& nuclide, const physics::Window& window,
                                       const physics::Detector& detector) {
  using Key = std::tuple<std::string, double, double, double, double, double, double, double, double>;
  static std::mutex mutex;
  static std::map<Key, physics::ScatterKernel> kernels;
  const Key key{nuclide.name,
                window.lowerKeV,
                window.upperKeV,
                detector.crystalMm,
                detector.intrinsicFwhmMm,
                detector.leastIntrinsicFwhmMm,
                detector.widthOffsetKeV,
                detector.widthSlope,
                detector.widthCurvaturePerKeV};
  const std::lock_guard lock(mutex);
  auto found = kernels.find(key);
  if (found == kernels.end())
    found = kernels.emplace(key, physics::ScatterKernel(nuclide, window, detector)).first;
  return found->second;
}

const physics::HeadSensitivity* ObjectCalibration::sensitivityOf(const AcquiredFrame& frame) const {
  const auto chosen = collimatorOf(frame, nuclide_.name, calibration_);
  const auto* collimator = std::get_if<std::string>(&chosen);
  if (!collimator) return nullptr;
  const physics::HeadSensitivity* found = nullptr;
  for (const physics::HeadSensitivity& entry : calibration_.sensitivities)
    if (entry.head == frame.detector && entry.nuclide == nuclide_.name &&
        nearlyTheSame(entry.window, windowOf(frame)) && entry.collimator == *collimator)
      found = &entry;
  return found;
}

physics::PointResponse ObjectCalibration::responseOf(const physics::HeadSensitivity& sensitivity) const {
  physics::PointResponse response =
      cameras_.response(calibration_.camera, sensitivity.collimator, nuclide_, sensitivity.window);
  response.coreCpsPerMBq = sensitivity.coreCpsPerMBq;
  response.tailScale = calibration_.tailScale;
  response.rayAngleDegrees = calibration_.rayAngleDegrees;
  return response;
}

projection::WindowModel ObjectCalibration::modelOf(const physics::HeadSensitivity& sensitivity) const {
  return {responseOf(sensitivity),
          scatterKernelOf(nuclide_, sensitivity.window, cameras_.camera(calibration_.camera).detector)};
}

double ObjectCalibration::effectiveSeconds(const AcquiredFrame& frame, double startsAfterHours,
                                           double frameHours) const {
  const double middleRow = static_cast<double>(frame.counts.rows()) / 2;
  const double observed = headRate(object_, photopeakOf(frame), middleRow,
                                   cameras_.camera(calibration_.camera).fieldOfViewAlongMm) /
                          calibration_.fullSpectrumFraction;
  const double live = observed > 0 ? observed / physics::trueRate(observed, calibration_.deadTimeSeconds) : 1;
  const double decay =
      physics::decayFactor(nuclide_, startsAfterHours) * physics::meanDecayDuring(nuclide_, frameHours);
  return frame.exposureSeconds * decay * live;
}

projection::Picture ObjectCalibration::pictureOf(const AcquiredFrame& frame) const {
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

/// The frame of the same head and moment that holds the photopeak: its rate tells that of the whole spectrum.
const AcquiredFrame& ObjectCalibration::photopeakOf(const AcquiredFrame& frame) const {
  for (const AcquiredFrame& other : object_.frames)
    if (other.detector == frame.detector && other.view.view == frame.view.view &&
        other.startsAfterSeconds == frame.startsAfterSeconds && holdsEnergy(other, nuclide_.photopeakKeV))
      return other;
  return frame;
}

double activityToUptakePercent(const scintigraphy::AcquiredStudy& study,
                               const scintigraphy::AcquiredObject& object, const physics::Nuclide& nuclide) {
  if (!(study.doseMBq.value_or(0) > 0) || !study.administration || !object.start) return 0;
  return 100 /
         (*study.doseMBq * physics::decayFactor(nuclide, hoursBetween(*study.administration, *object.start)));
}

}  // namespace remnant::quantify

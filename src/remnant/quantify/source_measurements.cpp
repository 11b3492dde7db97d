#include "remnant/quantify/source_measurements.h"

#include <fmt/format.h>

#include <cmath>

#include "remnant/quantify/count_corrections.h"

namespace remnant::quantify {
namespace {

using scintigraphy::AcquiredFrame;

const physics::Nuclide& nuclideOf(const AcquiredSource& source) {
  return physics::nuclideNamed(source.nuclide);
}

const AcquiredSource& sourceNamed(const SourceSet& set, const std::string& name) {
  for (const AcquiredSource& source : set.acquired)
    if (source.entry.name == name) return source;
  throw ProgramError("an acquisition of the sources file was not read");
}

double countsOf(const AcquiredFrame& frame) {
  return static_cast<double>(image::sumOf(frame.counts));
}

Refusal saturated() {
  return {"saturated-pixels", "a pixel stands at the largest value that its bits can hold"};
}

SyringeAssay assayOf(const SourceSet& set, const SourceEntry& entry, double calibratorRelativeSigma) {
  SyringeAssay assay;
  assay.full = {entry.full->activityMBq, entry.full->hoursBefore};
  if (entry.empty) assay.empty = {entry.empty->activityMBq, entry.empty->hoursBefore};
  assay.commonRelativeSigma = calibratorRelativeSigma;
  assay.readingRelativeSigma = set.sources.readingRelativeSigma;
  return assay;
}

CalibrationResult resultOf(CalibrationQuantity quantity, const AcquiredSource& source,
                           const AcquiredFrame& frame) {
  CalibrationResult result;
  result.quantity = quantity;
  result.head = frame.detector;
  result.nuclide = source.nuclide;
  result.window = windowOf(frame);
  result.acquisitions = {source.entry.name};
  return result;
}

// ---- dead time

/// Of the whole head, as if the activity had stayed as at the start.
double netCounts(const SourceSet& set, const AcquiredSource& source, const AcquiredFrame& frame) {
  double counts = countsOf(frame);
  if (const AcquiredFrame* background = backgroundOf(set.acquired, source, frame))
    counts -= countsOf(*background) * frame.exposureSeconds / background->exposureSeconds;
  return counts * decayDuringFactor(nuclideOf(source), frame.exposureSeconds / 3600);
}

/// The calibrator's own error is the same in both.
Known ratioOf(const SourceSet& set, const AcquiredSource& low, const AcquiredSource& high) {
  const Known less = sourceActivity(nuclideOf(low), assayOf(set, low.entry, 0));
  const Known more = sourceActivity(nuclideOf(high), assayOf(set, high.entry, 0));
  const double ratio = more.value / less.value;
  return {ratio, ratio * std::hypot(less.sigma / less.value, more.sigma / more.value)};
}

Result deadTimeOf(const SourceSet& set, const DeadTimePair& pair, const AcquiredFrame& lowFrame,
                  const AcquiredFrame& highFrame) {
  const AcquiredSource &low = sourceNamed(set, pair.low), &high = sourceNamed(set, pair.high);
  if (low.object.saturated || high.object.saturated) return saturated();
  if (low.nuclide != high.nuclide || !sameWindow(windowOf(lowFrame), windowOf(highFrame)))
    return Refusal{"other-window", "the two acquisitions are of different nuclides or windows"};
  DeadTimeMeasurement measurement;
  measurement.fullSpectrumFraction = set.sources.config.fullSpectrumFraction;
  measurement.lowCounts = netCounts(set, low, lowFrame);
  measurement.lowSeconds = lowFrame.exposureSeconds;
  measurement.highCounts = netCounts(set, high, highFrame);
  measurement.highSeconds = highFrame.exposureSeconds;
  measurement.activityRatio = pair.ratio ? *pair.ratio : ratioOf(set, low, high);
  if (measurement.lowCounts <= 0 || measurement.highCounts <= 0)
    return Refusal{"no-source", "the source gives no more counts than its background"};
  if (measurement.activityRatio.value <= 1)
    return Refusal{"no-ratio", "the activity called high is not above the one called low"};
  return deadTime(measurement);
}

// ---- sensitivity

/// In another window than the photopeak the share of the spectrum is that window's.
std::optional<Refusal> setSpectrumFraction(const AcquiredSource& source, const AcquiredFrame& frame,
                                           CalibrateConfig& config) {
  const AcquiredFrame* photopeak = photopeakOf(source, frame.detector);
  if (!photopeak)
    return Refusal{"no-photopeak", "without the head's photopeak the rate of its spectrum is not known"};
  const double here = countsOf(frame) / frame.exposureSeconds;
  const double there = countsOf(*photopeak) / photopeak->exposureSeconds;
  if (here <= 0 || there <= 0) return Refusal{"no-source", "the picture holds no counts"};
  config.fullSpectrumFraction *= here / there;
  return std::nullopt;
}

/// One frame of one source.
class FrameSensitivity {
 public:
  FrameSensitivity(const SourceSet& set, const AcquiredSource& source, const AcquiredFrame& frame,
                   const CalibrateConfig& config)
      : set_(set), source_(source), frame_(frame), config_(config) {
    config_.wholePictureRadiusMm = source.entry.wholePictureRadiusMm;
  }

  MeasuredResult measured() {
    MeasuredResult measured;
    measured.shown = resultOf(CalibrationQuantity::kSensitivity, source_, frame_);
    try {
      measured.shown.result = result();
    } catch (const InputError& error) {
      if (error.code() != "no-response") throw;
      measured.shown.result = Refusal{error.code(), error.what()};
    }
    if (const auto* estimate = std::get_if<Estimate>(&measured.shown.result))
      measured.measurement = measurement(*estimate);
    return measured;
  }

 private:
  Result result() {
    if (source_.object.saturated) return saturated();
    const AcquiredFrame* background = backgroundOf(set_.acquired, source_, frame_);
    if (!source_.entry.background.empty() && !background)
      return Refusal{"no-background",
                     "the background holds no picture of this head and window in this matrix"};
    if (const auto refusal = setSpectrumFraction(source_, frame_, config_)) return *refusal;
    const SourceEntry& entry = source_.entry;
    acquisition_.source = {frame_.counts, frame_.exposureSeconds};
    if (background) acquisition_.background = Exposure{background->counts, background->exposureSeconds};
    acquisition_.pixelMm = source_.object.pixelMm;
    acquisition_.head = frame_.detector;
    acquisition_.geometry = entry.geometry;
    acquisition_.activityMBq =
        sourceActivity(nuclideOf(source_), assayOf(set_, entry, set_.sources.calibratorRelativeSigma));
    response_ = set_.response(nuclideOf(source_), windowOf(frame_));
    return described(headSensitivity(acquisition_, nuclideOf(source_), response_, config_));
  }

  Result described(Result result) const {
    auto* estimate = std::get_if<Estimate>(&result);
    if (!estimate) return result;
    estimate->method = sourceKindText(source_.entry.kind) + ": " + estimate->method;
    if (config_.wholePictureRadiusMm > 0)
      estimate->inputs.push_back(fmt::format(
          "extended source, field of view as of a disc of {:.0f} mm radius", config_.wholePictureRadiusMm));
    return result;
  }

  /// Of its logarithm: its own, and what the calibrator, the tails, the dead time and the days do to it and
  /// to the other sources.
  Measurement measurement(const Estimate& estimate) const {
    const Known alone = sourceActivity(nuclideOf(source_), assayOf(set_, source_.entry, 0));
    CalibrateConfig tails = config_, deadTime = config_;
    tails.tailScale.value += config_.tailScale.sigma;
    deadTime.deadTimeSeconds += config_.deadTimeUncertaintySeconds;
    return {std::log(estimate.value),
            estimate.statistical / estimate.value,
            alone.sigma / alone.value,
            {set_.sources.calibratorRelativeSigma, movedBy(tails, estimate), movedBy(deadTime, estimate),
             config_.dayToDayRelativeSigma}};
  }

  double movedBy(const CalibrateConfig& changed, const Estimate& estimate) const {
    const Result result = headSensitivity(acquisition_, nuclideOf(source_), response_, changed);
    const auto* moved = std::get_if<Estimate>(&result);
    return moved ? std::log(moved->value / estimate.value) : 0;
  }

  const SourceSet& set_;
  const AcquiredSource& source_;
  const AcquiredFrame& frame_;
  CalibrateConfig config_;
  SourceAcquisition acquisition_;
  physics::PointResponse response_;
};

// ---- head gain

Result headGainOf(const AcquiredSource& source) {
  const AcquiredFrame *first = photopeakOf(source, 1), *second = photopeakOf(source, 2);
  if (!first || !second)
    return Refusal{"single-head", "not both heads 1 and 2 have a picture in the photopeak"};
  if (source.object.saturated) return saturated();
  return headGain(first->counts, second->counts, *source.entry.asymmetryRelativeSigma);
}

// ---- resolution

MeasuredResult resolutionOf(const AcquiredSource& source, const AcquiredFrame& frame,
                            ProfileDirection direction) {
  MeasuredResult measured;
  measured.shown = resultOf(direction == ProfileDirection::kAcross ? CalibrationQuantity::kResolutionAcross
                                                                   : CalibrationQuantity::kResolutionAlong,
                            source, frame);
  ResolutionConfig config = source.entry.profile;
  config.direction = direction;
  measured.shown.result = source.object.saturated
                              ? Result(saturated())
                              : resolutionFwhmMm(frame.counts, source.object.pixelMm, config);
  return measured;
}

bool tellsResolution(const SourceEntry& entry, ProfileDirection direction) {
  return entry.kind == SourceKind::kPoint ||
         (entry.kind == SourceKind::kLine && direction == entry.profile.direction);
}

}  // namespace

physics::PointResponse SourceSet::response(const physics::Nuclide& nuclide,
                                           const physics::Window& window) const {
  return library.response(sources.calibration.camera, sources.collimator, nuclide, window);
}

std::vector<MeasuredResult> measuredDeadTimes(const SourceSet& set) {
  const std::vector<DeadTimePair>& pairs = set.sources.deadTimePairs;
  std::vector<MeasuredResult> all;
  for (std::size_t index = 0; index < pairs.size(); ++index)
    for (const int head : {1, 2, 3, 4}) {
      const AcquiredSource& low = sourceNamed(set, pairs[index].low);
      const AcquiredFrame *lowFrame = photopeakOf(low, head),
                          *highFrame = photopeakOf(sourceNamed(set, pairs[index].high), head);
      if (!lowFrame || !highFrame) continue;
      MeasuredResult measured;
      measured.shown = resultOf(CalibrationQuantity::kDeadTime, low, *lowFrame);
      measured.shown.acquisitions.push_back(pairs[index].high);
      measured.shown.result = deadTimeOf(set, pairs[index], *lowFrame, *highFrame);
      if (const auto* estimate = std::get_if<Estimate>(&measured.shown.result)) {
        // The activities' ratio is the same for all heads of a pair.
        measured.measurement = {estimate->value, estimate->statistical, 0,
                                std::vector<double>(pairs.size(), 0.0)};
        measured.measurement.common[index] = estimate->systematic;
      }
      all.push_back(std::move(measured));
    }
  return all;
}

std::vector<MeasuredResult> measuredSensitivities(const SourceSet& set, const CalibrateConfig& config) {
  std::vector<MeasuredResult> all;
  for (const AcquiredSource& source : set.acquired)
    if (source.entry.full)
      for (const AcquiredFrame& frame : source.object.frames)
        all.push_back(FrameSensitivity(set, source, frame, config).measured());
  return all;
}

std::vector<MeasuredResult> measuredHeadGains(const SourceSet& set) {
  std::vector<MeasuredResult> all;
  for (const AcquiredSource& source : set.acquired) {
    if (!source.entry.asymmetryRelativeSigma) continue;
    MeasuredResult measured;
    measured.shown.quantity = CalibrationQuantity::kHeadGain;
    measured.shown.head = 2;
    measured.shown.nuclide = source.nuclide;
    measured.shown.acquisitions = {source.entry.name};
    if (const AcquiredFrame* frame = photopeakOf(source, 2)) measured.shown.window = windowOf(*frame);
    measured.shown.result = headGainOf(source);
    if (const auto* gain = std::get_if<Estimate>(&measured.shown.result))
      measured.measurement = {
          std::log(gain->value), gain->statistical / gain->value, gain->systematic / gain->value, {}};
    all.push_back(std::move(measured));
  }
  return all;
}

std::vector<MeasuredResult> measuredResolutions(const SourceSet& set) {
  std::vector<MeasuredResult> all;
  for (const AcquiredSource& source : set.acquired)
    for (const AcquiredFrame& frame : source.object.frames) {
      if (!holdsPhotopeak(windowOf(frame), nuclideOf(source))) continue;
      for (const ProfileDirection direction : {ProfileDirection::kAcross, ProfileDirection::kAlong})
        if (tellsResolution(source.entry, direction)) all.push_back(resolutionOf(source, frame, direction));
    }
  return all;
}

}  // namespace remnant::quantify

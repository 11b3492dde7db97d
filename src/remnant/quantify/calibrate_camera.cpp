#include "remnant/quantify/calibrate_camera.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "remnant/base/error.h"
#include "remnant/quantify/source_measurements.h"

namespace remnant::quantify {
namespace {

constexpr double kMostDeadTimeSeconds = 1e-4;  // of the calibration file

bool sameThing(const CalibrationResult& left, const CalibrationResult& right) {
  return left.head == right.head && left.nuclide == right.nuclide && sameWindow(left.window, right.window);
}

/// Sensitivities of one head, nuclide and window together, in the order of their first.
std::vector<std::vector<MeasuredResult>> groupsOf(const std::vector<MeasuredResult>& measured) {
  std::vector<std::vector<MeasuredResult>> groups;
  for (const MeasuredResult& one : measured) {
    const auto found = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
      return sameThing(group.front().shown, one.shown);
    });
    if (found == groups.end())
      groups.push_back({one});
    else
      found->push_back(one);
  }
  return groups;
}

/// Everything of one camera on the way from acquisitions to its calibration.
class CameraCalibrator {
 public:
  explicit CameraCalibrator(const SourceSet& set)
      : set_(set), config_(set.sources.config), calibration_(set.sources.calibration) {}

  CameraCalibration calibrate() {
    takeCollimatorNames();
    takeDeadTime();
    for (const auto& group : groupsOf(measuredSensitivities(set_, config_)))
      if (const auto mean = settled(group)) enter(*mean);
    takeHeadGains();
    addOtherHeads();
    addOtherWindows();
    takeResolutions();
    if (!calibration_.sensitivities.empty()) made_.calibration = std::move(calibration_);
    return std::move(made_);
  }

 private:
  void show(CalibrationResult result) { made_.results.push_back(std::move(result)); }

  /// What the objects call the collimator; warns where it is the name of another one.
  void takeCollimatorNames() {
    const std::string& collimator = set_.sources.collimator;
    const auto& known = set_.library.collimators();
    for (const AcquiredSource& source : set_.acquired)
      for (const auto& frame : source.object.frames) {
        const std::string& name = frame.collimatorName;
        if (name.empty() || name == collimator || calibration_.collimatorNames.contains(name)) continue;
        if (std::any_of(known.begin(), known.end(), [&](const auto& each) { return each.name == name; }))
          warnOnce(fmt::format("{}: the object names the collimator '{}', the sources file '{}'",
                               source.entry.name, name, collimator));
        else
          calibration_.collimatorNames[name] = collimator;
      }
  }

  void warnOnce(std::string warning) {
    if (made_.warnings.empty() || made_.warnings.back() != warning)
      made_.warnings.push_back(std::move(warning));
  }

  /// Shows measurements of one thing and their mean; nothing where none succeeded.
  std::optional<CalibrationResult> settled(const std::vector<MeasuredResult>& alike) {
    std::vector<MeasuredResult> succeeded;
    for (const MeasuredResult& one : alike)
      if (std::holds_alternative<Estimate>(one.shown.result)) succeeded.push_back(one);
    for (const MeasuredResult& one : alike)
      if (succeeded.size() > 1 || std::holds_alternative<Refusal>(one.shown.result)) show(one.shown);
    if (succeeded.empty()) return std::nullopt;
    CalibrationResult mean = joined(succeeded);
    refuseContradiction(mean, succeeded);
    mean.used = true;
    show(mean);
    if (std::string warning = disagreementOf(mean); !warning.empty())
      made_.warnings.push_back(std::move(warning));
    return mean;
  }

  /// Of values with a ratio: no mean stands for sources of which one must be wrong.
  void refuseContradiction(const CalibrationResult& mean, const std::vector<MeasuredResult>& alike) const {
    if (mean.degrees == 0 || mean.quantity == CalibrationQuantity::kDeadTime ||
        mean.probability >= config_.leastAgreementProbability)
      return;
    double least = std::numeric_limits<double>::infinity(), most = 0;
    std::vector<std::string> values;
    for (const MeasuredResult& one : alike) {
      const double value = std::get<Estimate>(one.shown.result).value;
      least = std::min(least, value);
      most = std::max(most, value);
      const std::string unit = calibrationUnitText(mean.quantity);
      values.push_back(fmt::format("{} {:.4g}{}{}", fmt::join(one.shown.acquisitions, ", "), value,
                                   unit.empty() ? "" : " ", unit));
    }
    if (most <= config_.mostSourceRatio * least) return;
    throw InputError(
        "sources-disagree",
        fmt::format("{}{}, {:.0f}-{:.0f} keV: the sources contradict each other ({}): check their "
                    "activities, times and kinds, or leave one out",
                    calibrationQuantityText(mean.quantity),
                    mean.head > 0 ? fmt::format(" of head {}", mean.head) : "", mean.window.lowerKeV,
                    mean.window.upperKeV, fmt::join(values, "; ")),
        set_.sources.file.string(), "acquisition");
  }

  /// Heads of one camera are built alike, and the calibration has one dead time.
  void takeDeadTime() {
    config_.deadTimeSeconds = calibration_.deadTimeSeconds;
    config_.deadTimeUncertaintySeconds = calibration_.deadTimeUncertaintySeconds;
    const auto mean = settled(measuredDeadTimes(set_));
    if (!mean) return;
    const Estimate& estimate = std::get<Estimate>(mean->result);
    if (estimate.value < 0) made_.warnings.push_back("the dead time came out below 0; the calibration has 0");
    calibration_.deadTimeSeconds = std::clamp(estimate.value, 0.0, kMostDeadTimeSeconds);
    calibration_.deadTimeUncertaintySeconds = std::min(estimate.standardUncertainty(), kMostDeadTimeSeconds);
    config_.deadTimeSeconds = calibration_.deadTimeSeconds;
    config_.deadTimeUncertaintySeconds = calibration_.deadTimeUncertaintySeconds;
  }

  void enter(const CalibrationResult& result) {
    const physics::Nuclide& nuclide = physics::nuclideNamed(result.nuclide);
    calibration_.sensitivities.push_back(sensitivityEntry(std::get<Estimate>(result.result), result.head,
                                                          nuclide, set_.response(nuclide, result.window)));
  }

  const CalibrationResult* sensitivityOf(int head, const CalibrationResult& like,
                                         const physics::Window& window) const {
    for (const CalibrationResult& result : made_.results)
      if (result.quantity == CalibrationQuantity::kSensitivity && result.used && result.head == head &&
          result.nuclide == like.nuclide && sameWindow(result.window, window))
        return &result;
    return nullptr;
  }

  /// Those in the calibration, for steps that add to the results.
  std::vector<CalibrationResult> sensitivities() const {
    std::vector<CalibrationResult> found;
    for (const CalibrationResult& result : made_.results)
      if (result.quantity == CalibrationQuantity::kSensitivity && result.used) found.push_back(result);
    return found;
  }

  static bool inPhotopeak(const CalibrationResult& result) {
    return holdsPhotopeak(result.window, physics::nuclideNamed(result.nuclide));
  }

  void takeHeadGains() {
    if (const auto gain = settled(measuredHeadGains(set_))) gain_ = std::get<Estimate>(gain->result);
    for (const CalibrationResult& first : sensitivities())
      if (first.head == 1 && inPhotopeak(first))
        if (const CalibrationResult* second = sensitivityOf(2, first, first.window))
          show(gainOf(first, *second));
  }

  /// What is common to both heads' sensitivities falls out, readings too where the sources are the same.
  CalibrationResult gainOf(const CalibrationResult& first, const CalibrationResult& second) const {
    const Estimate &below = std::get<Estimate>(first.result), &above = std::get<Estimate>(second.result);
    const double gain = above.value / below.value;
    const bool sameSources = first.acquisitions == second.acquisitions;
    const double readings = sameSources ? 0 : std::sqrt(2.0) * set_.sources.readingRelativeSigma;
    CalibrationResult result = second;
    result.quantity = CalibrationQuantity::kHeadGain;
    result.degrees = 0;
    result.used = false;
    if (!sameSources)
      result.acquisitions.insert(result.acquisitions.begin(), first.acquisitions.begin(),
                                 first.acquisitions.end());
    const double counting = std::hypot(below.statistical / below.value, above.statistical / above.value);
    result.result = estimated(gain, gain * counting, gain * readings, "ratio of the heads' sensitivities",
                              {"sensitivities of both heads"});
    return result;
  }

  void addOtherHeads() {
    if (!gain_) return;
    for (const CalibrationResult& known : sensitivities())
      if (known.head <= 2 && !sensitivityOf(3 - known.head, known, known.window)) {
        CalibrationResult derived = byGain(known);
        enter(derived);
        show(std::move(derived));
      }
  }

  CalibrationResult byGain(const CalibrationResult& known) const {
    const Estimate& estimate = std::get<Estimate>(known.result);
    CalibrationResult derived = known;
    derived.head = 3 - known.head;
    derived.degrees = 0;
    const double value = derived.head == 2 ? estimate.value * gain_->value : estimate.value / gain_->value;
    const auto both = [&](double Estimate::*part) {
      return value * std::hypot(estimate.*part / estimate.value, *gain_.*part / gain_->value);
    };
    std::vector<std::string> inputs = estimate.inputs;
    inputs.emplace_back("head gain");
    derived.result =
        estimated(value, both(&Estimate::statistical), both(&Estimate::systematic),
                  fmt::format("that of head {} by the heads' gain", known.head), std::move(inputs));
    return derived;
  }

  /// Of the acquisitions and of the sources file.
  std::vector<physics::Window> allWindows() const {
    std::vector<physics::Window> windows = set_.sources.windows;
    for (const AcquiredSource& source : set_.acquired)
      for (const auto& frame : source.object.frames) windows.push_back(windowOf(frame));
    return windows;
  }

  void addOtherWindows() {
    for (const CalibrationResult& known : sensitivities())
      if (inPhotopeak(known))
        for (const physics::Window& window : allWindows())
          if (!sensitivityOf(known.head, known, window)) addWindow(known, window);
  }

  void addWindow(const CalibrationResult& known, const physics::Window& window) {
    CalibrationResult derived = known;
    derived.window = window;
    derived.degrees = 0;
    try {
      derived.result = byLibrary(known, window);
      enter(derived);
    } catch (const InputError& error) {
      if (error.code() != "no-response") throw;
      derived.used = false;
      derived.result = Refusal{error.code(), error.what()};
    }
    show(std::move(derived));
  }

  Estimate byLibrary(const CalibrationResult& known, const physics::Window& window) const {
    const physics::Nuclide& nuclide = physics::nuclideNamed(known.nuclide);
    const Estimate& estimate = std::get<Estimate>(known.result);
    const double ratio =
        set_.response(nuclide, window).coreCpsPerMBq / set_.response(nuclide, known.window).coreCpsPerMBq;
    std::vector<std::string> inputs = estimate.inputs;
    inputs.emplace_back("ratio of the cores in the camera library");
    return estimated(estimate.value * ratio, estimate.statistical * ratio, estimate.systematic * ratio,
                     "that of the photopeak by the library's ratio", std::move(inputs));
  }

  void takeResolutions() {
    for (MeasuredResult& measured : measuredResolutions(set_)) {
      CalibrationResult& shown = measured.shown;
      if (const auto* estimate = std::get_if<Estimate>(&shown.result)) {
        shown.used = true;
        calibration_.resolutions.push_back(
            {shown.head, shown.nuclide, set_.sources.collimator, shown.window,
             shown.quantity == CalibrationQuantity::kResolutionAcross ? "across" : "along",
             set_.sources.entryNamed(shown.acquisitions.front())->geometry.distanceMm, estimate->value,
             estimate->standardUncertainty()});
      }
      show(std::move(shown));
    }
  }

  const SourceSet& set_;
  CalibrateConfig config_;
  physics::Calibration calibration_;
  std::optional<Estimate> gain_;  ///< of what both heads see alike
  CameraCalibration made_;
};

}  // namespace

bool CameraCalibration::refusedSome() const {
  return std::any_of(results.begin(), results.end(), [](const CalibrationResult& result) {
    return std::holds_alternative<Refusal>(result.result);
  });
}

CameraCalibration calibrateCamera(const CalibrationSources& sources,
                                  const std::vector<AcquiredSource>& acquired,
                                  const physics::CameraLibrary& library) {
  const SourceSet set{sources, acquired, library};
  return CameraCalibrator(set).calibrate();
}

}  // namespace remnant::quantify

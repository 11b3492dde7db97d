#include "remnant/quantify/calibration_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

constexpr double kNormal95 = 1.959964;
constexpr double kSameEdgeKeV = 0.5;
constexpr double kDisagreement = 0.01;

void addMissing(std::vector<std::string>& texts, const std::vector<std::string>& others) {
  for (const std::string& text : others)
    if (std::count(texts.begin(), texts.end(), text) == 0) texts.push_back(text);
}

}  // namespace

std::string calibrationQuantityText(CalibrationQuantity quantity) {
  switch (quantity) {
    case CalibrationQuantity::kDeadTime:
      return "dead time";
    case CalibrationQuantity::kHeadGain:
      return "head gain";
    case CalibrationQuantity::kSensitivity:
      return "sensitivity";
    case CalibrationQuantity::kResolutionAcross:
      return "resolution across";
    case CalibrationQuantity::kResolutionAlong:
      return "resolution along";
  }
  throw ProgramError("a calibration quantity without a name");
}

std::string calibrationUnitText(CalibrationQuantity quantity) {
  if (quantity == CalibrationQuantity::kDeadTime) return "s";
  if (quantity == CalibrationQuantity::kHeadGain) return "";
  return quantity == CalibrationQuantity::kSensitivity ? "/s/MBq" : "mm";
}

bool sameWindow(const physics::Window& left, const physics::Window& right) {
  return std::abs(left.lowerKeV - right.lowerKeV) < kSameEdgeKeV &&
         std::abs(left.upperKeV - right.upperKeV) < kSameEdgeKeV;
}

bool holdsPhotopeak(const physics::Window& window, const physics::Nuclide& nuclide) {
  return window.lowerKeV < nuclide.photopeakKeV && nuclide.photopeakKeV < window.upperKeV;
}

Estimate estimated(double value, double statistical, double systematic, std::string method,
                   std::vector<std::string> inputs) {
  Estimate estimate;
  estimate.value = value;
  estimate.statistical = statistical;
  estimate.systematic = systematic;
  estimate.lower = value - kNormal95 * estimate.standardUncertainty();
  estimate.upper = value + kNormal95 * estimate.standardUncertainty();
  estimate.method = std::move(method);
  estimate.inputs = std::move(inputs);
  return estimate;
}

CalibrationResult joined(const std::vector<MeasuredResult>& alike) {
  CalibrationResult result = alike.front().shown;
  if (alike.size() == 1) return result;
  std::vector<Measurement> measurements;
  std::vector<std::string> inputs;
  for (const MeasuredResult& one : alike) {
    measurements.push_back(one.measurement);
    if (one.shown.head != result.head) result.head = 0;
    addMissing(result.acquisitions, one.shown.acquisitions);
    addMissing(inputs, std::get<Estimate>(one.shown.result).inputs);
  }
  const WeightedMean mean = weightedMean(measurements);
  const bool logarithms = result.quantity != CalibrationQuantity::kDeadTime;
  const double value = logarithms ? std::exp(mean.value) : mean.value;
  const double scale = logarithms ? value : 1;
  result.result = estimated(value, mean.statistical * scale, mean.systematic * scale,
                            fmt::format("weighted mean of {}", alike.size()), std::move(inputs));
  result.degrees = mean.degrees;
  result.chiSquared = mean.chiSquared;
  result.probability = mean.probability;
  return result;
}

std::string disagreementOf(const CalibrationResult& result) {
  if (result.degrees == 0 || result.probability >= kDisagreement) return "";
  const std::string head = result.head > 0 ? fmt::format(" of head {}", result.head) : "";
  return fmt::format(
      "{}{}, {:.0f}-{:.0f} keV: {} disagree: chi squared {:.1f} of {} degrees of freedom, probability "
      "{:.1g}; the uncertainty "
      "is widened",
      calibrationQuantityText(result.quantity), head, result.window.lowerKeV, result.window.upperKeV,
      fmt::join(result.acquisitions, " and "), result.chiSquared, result.degrees, result.probability);
}

}  // namespace remnant::quantify

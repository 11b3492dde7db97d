#include "remnant/quantify/collimator_choice.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace remnant::quantify {
namespace {

using scintigraphy::AcquiredFrame;
using scintigraphy::AcquiredObject;
using scintigraphy::Acquisition;
using scintigraphy::View;

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool shows(const AcquiredObject& object, View view) {
  return std::any_of(object.frames.begin(), object.frames.end(),
                     [&](const AcquiredFrame& frame) { return frame.view.view == view; });
}

bool opposed(const AcquiredObject& object) {
  return (object.acquisition == Acquisition::kStatic || object.acquisition == Acquisition::kWholeBody) &&
         shows(object, View::kAnterior) && shows(object, View::kPosterior);
}

}  // namespace

std::vector<std::string> collimatorsOf(const physics::Calibration& calibration, const std::string& nuclide) {
  std::vector<std::string> names;
  for (const physics::HeadSensitivity& entry : calibration.sensitivities)
    if (entry.nuclide == nuclide && !has(names, entry.collimator)) names.push_back(entry.collimator);
  return names;
}

std::variant<std::string, Refusal> collimatorOf(const AcquiredFrame& frame, const std::string& nuclide,
                                                const physics::Calibration& calibration) {
  const std::vector<std::string> known = collimatorsOf(calibration, nuclide);
  if (known.empty())
    return Refusal{"no-calibration", fmt::format("the calibration holds nothing of {}", nuclide)};
  const std::string& told = frame.collimatorName;
  if (has(known, told)) return told;
  const std::string ofCalibration =
      fmt::format("the calibration has {}; say which it is (--collimator)", fmt::join(known, ", "));
  if (told.empty()) {
    if (known.size() == 1) return known.front();
    return Refusal{"no-collimator", "the object does not name its collimator, and " + ofCalibration};
  }
  const auto translated = calibration.collimatorNames.find(told);
  if (translated != calibration.collimatorNames.end() && has(known, translated->second))
    return translated->second;
  return Refusal{"unknown-collimator", fmt::format("the object names the collimator of head {} '{}', and {}",
                                                   frame.detector, told, ofCalibration)};
}

std::optional<Refusal> collimatorRefusal(const scintigraphy::AcquiredStudy& study,
                                         const physics::Calibration& calibration) {
  if (!has(physics::nuclideNames(), study.radionuclide)) return std::nullopt;
  const auto object = std::find_if(study.objects.begin(), study.objects.end(), opposed);
  if (object == study.objects.end() || object->pinhole) return std::nullopt;
  for (const AcquiredFrame& frame : object->frames) {
    const auto found = collimatorOf(frame, study.radionuclide, calibration);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  }
  return std::nullopt;
}

}  // namespace remnant::quantify

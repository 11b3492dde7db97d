#include "remnant/quantify/calibration_json.h"

#include <nlohmann/json.hpp>

namespace remnant::quantify {
namespace {

using nlohmann::ordered_json;

void add(const Result& result, ordered_json& json) {
  if (const auto* refusal = std::get_if<Refusal>(&result)) {
    json["refused"] = refusal->code;
    json["reason"] = refusal->sentence;
    return;
  }
  const Estimate& estimate = std::get<Estimate>(result);
  json["value"] = estimate.value;
  json["standardUncertainty"] = estimate.standardUncertainty();
  json["statistical"] = estimate.statistical;
  json["systematic"] = estimate.systematic;
  json["interval95"] = {estimate.lower, estimate.upper};
  json["method"] = estimate.method;
  json["inputs"] = estimate.inputs;
}

ordered_json resultJson(const CalibrationResult& result) {
  ordered_json json{{"quantity", calibrationQuantityText(result.quantity)},
                    {"unit", calibrationUnitText(result.quantity)},
                    {"head", result.head > 0 ? ordered_json(result.head) : ordered_json(nullptr)},
                    {"nuclide", result.nuclide},
                    {"windowKeV", {result.window.lowerKeV, result.window.upperKeV}},
                    {"acquisitions", result.acquisitions},
                    {"used", result.used}};
  add(result.result, json);
  if (result.degrees > 0)
    json["agreement"] = {{"chiSquared", result.chiSquared},
                         {"degreesOfFreedom", result.degrees},
                         {"probability", result.probability}};
  return json;
}

}  // namespace

std::string jsonOf(const CameraCalibration& calibration) {
  ordered_json json{{"calibrated", calibration.calibration.has_value()},
                    {"warnings", calibration.warnings},
                    {"results", ordered_json::array()}};
  for (const CalibrationResult& result : calibration.results) json["results"].push_back(resultJson(result));
  return json.dump(2);
}

}  // namespace remnant::quantify

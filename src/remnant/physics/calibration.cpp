#include "remnant/physics/calibration.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "remnant/base/atomic_file.h"
#include "remnant/base/csv.h"
#include "remnant/base/error.h"

namespace remnant::physics {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kMost = 1e9;

/// A JSON object read key by key, each with what is allowed.
class JsonFields {
 public:
  JsonFields(const Json& json, std::string file, std::string path)
      : json_(json), file_(std::move(file)), path_(std::move(path)) {
    if (!json_.is_object()) refuse("", "must be an object");
  }

  [[noreturn]] void refuse(const std::string& key, const std::string& reason) const {
    throw InputError("bad-calibration", reason, file_, path_ + key);
  }

  bool has(const std::string& key) const { return json_.contains(key); }

  const Json& at(const std::string& key) {
    asked_.insert(key);
    const auto found = json_.find(key);
    if (found == json_.end()) refuse(key, "this key is missing");
    return *found;
  }

  double number(const std::string& key, double least, double most) {
    return checked(at(key), key, least, most);
  }

  std::string text(const std::string& key) {
    const Json& value = at(key);
    if (!value.is_string()) refuse(key, "must be a text");
    return value.get<std::string>();
  }

  Window window(const std::string& key) {
    const Json& value = at(key);
    if (!value.is_array() || value.size() != 2) refuse(key, "must be two numbers from 15 to 1000");
    const Window window{checked(value[0], key, 15, 1000), checked(value[1], key, 15, 1000)};
    if (window.lowerKeV >= window.upperKeV) refuse(key, "must have the lower number first");
    return window;
  }

  void finish() const {
    for (const auto& [key, value] : json_.items())
      if (!asked_.contains(key)) refuse(key, "this key means nothing here");
  }

 private:
  double checked(const Json& value, const std::string& key, double least, double most) const {
    if (value.is_number() && value.get<double>() >= least && value.get<double>() <= most)
      return value.get<double>();
    refuse(key, "must be a number from " + numberText(least) + " to " + numberText(most));
  }

  const Json& json_;
  std::string file_;
  std::string path_;
  std::set<std::string> asked_;
};

int readHead(JsonFields& fields) {
  const double head = fields.number("head", 1, 4);
  if (head != static_cast<int>(head)) fields.refuse("head", "must be a whole number from 1 to 4");
  return static_cast<int>(head);
}

std::string readNuclide(JsonFields& fields) {
  std::string name = fields.text("nuclide");
  const std::vector<std::string> known = nuclideNames();
  if (std::find(known.begin(), known.end(), name) != known.end()) return name;
  std::string allowed;
  for (const std::string& nuclide : known) allowed += " \"" + nuclide + "\"";
  fields.refuse("nuclide", "must be one of" + allowed);
}

HeadSensitivity readSensitivity(JsonFields fields) {
  HeadSensitivity sensitivity;
  sensitivity.head = readHead(fields);
  sensitivity.nuclide = readNuclide(fields);
  sensitivity.collimator = fields.text("collimator");
  sensitivity.window = fields.window("windowKeV");
  sensitivity.coreCpsPerMBq = fields.number("coreCpsPerMBq", 1e-9, kMost);
  sensitivity.relativeUncertainty = fields.number("relativeUncertainty", 0, 1);
  fields.finish();
  return sensitivity;
}

std::vector<HeadSensitivity> readSensitivities(JsonFields& fields, const std::string& file) {
  const std::string key = "sensitivities";
  const Json& list = fields.at(key);
  if (!list.is_array() || list.empty()) fields.refuse(key, "must be a list that is not empty");
  std::vector<HeadSensitivity> sensitivities;
  for (std::size_t index = 0; index < list.size(); ++index)
    sensitivities.push_back(readSensitivity({list[index], file, key + "[" + std::to_string(index) + "]."}));
  return sensitivities;
}

std::map<std::string, std::string> readCollimatorNames(JsonFields& fields) {
  const std::string key = "collimatorNames";
  std::map<std::string, std::string> names;
  if (!fields.has(key)) return names;
  const Json& object = fields.at(key);
  if (!object.is_object()) fields.refuse(key, "must be an object");
  for (const auto& [name, collimator] : object.items()) {
    if (!collimator.is_string()) fields.refuse(key + "." + name, "must be a text");
    names[name] = collimator.get<std::string>();
  }
  return names;
}

std::string readDirection(JsonFields& fields) {
  std::string direction = fields.text("direction");
  if (direction != "across" && direction != "along")
    fields.refuse("direction", "must be one of \"across\" \"along\"");
  return direction;
}

HeadResolution readResolution(JsonFields fields) {
  HeadResolution resolution;
  resolution.head = readHead(fields);
  resolution.nuclide = readNuclide(fields);
  resolution.collimator = fields.text("collimator");
  resolution.window = fields.window("windowKeV");
  resolution.direction = readDirection(fields);
  resolution.distanceMm = fields.number("distanceMm", 0, 1000);
  resolution.fwhmMm = fields.number("fwhmMm", 0.1, 1000);
  resolution.uncertaintyMm = fields.number("uncertaintyMm", 0, 1000);
  fields.finish();
  return resolution;
}

std::vector<HeadResolution> readResolutions(JsonFields& fields, const std::string& file) {
  const std::string key = "resolutions";
  std::vector<HeadResolution> resolutions;
  if (!fields.has(key)) return resolutions;
  const Json& list = fields.at(key);
  if (!list.is_array()) fields.refuse(key, "must be a list");
  for (std::size_t index = 0; index < list.size(); ++index)
    resolutions.push_back(readResolution({list[index], file, key + "[" + std::to_string(index) + "]."}));
  return resolutions;
}

/// A number of the calibration with the name and range it has in the file.
struct CalibrationNumber {
  const char* key;
  double Calibration::*value;
  double least, most;
};

constexpr CalibrationNumber kNumbers[] = {
    {"headGainRelativeUncertainty", &Calibration::headGainRelativeUncertainty, 0, 1},
    {"tailScale", &Calibration::tailScale, 0, 10},
    {"tailScaleUncertainty", &Calibration::tailScaleUncertainty, 0, 10},
    {"tableOpticalDepth", &Calibration::tableOpticalDepth, 0, 3},
    {"tableOpticalDepthUncertainty", &Calibration::tableOpticalDepthUncertainty, 0, 3},
    {"deadTimeSeconds", &Calibration::deadTimeSeconds, 0, 1e-4},
    {"deadTimeUncertaintySeconds", &Calibration::deadTimeUncertaintySeconds, 0, 1e-4},
    {"fullSpectrumFraction", &Calibration::fullSpectrumFraction, 0.01, 1},
    {"rayAngleDegrees", &Calibration::rayAngleDegrees, -360, 360},
};

Calibration readFields(JsonFields fields, const std::string& file) {
  Calibration calibration;
  calibration.camera = fields.text("camera");
  calibration.serialNumber = fields.text("serialNumber");
  calibration.collimatorNames = readCollimatorNames(fields);
  for (const CalibrationNumber& number : kNumbers)
    calibration.*number.value = fields.number(number.key, number.least, number.most);
  calibration.sensitivities = readSensitivities(fields, file);
  calibration.resolutions = readResolutions(fields, file);
  fields.finish();
  return calibration;
}

Json sensitivityJson(const HeadSensitivity& sensitivity) {
  return {{"head", sensitivity.head},
          {"nuclide", sensitivity.nuclide},
          {"collimator", sensitivity.collimator},
          {"windowKeV", {sensitivity.window.lowerKeV, sensitivity.window.upperKeV}},
          {"coreCpsPerMBq", sensitivity.coreCpsPerMBq},
          {"relativeUncertainty", sensitivity.relativeUncertainty}};
}

Json resolutionJson(const HeadResolution& resolution) {
  return {{"head", resolution.head},
          {"nuclide", resolution.nuclide},
          {"collimator", resolution.collimator},
          {"windowKeV", {resolution.window.lowerKeV, resolution.window.upperKeV}},
          {"direction", resolution.direction},
          {"distanceMm", resolution.distanceMm},
          {"fwhmMm", resolution.fwhmMm},
          {"uncertaintyMm", resolution.uncertaintyMm}};
}

}  // namespace

Calibration readCalibration(const std::filesystem::path& path) {
  const std::string file = path.string();
  const Json json = Json::parse(readWholeFile(path), nullptr, false);
  if (json.is_discarded()) throw InputError("bad-calibration", "this file is not JSON", file);
  return readFields({json, file, ""}, file);
}

namespace {

Json calibrationJson(const Calibration& calibration) {
  Json json{{"camera", calibration.camera}, {"serialNumber", calibration.serialNumber}};
  if (!calibration.collimatorNames.empty()) json["collimatorNames"] = calibration.collimatorNames;
  for (const CalibrationNumber& number : kNumbers) json[number.key] = calibration.*number.value;
  json["sensitivities"] = Json::array();
  for (const HeadSensitivity& sensitivity : calibration.sensitivities)
    json["sensitivities"].push_back(sensitivityJson(sensitivity));
  for (const HeadResolution& resolution : calibration.resolutions)
    json["resolutions"].push_back(resolutionJson(resolution));
  return json;
}

}  // namespace

void writeCalibration(const Calibration& calibration, const std::filesystem::path& path) {
  const Json json = calibrationJson(calibration);
  readFields({json, path.string(), ""}, path.string());
  writeWholeFile(path, json.dump(2) + "\n");
}

}  // namespace remnant::physics

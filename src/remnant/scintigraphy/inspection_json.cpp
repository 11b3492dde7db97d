#include "remnant/scintigraphy/inspection_json.h"

#include <nlohmann/json.hpp>

#include "remnant/scintigraphy/study_time.h"

namespace remnant::scintigraphy {
namespace {

using Json = nlohmann::ordered_json;

template <class Value>
Json orNull(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json orNull(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

std::string textOf(const Json& json) {
  constexpr int kIndent = 2;
  // File names need not be UTF-8.
  return json.dump(kIndent, ' ', false, Json::error_handler_t::replace);
}

Json jsonOf(const FrameMeaning& frame, std::optional<std::int64_t> counts) {
  Json windows = Json::array();
  for (const EnergyWindow& window : frame.windows)
    windows.push_back({{"lowerKeV", window.lowerKeV}, {"upperKeV", window.upperKeV}});
  return {{"index", frame.index},
          {"view", viewText(frame.view.view)},
          {"viewEvidence", orNull(frame.view.evidence)},
          {"detector", orNull(frame.detector)},
          {"collimatorName", orNull(frame.collimatorName)},
          {"collimatorType", orNull(frame.collimatorType)},
          {"energyWindows", windows},
          {"durationMs", orNull(frame.durationMs)},
          {"counts", orNull(counts)}};
}

Json framesOf(const Inspection& inspection) {
  Json frames = Json::array();
  for (std::size_t i = 0; i < inspection.object.frames.size(); ++i)
    frames.push_back(jsonOf(inspection.object.frames[i], inspection.counts[i]));
  return frames;
}

Json sizeOrNull(std::size_t size) {
  return size ? Json(size) : Json(nullptr);
}

}  // namespace

std::string jsonOf(const std::string& file, const Inspection& inspection) {
  const NmObject& object = inspection.object;
  const auto& spacing = object.pixelSpacingMm;
  return textOf(
      {{"file", file},
       {"sopClassUid", orNull(object.sopClassUid)},
       {"modality", orNull(object.modality)},
       {"imageType", object.imageType},
       {"acquisition", object.acquisition ? Json(acquisitionText(*object.acquisition)) : Json(nullptr)},
       {"acquisitionStart", object.start ? Json(secondText(*object.start)) : Json(nullptr)},
       {"durationSeconds", orNull(inspection.durationSeconds)},
       {"manufacturer", orNull(object.manufacturer)},
       {"model", orNull(object.model)},
       {"serialNumber", orNull(object.serialNumber)},
       {"rows", sizeOrNull(object.rows)},
       {"columns", sizeOrNull(object.columns)},
       {"pixelSpacingMm", spacing ? Json::array({spacing->first, spacing->second}) : Json(nullptr)},
       {"patientPosition", orNull(object.patientPosition)},
       {"radionuclide", orNull(object.radionuclide)},
       {"frames", framesOf(inspection)},
       {"countsAccumulatedTag", orNull(object.countsAccumulatedTag)},
       {"warnings", object.warnings}});
}

std::string jsonOf(const std::string& file, const InputError& error) {
  return textOf(
      {{"file", file},
       {"error",
        {{"code", error.code()}, {"tag", orNull(error.tag())}, {"message", std::string(error.what())}}}});
}

}  // namespace remnant::scintigraphy

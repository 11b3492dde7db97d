#include "remnant/quantify/quantification_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace remnant::quantify {
namespace {

using nlohmann::ordered_json;

/// JSON knows no infinity.
ordered_json number(double value) {
  return std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr);
}

ordered_json number(const std::optional<double>& value) {
  return value ? number(*value) : ordered_json(nullptr);
}

ordered_json refusalJson(const Refusal& refusal) {
  ordered_json json{{"refused", refusal.code}, {"reason", refusal.sentence}};
  if (refusal.upperLimit) json["upperLimit"] = number(*refusal.upperLimit);
  return json;
}

ordered_json resultJson(const Result& result) {
  if (const auto* refusal = std::get_if<Refusal>(&result)) return refusalJson(*refusal);
  const Estimate& estimate = std::get<Estimate>(result);
  return {{"value", number(estimate.value)},
          {"standardUncertainty", number(estimate.standardUncertainty())},
          {"statistical", number(estimate.statistical)},
          {"systematic", number(estimate.systematic)},
          {"interval95", {number(estimate.lower), number(estimate.upper)}},
          {"method", estimate.method},
          {"inputs", estimate.inputs}};
}

ordered_json methodJson(const MethodAnswer& answer) {
  ordered_json json = ordered_json::object();
  const auto add = [&](const char* key, const Result& result) {
    if (isGiven(result)) json[key] = resultJson(result);
  };
  add("depthMm", answer.depthMm);
  add("activityMBq", answer.activityMBq);
  add("uptakePercent", answer.uptakePercent);
  return json;
}

ordered_json placeJson(const std::optional<FoundPlace>& place) {
  if (!place) return nullptr;
  const auto along = [](const Estimate& estimate) -> ordered_json {
    return {{"value", number(estimate.value)},
            {"standardUncertainty", number(estimate.standardUncertainty())},
            {"interval95", {number(estimate.lower), number(estimate.upper)}}};
  };
  return {{"xPatientMm", along(place->x)}, {"zPatientMm", along(place->z)}};
}

ordered_json focusJson(const FocusAnswer& focus) {
  ordered_json methods = ordered_json::object();
  for (const MethodAnswer& answer : focus.methods) methods[answer.method] = methodJson(answer);
  return {{"focus", focus.number},
          {"column", number(focus.column)},
          {"row", number(focus.row)},
          {"anteriorCounts", number(focus.anteriorCounts)},
          {"place", placeJson(focus.place)},
          {"significance", number(focus.significance)},
          {"methods", methods}};
}

ordered_json limitJson(const std::variant<DetectionLimit, Refusal>& result) {
  if (const auto* refusal = std::get_if<Refusal>(&result)) return refusalJson(*refusal);
  const auto& limit = std::get<DetectionLimit>(result);
  return {{"depthMm", number(limit.depthMm)},
          {"netCounts", number(limit.netCounts)},
          {"activityMBq", number(limit.activityMBq)},
          {"uptakePercent", number(limit.uptakePercent)}};
}

ordered_json searchJson(const FociSearch& search) {
  return {{"areaMm",
           {{"leastX", number(search.area.leastX)},
            {"mostX", number(search.area.mostX)},
            {"leastZ", number(search.area.leastZ)},
            {"mostZ", number(search.area.mostZ)}}},
          {"falseFociPerStudy", number(search.falseFociPerStudy)},
          {"threshold", number(search.detection.threshold)},
          {"found", search.detection.foci.size()},
          {"detectionLimit", limitJson(search.limit)}};
}

ordered_json variantJson(const NeckShoulderRatio& ratio) {
  return {{"ratio", number(ratio.ratio)},
          {"standardUncertainty", number(ratio.ratioStandardUncertainty)},
          {"logarithm", number(ratio.logarithm)},
          {"logarithmStandardUncertainty", number(ratio.logarithmStandardUncertainty)}};
}

ordered_json ratioJson(const RatioAnswer& answer) {
  ordered_json corrected = nullptr;
  if (answer.backgroundCorrected) {
    if (const auto* refusal = std::get_if<Refusal>(&*answer.backgroundCorrected)) {
      corrected = refusalJson(*refusal);
    } else {
      const auto& ratio = std::get<BackgroundCorrectedRatio>(*answer.backgroundCorrected);
      corrected = {{"ratio", number(ratio.ratio)},
                   {"standardUncertainty", number(ratio.ratioStandardUncertainty)}};
    }
  }
  return {{"meanRatio", variantJson(answer.ofMeans)},
          {"sumRatio", variantJson(answer.ofSums)},
          {"backgroundCorrectedMeanRatio", corrected},
          {"thyroidCounts", answer.ofMeans.thyroidCounts},
          {"shoulderCounts", answer.ofMeans.shoulderCounts}};
}

ordered_json studyJson(const StudyAnswer& study) {
  ordered_json json;
  json["studyInstanceUid"] = study.studyInstanceUid;
  if (study.refusal) json.update(refusalJson(*study.refusal));
  json["inputs"] = study.inputs;
  json["warnings"] = study.warnings;
  if (study.search) json["search"] = searchJson(*study.search);
  if (study.ratio) json["neckShoulderRatio"] = ratioJson(*study.ratio);
  json["foci"] = ordered_json::array();
  for (const FocusAnswer& focus : study.foci) json["foci"].push_back(focusJson(focus));
  return json;
}

ordered_json changeJson(const StudyChange& change) {
  ordered_json foci = ordered_json::array();
  for (const StudyChange::Focus& focus : change.foci)
    foci.push_back({{"focusBefore", focus.before},
                    {"focusAfter", focus.after},
                    {"method", focus.method},
                    {"uptakeRatio", resultJson(focus.uptakeRatio)}});
  return {{"earlierStudyInstanceUid", change.earlierStudyUid},
          {"laterStudyInstanceUid", change.laterStudyUid},
          {"foci", foci},
          {"onlyBefore", change.onlyBefore},
          {"onlyAfter", change.onlyAfter}};
}

ordered_json stratumJson(const Stratum& stratum) {
  const Verdict& verdict = stratum.verdict;
  ordered_json refusals = ordered_json::object();
  for (const auto& [code, count] : verdict.refusals) refusals[code] = count;
  // Of nothing there is no mean, and of one answer no spread.
  const auto ofAnswers = [&](double value, std::size_t least) {
    return verdict.answered < least ? ordered_json(nullptr) : number(value);
  };
  return {{"quantity", quantityName(stratum.quantity)},
          {"method", stratum.method},
          {"medium", stratum.medium},
          {"anteriorCounts", stratum.counts},
          {"foci", verdict.foci},
          {"answered", verdict.answered},
          {"refusals", refusals},
          {"bias", ofAnswers(verdict.bias, 1)},
          {"standardDeviation", ofAnswers(verdict.standardDeviation, 2)},
          {"limitsOfAgreement",
           {ofAnswers(verdict.lowerLimitOfAgreement, 2), ofAnswers(verdict.upperLimitOfAgreement, 2)}},
          {"rootMeanSquare", ofAnswers(verdict.rootMeanSquare, 1)},
          {"coverage", ofAnswers(verdict.coverage, 1)},
          {"medianIntervalWidth", ofAnswers(verdict.medianWidth, 1)},
          {"rootMeanBound", number(verdict.rootMeanBound)},
          {"errorOverBound", number(verdict.errorOverBound)},
          {"errorOverBoundInUnit", number(verdict.errorOverBoundInUnit)},
          {"widthOverBoundWidth", number(verdict.widthOverBoundWidth)}};
}

std::string text(const ordered_json& json) {
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string jsonOf(const Quantification& quantification) {
  ordered_json json;
  json["studies"] = ordered_json::array();
  for (const StudyAnswer& study : quantification.studies) json["studies"].push_back(studyJson(study));
  json["changes"] = ordered_json::array();
  for (const StudyChange& change : quantification.changes) json["changes"].push_back(changeJson(change));
  return text(json);
}

std::string jsonOf(const CohortJudgement& judgement) {
  ordered_json json;
  json["studies"] = judgement.studies;
  json["missingStudies"] = judgement.missingStudies;
  json["foci"] = judgement.foci;
  json["errors"] = "depthMm in millimetres, uptakePercent relative to the truth";
  json["strata"] = ordered_json::array();
  for (const Stratum& stratum : strataOf(judgement.judged)) json["strata"].push_back(stratumJson(stratum));
  return text(json);
}

}  // namespace remnant::quantify

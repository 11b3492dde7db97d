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
  return {{"refused", refusal.code}, {"reason", refusal.sentence}};
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

ordered_json focusJson(const FocusAnswer& focus) {
  ordered_json methods;
  for (const MethodAnswer& answer : focus.methods)
    methods[answer.method] = {{"depthMm", resultJson(answer.depthMm)},
                              {"activityMBq", resultJson(answer.activityMBq)},
                              {"uptakePercent", resultJson(answer.uptakePercent)}};
  return {{"focus", focus.number},
          {"column", number(focus.column)},
          {"row", number(focus.row)},
          {"anteriorCounts", number(focus.anteriorCounts)},
          {"methods", methods}};
}

ordered_json studyJson(const StudyAnswer& study) {
  ordered_json json;
  json["studyInstanceUid"] = study.studyInstanceUid;
  if (study.refusal) json.update(refusalJson(*study.refusal));
  json["inputs"] = study.inputs;
  json["warnings"] = study.warnings;
  json["foci"] = ordered_json::array();
  for (const FocusAnswer& focus : study.foci) json["foci"].push_back(focusJson(focus));
  return json;
}

ordered_json stratumJson(const Stratum& stratum) {
  const Verdict& verdict = stratum.verdict;
  ordered_json refusals = ordered_json::object();
  for (const auto& [code, count] : verdict.refusals) refusals[code] = count;
  return {
      {"quantity", quantityName(stratum.quantity)},
      {"method", stratum.method},
      {"medium", stratum.medium},
      {"anteriorCounts", stratum.counts},
      {"foci", verdict.foci},
      {"answered", verdict.answered},
      {"refusals", refusals},
      {"bias", number(verdict.bias)},
      {"standardDeviation", number(verdict.standardDeviation)},
      {"limitsOfAgreement", {number(verdict.lowerLimitOfAgreement), number(verdict.upperLimitOfAgreement)}},
      {"rootMeanSquare", number(verdict.rootMeanSquare)},
      {"coverage", number(verdict.coverage)},
      {"medianIntervalWidth", number(verdict.medianWidth)},
      {"rootMeanBound", number(verdict.rootMeanBound)},
      {"errorOverBound", number(verdict.errorOverBound)},
      {"widthOverBoundWidth", number(verdict.widthOverBoundWidth)}};
}

std::string text(const ordered_json& json) {
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string jsonOf(const std::vector<StudyAnswer>& studies) {
  ordered_json json = ordered_json::array();
  for (const StudyAnswer& study : studies) json.push_back(studyJson(study));
  return text(json);
}

std::string jsonOf(const CohortJudgement& judgement) {
  ordered_json json;
  json["studies"] = judgement.studies;
  json["foci"] = judgement.foci;
  json["errors"] = "depthMm in millimetres, uptakePercent relative to the truth";
  json["strata"] = ordered_json::array();
  for (const Stratum& stratum : strataOf(judgement.judged)) json["strata"].push_back(stratumJson(stratum));
  return text(json);
}

}  // namespace remnant::quantify

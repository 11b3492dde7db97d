#include "remnant/quantify/quantification_table.h"

#include <cmath>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace remnant::quantify {
namespace {

/// Below it nothing is worth a figure, of a MBq or of the dose.
constexpr double kNothing = 1e-9;

/// At most digits + 5 characters: 0.0123, 1.2e-4; millimetres beyond the digits as they are: 124.
std::string brief(double value, int digits) {
  if (std::abs(value) >= 100 && std::abs(value) < 1e5) return fmt::format("{:.0f}", value);
  if (std::abs(value) < kNothing) return "0";
  if (std::abs(value) >= 0.001) return fmt::format("{:.{}g}", value, digits);
  std::string text = fmt::format("{:.{}e}", value, digits - 1);
  if (const auto zero = text.find("e-0"); zero != std::string::npos) text.erase(zero + 2, 1);
  return text;
}

std::string resultText(const Result& result) {
  if (!isGiven(result)) return "-";
  if (const auto* refusal = std::get_if<Refusal>(&result)) return refusal->code;
  const Estimate& estimate = std::get<Estimate>(result);
  return fmt::format("{} ({}..{})", brief(estimate.value, 3), brief(estimate.lower, 2),
                     brief(estimate.upper, 2));
}

void addSearch(const FociSearch& search, std::string& text) {
  text += fmt::format(
      "  {} found by the program, {:.3g} false ones a study\n",
      search.detection.foci.size() == 1 ? "1 focus" : fmt::format("{} foci", search.detection.foci.size()),
      search.falseFociPerStudy);
  if (const auto* limit = std::get_if<DetectionLimit>(&search.limit))
    text +=
        fmt::format("  at a known place, {:.0f} mm deep, {:.2g} MBq would be seen{}\n", limit->depthMm,
                    limit->activityMBq,
                    limit->uptakePercent ? fmt::format(", {:.2g} % of the dose", *limit->uptakePercent) : "");
}

void addRatio(const RatioAnswer& ratio, std::string& text) {
  text += fmt::format("  neck/shoulder ratio of means {:.3g} +- {:.2g}, of sums {:.3g} +- {:.2g}",
                      ratio.ofMeans.ratio, ratio.ofMeans.ratioStandardUncertainty, ratio.ofSums.ratio,
                      ratio.ofSums.ratioStandardUncertainty);
  if (ratio.backgroundCorrected)
    if (const auto* corrected = std::get_if<BackgroundCorrectedRatio>(&*ratio.backgroundCorrected))
      text += fmt::format("\n  ... of means without background {:.3g} +- {:.2g}", corrected->ratio,
                          corrected->ratioStandardUncertainty);
  text += "\n";
}

constexpr const char* kFocusLine = "  {:<3} {:<21} {:<22} {:<24} {}\n";

void addFocus(const FocusAnswer& focus, std::string& text) {
  if (focus.significance)
    text += fmt::format("  {:<3} found at column {:.1f}, row {:.1f} with {:.1f} standard deviations\n",
                        focus.number, focus.column, focus.row, *focus.significance);
  for (const MethodAnswer& answer : focus.methods)
    text += fmt::format(kFocusLine, focus.number, answer.method, resultText(answer.depthMm),
                        resultText(answer.uptakePercent), resultText(answer.activityMBq));
}

/// Of the codes that stand in the columns, once each.
void addReasons(const std::vector<FocusAnswer>& foci, std::string& text) {
  std::set<std::string> told;
  for (const FocusAnswer& focus : foci)
    for (const MethodAnswer& answer : focus.methods)
      for (const Result* result : {&answer.depthMm, &answer.uptakePercent, &answer.activityMBq})
        if (const auto* refusal = std::get_if<Refusal>(result);
            refusal && isGiven(*result) && told.insert(refusal->code).second)
          text += fmt::format("  {}: {}\n", refusal->code, refusal->sentence);
}

void addStudy(const StudyAnswer& study, std::string& text) {
  text += fmt::format("study {}\n", study.studyInstanceUid);
  if (study.refusal) text += fmt::format("  {}: {}\n", study.refusal->code, study.refusal->sentence);
  if (study.ratio) addRatio(*study.ratio, text);
  if (study.search) addSearch(*study.search, text);
  if (!study.foci.empty())
    text += fmt::format(kFocusLine, "", "method", "depth mm", "uptake %", "activity MBq");
  for (const FocusAnswer& focus : study.foci) addFocus(focus, text);
  addReasons(study.foci, text);
  for (const std::string& warning : study.warnings) text += fmt::format("  ! {}\n", warning);
}

void addChange(const StudyChange& change, std::string& text) {
  text += fmt::format("change from {}\n         to {}\n", change.earlierStudyUid, change.laterStudyUid);
  for (const StudyChange::Focus& focus : change.foci)
    text += fmt::format("  {:<8} {:<21} uptake x {}\n", fmt::format("{} -> {}", focus.before, focus.after),
                        focus.method, resultText(focus.uptakeRatio));
  if (!change.onlyBefore.empty())
    text += fmt::format("  only before: {}\n", fmt::join(change.onlyBefore, ", "));
  if (!change.onlyAfter.empty()) text += fmt::format("  only after: {}\n", fmt::join(change.onlyAfter, ", "));
}

/// "-" where there is nothing to say it of.
std::string figure(const Verdict& verdict, std::optional<double> value) {
  return verdict.answered > 0 && value ? fmt::format("{:.3f}", *value) : "-";
}

constexpr const char* kStratumLine = "{:<6} {:<21} {:<7} {:<14} {:>5} {:>5} {:>7} {:>7} {:>6} {:>6} {:>6}\n";

void addStratum(const Stratum& stratum, std::string& text) {
  const Verdict& verdict = stratum.verdict;
  text += fmt::format(kStratumLine, stratum.quantity == Quantity::kDepthMm ? "depth" : "uptake",
                      stratum.method, stratum.medium, stratum.counts, verdict.foci, verdict.answered,
                      figure(verdict, verdict.bias), figure(verdict, verdict.rootMeanSquare),
                      figure(verdict, verdict.errorOverBound), figure(verdict, verdict.coverage),
                      figure(verdict, verdict.widthOverBoundWidth));
}

}  // namespace

std::string tableOf(const Quantification& quantification) {
  std::string text;
  for (const StudyAnswer& study : quantification.studies) addStudy(study, text);
  for (const StudyChange& change : quantification.changes) addChange(change, text);
  return text;
}

std::string tableOf(const CohortJudgement& judgement) {
  std::string text =
      fmt::format("{} studies, {} foci; errors of depth in mm, of uptake relative to the truth\n",
                  judgement.studies, judgement.foci);
  if (judgement.missingStudies > 0)
    text +=
        fmt::format("! {} further studies of the truth are not in the folder\n", judgement.missingStudies);
  text += fmt::format(kStratumLine, "of", "method", "medium", "counts", "foci", "given", "bias", "RMSE",
                      "/bound", "cover", "width");
  for (const Stratum& stratum : strataOf(judgement.judged)) addStratum(stratum, text);
  return text;
}

}  // namespace remnant::quantify

#include "remnant/quantify/judgement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <tuple>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

/// What an error, a width or a bound is divided by.
double scaleOf(const Judged& judged) {
  return judged.quantity == Quantity::kDepthMm ? 1 : judged.truth;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

/// The answered foci of a verdict, scaled.
struct Answers {
  std::vector<double> errors, widths, squaredBounds, widthRatios;
  double squaresInUnit = 0, squaredBoundsInUnit = 0;
  std::size_t covered = 0;

  void add(const Judged& judged) {
    const double scale = scaleOf(judged);
    const Estimate& estimate = *judged.estimate;
    const double width = estimate.upper - estimate.lower;
    errors.push_back((estimate.value - judged.truth) / scale);
    widths.push_back(width / scale);
    covered += estimate.lower <= judged.truth && judged.truth <= estimate.upper ? 1 : 0;
    if (!judged.bound) return;
    squaredBounds.push_back(std::pow(*judged.bound / scale, 2));
    widthRatios.push_back(width / (3.92 * *judged.bound));
    squaresInUnit += std::pow(estimate.value - judged.truth, 2);
    squaredBoundsInUnit += std::pow(*judged.bound, 2);
  }
};

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

void fill(const Answers& answers, Verdict& verdict) {
  const auto count = static_cast<double>(answers.errors.size());
  verdict.bias = mean(answers.errors);
  double squares = 0;
  for (const double error : answers.errors) squares += error * error;
  verdict.rootMeanSquare = std::sqrt(squares / count);
  if (count > 1)
    verdict.standardDeviation =
        std::sqrt(std::max(0.0, squares - count * verdict.bias * verdict.bias) / (count - 1));
  verdict.lowerLimitOfAgreement = verdict.bias - 1.96 * verdict.standardDeviation;
  verdict.upperLimitOfAgreement = verdict.bias + 1.96 * verdict.standardDeviation;
  verdict.coverage = static_cast<double>(answers.covered) / count;
  verdict.medianWidth = median(answers.widths);
  if (answers.squaredBounds.size() != answers.errors.size()) return;
  verdict.rootMeanBound = std::sqrt(mean(answers.squaredBounds));
  verdict.errorOverBound = verdict.rootMeanSquare / *verdict.rootMeanBound;
  verdict.errorOverBoundInUnit = std::sqrt(answers.squaresInUnit / answers.squaredBoundsInUnit);
  verdict.widthOverBoundWidth = median(answers.widthRatios);
}

struct CountClass {
  const char* name;
  std::function<bool(const Judged&)> holds;
};

const std::array<CountClass, 6>& countClasses() {
  const auto between = [](double least, double below) {
    return [least, below](const Judged& judged) {
      return judged.anteriorCounts >= least && judged.anteriorCounts < below;
    };
  };
  static const std::array<CountClass, 6> classes{{
      {"all", between(0, HUGE_VAL)},
      {"< 1e2", between(0, 1e2)},
      {"1e2-1e3", between(1e2, 1e3)},
      {"1e3-1e4", between(1e3, 1e4)},
      {">= 1e4", between(1e4, HUGE_VAL)},
      {">= 1e4 isolated",
       [](const Judged& judged) { return judged.anteriorCounts >= 1e4 && judged.isolated; }},
  }};
  return classes;
}

}  // namespace

std::string_view quantityName(Quantity quantity) {
  return quantity == Quantity::kDepthMm ? "depthMm" : "uptakePercent";
}

Verdict verdictOf(const std::vector<Judged>& judged) {
  if (judged.empty()) throw ProgramError("no focus to judge");
  Verdict verdict;
  verdict.foci = judged.size();
  Answers answers;
  std::map<std::string, std::size_t> refusals;
  for (const Judged& focus : judged) {
    if (focus.estimate)
      answers.add(focus);
    else
      ++refusals[focus.refusal];
  }
  verdict.answered = answers.errors.size();
  verdict.refusals.assign(refusals.begin(), refusals.end());
  if (verdict.answered > 0) fill(answers, verdict);
  return verdict;
}

std::vector<Stratum> strataOf(const std::vector<Judged>& judged) {
  std::map<std::tuple<Quantity, std::string, std::string>, std::vector<Judged>> groups;
  for (const Judged& focus : judged) groups[{focus.quantity, focus.method, focus.medium}].push_back(focus);
  std::vector<Stratum> strata;
  for (const auto& [key, group] : groups)
    for (const CountClass& countClass : countClasses()) {
      std::vector<Judged> members;
      std::copy_if(group.begin(), group.end(), std::back_inserter(members), countClass.holds);
      if (members.empty()) continue;
      strata.push_back(
          {std::get<0>(key), std::get<1>(key), std::get<2>(key), countClass.name, verdictOf(members)});
    }
  return strata;
}

}  // namespace remnant::quantify

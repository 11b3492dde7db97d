#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "remnant/quantify/estimate.h"

/// Estimates against the truth of a simulated cohort: how far off, how honest the intervals, how near to the
/// bound.
namespace remnant::quantify {

enum class Quantity { kDepthMm, kUptakePercent };
std::string_view quantityName(Quantity quantity);  ///< "depthMm", "uptakePercent"

/// One estimate, or one refusal, of one focus.
struct Judged {
  std::string studyInstanceUid;  ///< empty where it does not matter, as the focus's number 0
  int focus = 0;
  Quantity quantity = Quantity::kDepthMm;
  std::string method;         ///< "joint", "ratio", ...
  std::string medium;         ///< "map", "ellipse": what the attenuation came from
  double anteriorCounts = 0;  ///< expected counts of the focus in the anterior photopeak picture
  bool isolated = true;       ///< no other focus within two widths (FWHM) of the response
  double truth = 0;
  /// Root of the Cramer-Rao bound with the nuisance priors, in the quantity's unit; nullopt where none was
  /// computed.
  std::optional<double> bound;
  std::optional<Estimate> estimate;
  std::string refusal;  ///< code, where there is no estimate
};

/// Errors are estimate - truth in millimetres for depth, and relative to the truth for uptake.
struct Verdict {
  std::size_t foci = 0;  ///< asked
  std::size_t answered = 0;
  double bias = 0;
  double standardDeviation = 0;
  double lowerLimitOfAgreement = 0, upperLimitOfAgreement = 0;  ///< bias -+ 1.96 standard deviations
  double rootMeanSquare = 0;
  double coverage = 0;                   ///< share of the answered whose interval holds the truth
  double medianWidth = 0;                ///< of the 95 % intervals
  std::optional<double> rootMeanBound;   ///< root of the mean squared bound
  std::optional<double> errorOverBound;  ///< rootMeanSquare / rootMeanBound
  /// The same of errors and bounds in the quantity's unit: where uptake is of the dose, not of the truth, its
  /// brightest foci weigh most and not its faintest.
  std::optional<double> errorOverBoundInUnit;
  std::optional<double> widthOverBoundWidth;                  ///< median over foci of width / (3.92 bound)
  std::vector<std::pair<std::string, std::size_t>> refusals;  ///< by code
};

/// Foci that share quantity, method, medium and a decade of counts.
struct Stratum {
  Quantity quantity = Quantity::kDepthMm;
  std::string method, medium;
  std::string counts;  ///< "all", "< 1e2", "1e2-1e3", "1e3-1e4", ">= 1e4", ">= 1e4 isolated"
  Verdict verdict;
};

/// Throws ProgramError where `judged` is empty.
Verdict verdictOf(const std::vector<Judged>& judged);
/// Every combination that occurs, each with its strata of counts, in a fixed order.
std::vector<Stratum> strataOf(const std::vector<Judged>& judged);

}  // namespace remnant::quantify

#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What every quantity is given back as.
namespace remnant::quantify {

/// A value with its standard uncertainty, split; `lower` and `upper` bound the 95 % interval, which need not
/// be symmetric.
struct Estimate {
  double value = 0;
  /// Standard uncertainty from counting; of a joint fit with what the counts leave open of the background,
  /// and the chance of a mistaken mark.
  double statistical = 0;
  double systematic = 0;  ///< standard uncertainty from gains, thickness, attenuation, calibration
  double lower = 0;
  double upper = 0;
  std::string method;               ///< "anterior-posterior ratio", "joint maximum likelihood", ...
  std::vector<std::string> inputs;  ///< what went in: "attenuation map", "population prior of neck thickness"
  double standardUncertainty() const;  ///< root of the sum of squares
};

/// Why a quantity is not given.
struct Refusal {
  std::string code;      ///< single-view, pinhole, unopposed-views, no-thickness, saturated-pixels, ...
  std::string sentence;  ///< for a person
  /// Where the quantity is too little to be given: what it is at most, the end of its 95 % interval, in its
  /// unit.
  std::optional<double> upperLimit{};
};

/// Of an uptake: "no-dose", where the dose or a time is not told.
Refusal noDose();

using Result = std::variant<Estimate, Refusal>;

/// All of it but method and inputs, times a factor.
Estimate scaled(Estimate estimate, double factor);
/// Per cent of the dose, by percents per MBq; refuses "no-dose" where these are 0.
Result uptakeOf(const Estimate& activityMBq, double percentPerMBq);

}  // namespace remnant::quantify

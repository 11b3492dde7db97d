#include "remnant/quantify/change.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

double squared(double value) {
  return value * value;
}

Estimate logarithmOf(const Estimate& estimate) {
  const auto log = [](double value) {
    return value > 0 ? std::log(value) : -std::numeric_limits<double>::infinity();
  };
  return {std::log(estimate.value),
          estimate.statistical / estimate.value,
          estimate.systematic / estimate.value,
          log(estimate.lower),
          log(estimate.upper),
          estimate.method,
          estimate.inputs};
}

/// Square of the distance from the value to a bound, the common part taken out but never more than the
/// systematic uncertainty put in.
double ownSquare(double distance, const Estimate& estimate, double common) {
  const double total = squared(estimate.statistical) + squared(estimate.systematic);
  if (!(total > 0)) return squared(distance);
  return squared(distance) * (1 - squared(common) / total);
}

Estimate difference(const Estimate& after, const Estimate& before, double stated) {
  const double common = std::min({stated, after.systematic, before.systematic});
  Estimate change;
  change.value = after.value - before.value;
  change.statistical = std::hypot(after.statistical, before.statistical);
  change.systematic = std::sqrt(squared(after.systematic) + squared(before.systematic) - 2 * squared(common));
  change.lower = change.value - std::sqrt(ownSquare(after.value - after.lower, after, common) +
                                          ownSquare(before.upper - before.value, before, common));
  change.upper = change.value + std::sqrt(ownSquare(after.upper - after.value, after, common) +
                                          ownSquare(before.value - before.lower, before, common));
  change.method = after.method == before.method ? after.method : after.method + " after " + before.method;
  change.inputs = after.inputs;
  for (const std::string& input : before.inputs)
    if (std::find(change.inputs.begin(), change.inputs.end(), input) == change.inputs.end())
      change.inputs.push_back(input);
  return change;
}

}  // namespace

Estimate ratioOf(const Estimate& after, const Estimate& before, double commonRelative) {
  if (!(after.value > 0 && before.value > 0 && commonRelative >= 0))
    throw ProgramError("the ratio of two studies needs quantities above 0");
  Estimate change = difference(logarithmOf(after), logarithmOf(before), commonRelative);
  change.value = after.value / before.value;
  change.statistical *= change.value;
  change.systematic *= change.value;
  change.lower = std::exp(change.lower);
  change.upper = std::exp(change.upper);
  return change;
}

Estimate differenceOf(const Estimate& after, const Estimate& before, double common) {
  if (!(common >= 0)) throw ProgramError("an uncertainty in common is negative");
  return difference(after, before, common);
}

}  // namespace remnant::quantify

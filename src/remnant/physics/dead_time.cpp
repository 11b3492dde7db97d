#include "remnant/physics/dead_time.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "remnant/base/error.h"

namespace remnant::physics {
namespace {

/// Relative; of the root, and of rates that rounding lifts above the maximum.
constexpr double kTolerance = 1e-12;

/// The root x <= 1 of x exp(-x) = y by bisection; near the maximum Newton's steps would leave the branch.
double lowerBranch(double y) {
  double least = 0, most = 1;
  while (most - least > kTolerance * most) {
    const double middle = (least + most) / 2;
    if (middle == least || middle == most) break;
    (middle * std::exp(-middle) < y ? least : most) = middle;
  }
  return (least + most) / 2;
}

}  // namespace

double observedRate(double trueRate, double deadTimeSeconds) {
  return trueRate * std::exp(-trueRate * deadTimeSeconds);
}

double trueRate(double observedRate, double deadTimeSeconds) {
  if (observedRate <= 0 || deadTimeSeconds <= 0) return observedRate;
  const double share = observedRate * deadTimeSeconds;
  if (share <= 1 / std::numbers::e * (1 + kTolerance)) return lowerBranch(share) / deadTimeSeconds;
  throw InputError(
      "dead-time-saturated",
      fmt::format("{:.6g} counts a second are more than a dead time of {:.3g} s lets through, {:.6g}",
                  observedRate, deadTimeSeconds, 1 / (std::numbers::e * deadTimeSeconds)));
}

}  // namespace remnant::physics

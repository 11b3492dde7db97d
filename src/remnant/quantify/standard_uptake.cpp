#include "remnant/quantify/standard_uptake.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

constexpr double kDeviateSquared = 3.841458820694124;
constexpr double kDeviate = 1.959964;

Corrected rateOf(const Counting& counting) {
  if (counting.seconds == 0) return {};
  if (!(counting.seconds > 0 && counting.counts >= 0))
    throw InputError("bad-standard", "a standard was counted for no time or has negative counts");
  return {counting.counts / counting.seconds, counting.counts / (counting.seconds * counting.seconds)};
}

/// Bounds of n / m for uncorrelated Gaussian n and m. Source: Fieller 1954.
struct Bounds {
  double lower, upper;
};
Bounds fieller(const Corrected& n, const Corrected& m) {
  const double a = m.value * m.value - kDeviateSquared * m.variance, b = n.value * m.value,
               c = n.value * n.value - kDeviateSquared * n.variance;
  // A denominator that may be 0 bounds nothing from above.
  if (!(a > 0)) return {0, std::numeric_limits<double>::infinity()};
  const double root = std::sqrt(std::max(0.0, b * b - a * c));
  return {std::max(0.0, (b - root) / a), (b + root) / a};
}

}  // namespace

Corrected standardRate(const StandardCountings& standard, const physics::Nuclide& nuclide) {
  const Corrected full = rateOf(standard.full), empty = rateOf(standard.empty),
                  background = rateOf(standard.background);
  if (standard.full.seconds == 0) throw InputError("bad-standard", "the standard was not counted");
  const double early = physics::decayFactor(nuclide, standard.fullHoursBefore);
  const double late =
      standard.empty.seconds > 0 ? physics::decayFactor(nuclide, standard.emptyHoursBefore) : 0;
  Corrected rate;
  rate.value = early * (full.value - background.value) - late * (empty.value - background.value);
  rate.variance = early * early * full.variance + late * late * empty.variance +
                  (early - late) * (early - late) * background.variance;
  if (!(rate.value > 0))
    throw InputError("bad-standard", "nothing is left of the standard without its background");
  return rate;
}

Estimate sensitivityFromStandard(const Corrected& rate, double activityMBq, double relativeSigma) {
  if (!(activityMBq > 0)) throw InputError("bad-standard", "the activity of the standard is not above 0 MBq");
  Estimate sensitivity;
  sensitivity.value = rate.value / activityMBq;
  sensitivity.statistical = std::sqrt(rate.variance) / activityMBq;
  sensitivity.systematic = relativeSigma * sensitivity.value;
  const double reach = kDeviate * sensitivity.standardUncertainty();
  sensitivity.lower = std::max(0.0, sensitivity.value - reach);
  sensitivity.upper = sensitivity.value + reach;
  sensitivity.method = "standard";
  sensitivity.inputs = {"activity of the standard"};
  return sensitivity;
}

Estimate uptakeFromStandard(const Corrected& neckRate, const Corrected& rate, const physics::Nuclide& nuclide,
                            double hoursAfter, double transmission, double transmissionRelativeSigma) {
  if (!(rate.value > 0 && transmission > 0))
    throw ProgramError("an uptake was asked for without a standard or without transmission");
  const double factor = 100 / (physics::decayFactor(nuclide, hoursAfter) * transmission);
  Corrected denominator = rate;
  const double error = rate.value * transmissionRelativeSigma;
  denominator.variance += error * error;
  const Bounds bounds = fieller(neckRate, denominator);
  Estimate uptake;
  const double ratio = neckRate.value / rate.value;
  uptake.value = std::max(0.0, factor * ratio);
  uptake.statistical = factor / rate.value * std::sqrt(neckRate.variance + ratio * ratio * rate.variance);
  uptake.systematic = uptake.value * transmissionRelativeSigma;
  uptake.lower = factor * bounds.lower;
  uptake.upper = factor * bounds.upper;
  uptake.method = "standard";
  uptake.inputs = {"counts of the standard"};
  return uptake;
}

}  // namespace remnant::quantify

#include "remnant/quantify/conjugate_view.h"

#include <array>
#include <cmath>
#include <string>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

struct EffectiveAttenuation {
  const char* nuclide;
  std::array<double, 4> perMm;  ///< at 100, 120, 140 and 160 mm
};

/// The middles of the ranges of physics.md 6.3, by its Monte Carlo; of I-123 one value is known.
constexpr std::array<EffectiveAttenuation, 3> kEffective{{
    {"Tc-99m", {0.011065, 0.01125, 0.011425, 0.011585}},
    {"I-123", {0.0110, 0.0110, 0.0110, 0.0110}},
    {"I-131", {0.00897, 0.00900, 0.00903, 0.00907}},
}};

double logRatio(const OpposedCounts& counts) {
  if (!(counts.anterior > 0 && counts.posterior > 0))
    throw ProgramError("the ratio of opposed views was asked for without counts in both");
  return std::log(counts.anterior / counts.posterior);
}

}  // namespace

double sourceSelfFactor(double attenuationPerMm, double sourceMm) {
  const double x = attenuationPerMm * sourceMm / 2;
  return x < 1e-6 ? 1 - x * x / 6 : x / std::sinh(x);
}

double effectiveAttenuationPerMm(const physics::Nuclide& nuclide, double thicknessMm) {
  for (const EffectiveAttenuation& row : kEffective) {
    if (nuclide.name != row.nuclide) continue;
    const double place = std::fmin(std::fmax((thicknessMm - 100) / 20, 0), 3);
    const auto below = static_cast<std::size_t>(std::fmin(place, 2));
    return row.perMm[below] +
           (place - static_cast<double>(below)) * (row.perMm[below + 1] - row.perMm[below]);
  }
  throw InputError("unknown-nuclide", "no effective attenuation is known for " + nuclide.name);
}

double depthByEffectiveAttenuation(const OpposedCounts& counts, double attenuationPerMm, double thicknessMm) {
  return (thicknessMm - logRatio(counts) / attenuationPerMm) / 2;
}

double activityByGeometricMean(const OpposedCounts& counts, double attenuationPerMm, double thicknessMm,
                               double sensitivity, double selfFactor) {
  return std::sqrt(counts.anterior * counts.posterior) * std::exp(attenuationPerMm * thicknessMm / 2) *
         selfFactor / sensitivity;
}

double depthByBroadBeam(const OpposedCounts& counts, const physics::BroadBeam& beam, double thicknessMm) {
  const double wanted = logRatio(counts);
  double shallow = 0, deep = thicknessMm;
  // Halving sixty times leaves less than a double resolves.
  for (int step = 0; step < 60; ++step) {
    const double middle = (shallow + deep) / 2;
    const double ratio = std::log(beam.transmission(middle) / beam.transmission(thicknessMm - middle));
    (ratio > wanted ? shallow : deep) = middle;
  }
  return (shallow + deep) / 2;
}

double activityByBroadBeam(double anterior, const physics::BroadBeam& beam, double depthMm,
                           double sensitivity) {
  return anterior / (sensitivity * beam.transmission(depthMm));
}

}  // namespace remnant::quantify

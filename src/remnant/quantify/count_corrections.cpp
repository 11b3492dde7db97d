#include "remnant/quantify/count_corrections.h"

#include <cmath>

#include "remnant/base/error.h"
#include "remnant/physics/dead_time.h"

namespace remnant::quantify {

double displacedTissueFactor(double attenuationPerMm, double depthMm, double sourceMm, double thicknessMm) {
  if (!(sourceMm >= 0 && sourceMm / 2 <= depthMm && depthMm + sourceMm / 2 <= thicknessMm))
    throw ProgramError("a source that displaces tissue must lie within the neck");
  if (attenuationPerMm == 0) return 1 - sourceMm / thicknessMm;
  const double front = std::exp(-attenuationPerMm * (depthMm - sourceMm / 2));
  return 1 - front * std::expm1(-attenuationPerMm * sourceMm) / std::expm1(-attenuationPerMm * thicknessMm);
}

Corrected backgroundCorrected(std::int64_t region, std::int64_t background, double areaRatio, double factor) {
  const double scale = factor * areaRatio;
  const auto inside = static_cast<double>(region), outside = static_cast<double>(background);
  return {inside - scale * outside, inside + scale * scale * outside};
}

Corrected tripleEnergyWindowScatter(std::int64_t lower, double lowerKeV, std::int64_t upper, double upperKeV,
                                    double photopeakKeV) {
  const double below = photopeakKeV / 2 / lowerKeV;
  const double above = upperKeV > 0 ? photopeakKeV / 2 / upperKeV : 0;
  const auto lowerCounts = static_cast<double>(lower), upperCounts = static_cast<double>(upper);
  return {below * lowerCounts + above * upperCounts,
          below * below * lowerCounts + above * above * upperCounts};
}

Corrected tripleEnergyWindowCorrected(std::int64_t photopeak, const Corrected& scatter) {
  const auto counts = static_cast<double>(photopeak);
  return {counts - scatter.value, counts + scatter.variance};
}

double decayDuringFactor(const physics::Nuclide& nuclide, double acquisitionHours) {
  return 1 / physics::meanDecayDuring(nuclide, acquisitionHours);
}

double deadTimeFactor(double windowRate, double fullSpectrumFraction, double deadTimeSeconds) {
  const double observed = windowRate / fullSpectrumFraction;
  return observed > 0 ? physics::trueRate(observed, deadTimeSeconds) / observed : 1;
}

double discRecovery(double radiusMm, double sigmaMm) {
  return -std::expm1(-radiusMm * radiusMm / (2 * sigmaMm * sigmaMm));
}

}  // namespace remnant::quantify

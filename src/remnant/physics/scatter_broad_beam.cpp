#include <cmath>

#include "remnant/base/error.h"
#include "remnant/physics/attenuation.h"
#include "remnant/physics/scatter.h"

namespace remnant::physics {

BroadBeam BroadBeam::of(const Nuclide& nuclide) {
  const double attenuation = physics::attenuationPerMm(Material::kWater, nuclide.photopeakKeV);
  if (nuclide.name == "Tc-99m") return {attenuation, 0.006485, -8.93e-6};
  if (nuclide.name == "I-123") return {attenuation, 0.005650, -6.62e-6};
  if (nuclide.name == "I-131") return {attenuation, 0.002339, -0.70e-6};
  throw InputError("unknown-nuclide", "no broad-beam transmission is known for '" + nuclide.name + "'");
}

double BroadBeam::transmission(double depthMm) const {
  return std::exp(-attenuationPerMm * depthMm) * (1 + scatterToPrimary(depthMm));
}

double BroadBeam::slope(double depthMm) const {
  return attenuationPerMm - (linearPerMm + 2 * quadraticPerMm2 * depthMm) / (1 + scatterToPrimary(depthMm));
}

}  // namespace remnant::physics

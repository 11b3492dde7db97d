#include "remnant/scintigraphy/hounsfield.h"

#include <algorithm>

#include "remnant/physics/attenuation.h"

namespace remnant::scintigraphy {

using physics::Material;

HounsfieldScale::HounsfieldScale(double keV, const HounsfieldConfig& config)
    : waterPerMm_(physics::attenuationPerMm(Material::kWater, keV)) {
  const double waterInBeam = physics::attenuationPerMm(Material::kWater, config.effectiveKeV);
  const double boneInBeam = physics::attenuationPerMm(Material::kBone, config.effectiveKeV);
  const double bone = physics::attenuationPerMm(Material::kBone, keV);
  boneSlopePerMm_ = waterInBeam * (bone - waterPerMm_) / (boneInBeam - waterInBeam);
}

double HounsfieldScale::attenuationPerMm(double hounsfield) const {
  const double slope = hounsfield <= 0 ? waterPerMm_ : boneSlopePerMm_;
  return std::max(0.0, waterPerMm_ + hounsfield / 1000 * slope);
}

double HounsfieldScale::hounsfield(double attenuationPerMm) const {
  const double excess = attenuationPerMm - waterPerMm_;
  return 1000 * excess / (excess <= 0 ? waterPerMm_ : boneSlopePerMm_);
}

}  // namespace remnant::scintigraphy

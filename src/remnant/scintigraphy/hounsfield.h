#pragma once

/// What a CT number says about the attenuation of another photon energy.
namespace remnant::scintigraphy {

struct HounsfieldConfig {
  /// Mean photon energy of the CT's beam in the patient, at which its numbers are scaled.
  double effectiveKeV = 70;
};

/// Two slopes that meet at water: from air to water (at and below 0 HU) tissue is taken as water of less
/// density, above it as a mixture of water and cortical bone, by which
///   mu(keV) = muWater(keV) + (HU / 1000) muWater(E) (muBone(keV) - muWater(keV)) / (muBone(E) - muWater(E))
/// with E the effective energy. Never below 0. Per millimetre, narrow beam.
/// Source: Brown et al. 2008 (Med. Phys. 35:1959), the bilinear form.
class HounsfieldScale {
 public:
  explicit HounsfieldScale(double keV, const HounsfieldConfig& config = {});
  double attenuationPerMm(double hounsfield) const;
  /// Its inverse.
  double hounsfield(double attenuationPerMm) const;

 private:
  double waterPerMm_;
  double boneSlopePerMm_;  ///< attenuation for each 1000 HU above water
};

}  // namespace remnant::scintigraphy

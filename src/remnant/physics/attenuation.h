#pragma once

#include <string_view>

/// How matter attenuates photons of 15 to 1000 keV. Values: NIST XCOM, interpolated in log-log.
namespace remnant::physics {

enum class Material { kAir, kLung, kWater, kSoftTissue, kPmma, kBone, kSodiumIodide, kLead };
std::string_view materialName(Material material);

/// Narrow-beam linear attenuation, coherent scattering included, per millimetre. Throws ProgramError outside
/// 15 to 1000 keV.
double attenuationPerMm(Material material, double keV);
/// The same without coherent scattering.
double attenuationWithoutCoherentPerMm(Material material, double keV);
/// Electrons per volume over those of water.
double relativeElectronDensity(Material material);

}  // namespace remnant::physics

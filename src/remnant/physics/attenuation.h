#pragma once

#include <string_view>

/// How matter attenuates photons of 15 to 1000 keV. Values: NIST XCOM, mixed by mass from
/// the elements and interpolated in log-log.
namespace remnant::physics {

/// Lung: tissue of 0.26 g/cm^3. Bone: cortical, of 1.5 g/cm^3 as in a spine.
enum class Material { kAir, kLung, kWater, kSoftTissue, kPmma, kBone, kSodiumIodide, kLead };
std::string_view materialName(Material material);

/// Narrow-beam linear attenuation, coherent scattering included, per millimetre. Throws ProgramError outside
/// 15 to 1000 keV.
double attenuationPerMm(Material material, double keV);
/// The same without coherent scattering.
double attenuationWithoutCoherentPerMm(Material material, double keV);
/// Photoelectric absorption alone.
double photoelectricPerMm(Material material, double keV);
/// Electrons per volume over those of water.
double relativeElectronDensity(Material material);

}  // namespace remnant::physics

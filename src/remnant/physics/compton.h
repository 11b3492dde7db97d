#pragma once

/// Scattering of a photon by an electron, free or bound in water.
namespace remnant::physics {

constexpr double kElectronRestKeV = 510.99895;
/// Electrons in a cubic millimetre of water.
constexpr double kElectronsPerMm3OfWater = 3.3428e20;

/// Energy after scattering by the angle whose cosine is given. Source: Compton 1923.
double scatteredKeV(double keV, double cosine);
/// Klein-Nishina cross-section per steradian and electron, mm^2. Source: Klein and Nishina 1929.
double kleinNishinaMm2(double keV, double cosine);
/// ... integrated over all angles.
double kleinNishinaTotalMm2(double keV);
/// Momentum transfer x = sin(theta/2) / wavelength, per angstrom.
double momentumTransfer(double keV, double cosine);
/// Incoherent scattering function of water per electron, 0..1: 1 - 1 / (1 + (x / 0.33)^1.45).
double incoherentFunction(double momentumTransferPerAngstrom);
/// Squared form factor of water per electron for coherent scattering (approximation of Hubbell's O and H2).
double coherentFormFactorSquared(double momentumTransferPerAngstrom);

}  // namespace remnant::physics

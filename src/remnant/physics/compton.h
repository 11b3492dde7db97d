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
/// Squared form factor of water for coherent scattering, per electron: (F_O^2 + 2 F_H^2) / 10, 6.6 at x = 0.
/// The cross-section per steradian and electron is r_e^2 / 2 (1 + cos^2) times this. Source: the exact
/// hydrogen atom; oxygen of Slater orbitals with the exponents of Clementi and Raimondi 1963.
double coherentFormFactorSquared(double momentumTransferPerAngstrom);

}  // namespace remnant::physics

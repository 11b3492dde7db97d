#pragma once

#include "remnant/physics/nuclide.h"

/// A sodium iodide crystal with its photomultipliers.
namespace remnant::physics {

struct Detector {
  double crystalMm = 9.5;
  double intrinsicFwhmMm = 3.8;  ///< at 140 keV
  /// Least intrinsic width at high energy: parallax in the crystal and Compton scattering there.
  double leastIntrinsicFwhmMm = 3.2;
  /// Energy resolution: FWHM = offset + slope sqrt(E + curvature E^2), keV. Source: fit of Morphis 2021 as
  /// used with SIMIND; 14.7 keV at 140.5, 31.7 keV at 364.5.
  double widthOffsetKeV = -0.534;
  double widthSlope = 0.946;
  double widthCurvaturePerKeV = 0.006;

  double energyFwhmKeV(double keV) const;
  /// Ri(E) = Ri,140 sqrt(140 / E), not below the least.
  double intrinsicFwhmMmAt(double keV) const;
  /// Share of full-energy pulses of a photon that falls into the window, 0..1.
  double windowFraction(const Window& window, double keV) const;
  /// Counts in a 20 % window on the photopeak for each photon that reaches the crystal: 0.862 at 140.5 keV,
  /// 0.21 at 364.5 keV for 9.5 mm; log-log between the tabulated energies, constant below 113 keV. Other
  /// thicknesses: scaled by the share of photons that interact.
  double photopeakEfficiency(double keV) const;
};

}  // namespace remnant::physics

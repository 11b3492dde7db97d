#pragma once

#include <cstdint>

#include "remnant/physics/nuclide.h"

/// What is taken from counts, or given back to them, before they mean activity. Lengths in mm, attenuation
/// per mm.
namespace remnant::quantify {

/// A number made from counts, with the variance that Poisson counting gives it. May be negative; no longer
/// counts.
struct Corrected {
  double value = 0;
  double variance = 0;
};

/// Share of the background beside a focus that lies over and under it, where the focus takes the place of
/// `sourceMm` of the tissue at `depthMm` (its centre) of a neck `thicknessMm` thick with uniform background:
///   F = 1 - e^{-mu (d - t/2)} (1 - e^{-mu t}) / (1 - e^{-mu T})
/// For the view from behind give T - d as the depth. Source: Thomas 1976; physics.md 6.1. Throws ProgramError
/// unless 0 <= t/2 <= d <= T - t/2.
double displacedTissueFactor(double attenuationPerMm, double depthMm, double sourceMm, double thicknessMm);

/// region - factor * areaRatio * background; areaRatio: area of the region over that of the background's.
Corrected backgroundCorrected(std::int64_t region, std::int64_t background, double areaRatio,
                              double factor = 1);

/// Scatter under the photopeak from two narrow windows beside it, as a trapezium:
///   S = (Wpk / 2) (CL / WL + CU / WU).  Source: Ogawa 1991, IEEE Trans. Med. Imaging 10:408.
/// An upper window of zero width counts as empty (two windows, "DEW" with k = 1/2).
Corrected tripleEnergyWindowScatter(std::int64_t lower, double lowerKeV, std::int64_t upper, double upperKeV,
                                    double photopeakKeV);
/// The photopeak's counts without it.
Corrected tripleEnergyWindowCorrected(std::int64_t photopeak, const Corrected& scatter);

/// Counts as if the activity had stayed as at the start of the acquisition: factor lambda t / (1 - e^{-lambda
/// t}).
double decayDuringFactor(const physics::Nuclide& nuclide, double acquisitionHours);

/// Factor on a window's counts for what was lost: true over observed rate of the whole spectrum.
///   windowRate: counts a second of the whole head in the window; fullSpectrumFraction: window over spectrum.
/// Throws InputError "dead-time-saturated".
double deadTimeFactor(double windowRate, double fullSpectrumFraction, double deadTimeSeconds);

/// 1 - e^{-r^2 / 2 sigma^2}: share of a Gaussian image of a point within a disc about it.
double discRecovery(double radiusMm, double sigmaMm);

}  // namespace remnant::quantify

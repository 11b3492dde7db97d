#pragma once

#include "remnant/physics/scatter.h"

/// Depth and activity of a source from two opposed views, in closed form. Lengths in mm along the line of
/// sight, depth below the anterior skin.
///
/// Counts are net ones: background taken off, the loss of the regions given back, the posterior head's gain
/// and table taken out. Source: Thomas 1976, Fleming 1979, MIRD 16; physics.md 6.1 to 6.3.
namespace remnant::quantify {

struct OpposedCounts {
  double anterior = 0;   ///< > 0
  double posterior = 0;  ///< > 0
};

/// (x / sinh x), x = mu t / 2: of a source t thick, over its activity as a point; 1 for a thin source.
double sourceSelfFactor(double attenuationPerMm, double sourceMm);

/// Attenuation that makes the closed form of depth right for necks of this thickness, scatter included (mu
/// ratio, 6.3). For Tc-99m 0.01125, I-123 0.0110, I-131 0.0090 per mm at 12 cm. Throws InputError
/// "unknown-nuclide".
double effectiveAttenuationPerMm(const physics::Nuclide& nuclide, double thicknessMm);

/// d = (T - ln(nA / nP) / mu) / 2. Not clipped to the neck.
double depthByEffectiveAttenuation(const OpposedCounts& counts, double attenuationPerMm, double thicknessMm);
/// a = sqrt(nA nP) e^{mu T / 2} f / s; sensitivity s in counts a MBq for a source in air.
double activityByGeometricMean(const OpposedCounts& counts, double attenuationPerMm, double thicknessMm,
                               double sensitivity, double selfFactor = 1);

/// The depth at which ln T_w(d) - ln T_w(T - d) = ln(nA / nP), by bisection to the last digit; 0 or T where
/// the ratio is beyond that of a source in the skin.
double depthByBroadBeam(const OpposedCounts& counts, const physics::BroadBeam& beam, double thicknessMm);
/// nA / (s T_w(d)).
double activityByBroadBeam(double anterior, const physics::BroadBeam& beam, double depthMm,
                           double sensitivity);

}  // namespace remnant::quantify

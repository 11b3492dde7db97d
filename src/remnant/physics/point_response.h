#pragma once

#include <optional>
#include <vector>

#include "remnant/physics/collimator.h"

/// What a camera head records of a point in air in one energy window.
namespace remnant::physics {

/// Photons that went through the septa: an exponential in the radius, with the six rays of the hexagonal
/// lattice.
///   E(r, phi) = exp(-r/lambda) / (2 pi lambda^2) (1 - m + m C6(phi))
/// C6: six wrapped Gaussians of 6 degrees at 60 degrees from one another, mean 1.
struct Tail {
  double fraction = 0;    ///< of the counts of core and tails, before the scale below
  double lengthMm = 0;    ///< lambda at `statedDistanceMm`
  double modulation = 0;  ///< m, 0..1
};

/// Response of a camera head to a nuclide in one window, for a point at distance b before the collimator.
/// Shape: core fraction x Gaussian + tails; its integral over the plane is totalCpsPerMBq().
struct PointResponse {
  Window window;
  double keV = 0;  ///< of the photons that make the core
  Collimator collimator;
  Detector detector;
  /// Counts a second and MBq in the core (photons through the holes, full-energy pulses in the window).
  double coreCpsPerMBq = 0;
  /// Tail.fraction and core count relative to core + tails with scale 1.
  std::vector<Tail> tails;
  double coreFraction = 1;  ///< 1 - sum of the tails' fractions
  double tailScale = 1;     ///< of all tails together, uncertain: 0.8 to 1.6
  double statedDistanceMm = 100;
  double rayAngleDegrees = 0;  ///< phi0: the first ray, from +x towards +z as the head sees it
  double rayWidthDegrees = 6;
  /// Standard deviation of the Gaussian with which pictures show the tails blurred, where it is known.
  std::optional<double> knownTailBlurMm;

  double sigmaMm(double distanceMm) const { return collimator.sigmaMm(detector, keV, distanceMm); }
  double tailCpsPerMBq(std::size_t tail) const {
    return coreCpsPerMBq / coreFraction * tails[tail].fraction * tailScale;
  }
  double totalCpsPerMBq() const;
  /// lambda at a distance: grows as (b + L) / (stated + L).
  double tailLengthMm(std::size_t tail, double distanceMm) const;
  /// knownTailBlurMm, or inferred: which hole of the lattice a photon left is open to one period (hole and
  /// septum), seen from the stated distance in the middle of the holes and carried on to the crystal, as full
  /// width at half maximum; and the crystal's intrinsic resolution besides. 3.5 mm for high-energy
  /// collimators. Inferred [I], since physics.md 4.4 gives the tails without it; the same at every distance,
  /// since the part of the holes hardly depends on it.
  double tailBlurMm() const;
  /// The tail's density at (dx, dz) from the point's image, per mm^2; integral 1. Without tailBlurMm():
  /// pictures are made with TailShape (tail_shape.h).
  double tailDensity(std::size_t tail, double dxMm, double dzMm, double distanceMm) const;
};

}  // namespace remnant::physics

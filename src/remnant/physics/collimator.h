#pragma once

#include <string>

#include "remnant/physics/detector.h"

/// Collimators of lead, in closed form.
namespace remnant::physics {

/// Parallel hexagonal holes in a hexagonal lattice. Resolution at distance b before the face, as full width
/// at half maximum:
///   Leff = L - 2/muLead
///   Rc   = k d (Leff + b + c) / Leff
///   R    = sqrt(Rc^2 + Ri^2)
/// Source: Anger 1964 (J. Nucl. Med. 5:515); k between 0.88 (second moment of the hexagon) and 1.0 (published
/// NEMA values).
struct Collimator {
  std::string name;   ///< "GE HEGP"
  double holeMm = 0;  ///< flat to flat
  double septumMm = 0;
  double lengthMm = 0;        ///< of the holes
  double shapeFactor = 0.95;  ///< k
  double crystalGapMm = 9;    ///< c: from the collimator's back to the mean depth of detection

  /// Throws InputError "no-collimator" where the septa let through so much that nothing of the length is
  /// left.
  double effectiveLengthMm(double keV) const;
  /// Photons that pass the holes for each one emitted: (sqrt3 / 8 pi) (d^2 / (Leff (d + t)))^2, at any
  /// distance.
  double geometricEfficiency(double keV) const;
  /// 10^6 y g eps, counts a second and MBq in a 20 % window on the photopeak.
  double geometricSensitivityCpsPerMBq(const Nuclide& nuclide, const Detector& detector) const;
  double geometricFwhmMm(double keV, double distanceMm) const;
  double fwhmMm(const Detector& detector, double keV, double distanceMm) const;
  /// Standard deviation of the Gaussian with that width.
  double sigmaMm(const Detector& detector, double keV, double distanceMm) const;
};

/// One hole before the crystal. Sensitivity falls with the distance squared, so conjugate views do not apply.
struct Pinhole {
  std::string name;  ///< "GE pinhole 4.43"
  double apertureMm = 4.43;
  double openingDegrees = 130;
  double apertureToDetectorMm = 167.5;

  double effectiveApertureMm(double keV) const;
  /// theta: angle between the ray and the detector's plane, 90 degrees on the axis.
  double geometricEfficiency(double keV, double distanceMm, double thetaDegrees) const;
  double fwhmMm(const Detector& detector, double keV, double distanceMm) const;
};

}  // namespace remnant::physics

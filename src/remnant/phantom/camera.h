#pragma once

#include <cstddef>
#include <string>

#include "remnant/phantom/ellipsoid.h"

/// A gamma camera with two opposed heads behind parallel-hole collimators, for I-131 at 364 keV.
namespace remnant::phantom {

/// A parallel-hole collimator of lead and the crystal behind it.
///
/// Resolution at distance b in front of the collimator face, as full width at half maximum:
///   Leff = L - 2/muLead
///   Rc   = k d (Leff + b + c) / Leff
///   R    = sqrt(Rc^2 + Ri^2)
/// Source: Anger 1964 (J. Nucl. Med. 5:515) for Rc; k between 0.88 (second moment of the hexagon) and 1.0
/// (matches published NEMA values).
struct Collimator {
  double holeMm = 4.0;                   ///< flat to flat
  double lengthMm = 59.7;                ///< of the holes
  double leadAttenuationPerMm = 0.3125;  ///< at 364.5 keV (NIST XCOM)
  double shapeFactor = 0.95;             ///< k, 0.88 to 1.0
  double crystalGapMm = 9.0;             ///< c: from the collimator's back to the mean depth of detection
  double intrinsicFwhmMm = 3.2;          ///< Ri of a 9.5 mm crystal at 364 keV
  /// Counts a second for each MBq in the 328-400 keV window in air, one head, penetration and collimator
  /// scatter included; the same at any distance.
  double sensitivityCpsPerMBq = 43.5;

  double fwhmMm(double distanceMm) const;
  /// Standard deviation of the Gaussian with that width.
  double sigmaMm(double distanceMm) const;
};

enum class Head { kAnterior, kPosterior };

/// How the picture lies over the patient: row 0 nearest the vertex. The anterior view shows the patient's
/// right on the left of the picture; the posterior one, seen from behind, the patient's left.
struct ImageGeometry {
  std::size_t rows = 1024;
  std::size_t columns = 256;
  double pixelMm = 2.3976;
  double topMm = 0;  ///< z of the upper edge of row 0

  /// Patient z of the centre of a row.
  double rowCentreMm(double row) const { return topMm + (row + 0.5) * pixelMm; }
  /// Patient x of the centre of a column of the anterior view; the midline lies between the two middle
  /// columns.
  double columnCentreMm(double column) const {
    return (column + 0.5 - static_cast<double>(columns) / 2) * pixelMm;
  }
  double rowOf(double z) const { return (z - topMm) / pixelMm - 0.5; }
  double columnOf(double x) const { return x / pixelMm + static_cast<double>(columns) / 2 - 0.5; }
};

/// One sweep of both heads along the patient.
struct Sweep {
  double anteriorPlaneMm = -150;  ///< y of the anterior collimator's face
  double posteriorPlaneMm = 200;  ///< y of the posterior collimator's face
  double velocityMmPerSecond = 100.0 / 60;
  double fieldOfViewMm = 387;  ///< of a head along the patient; a point is seen while it passes over it
  double lengthMm = 1950;      ///< from the upper edge of row 0; nothing is recorded beyond

  /// Seconds for which each row inside the sweep is seen.
  double exposureSeconds() const { return fieldOfViewMm / velocityMmPerSecond; }
  double durationSeconds() const { return (lengthMm + fieldOfViewMm) / velocityMmPerSecond; }
};

}  // namespace remnant::phantom

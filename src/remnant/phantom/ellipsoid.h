#pragma once

#include <optional>

#include "remnant/image/volume.h"

/// Shapes of simulated patients, in the patient space of image/volume.h.
namespace remnant::phantom {

using Point = image::Point;

/// The part of a line along y that lies inside a shape: front <= back.
struct Span {
  double front = 0;
  double back = 0;
  double length() const { return back - front; }
};

/// An ellipsoid with its axes along those of the patient.
struct Ellipsoid {
  Point centre;
  Point semiAxes;  ///< lateral, antero-posterior, cranio-caudal; each > 0

  /// Where the line along y through (x, z) runs inside; nullopt where it misses.
  std::optional<Span> spanAt(double x, double z) const;
  double volumeMl() const;
};

/// A ball of the given volume, stretched cranio-caudally by a factor (the lobes' remains are longer than
/// wide).
Ellipsoid ovoid(const Point& centre, double volumeMl, double stretch);

}  // namespace remnant::phantom

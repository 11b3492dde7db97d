#pragma once

#include "remnant/montecarlo/direction.h"
#include "remnant/montecarlo/interaction_table.h"

namespace remnant::montecarlo {

/// What a photon left in the crystal.
struct Pulse {
  double keV = 0;
  double probability = 1;  ///< that it interacted at all; the first interaction is forced
  double x = 0;            ///< centroid of the energy, mm
  double y = 0;
};

/// A slab of sodium iodide without sides: Compton scattering, photoelectric absorption, escape of iodine's K
/// X-rays. Coherent scattering, the housing and light guides behind it are neglected.
class Crystal {
 public:
  /// iodineKEscape: off, every photoelectric absorption deposits all.
  Crystal(double thicknessMm, double highestKeV, bool iodineKEscape = true);

  /// A photon that enters at (x, y) on the front, direction.z > 0 into the crystal.
  Pulse absorb(double keV, double x, double y, Direction direction, RandomStream& stream) const;

 private:
  struct Deposits;
  double pathToExit(double depth, const Direction& direction) const;
  void photoelectric(double keV, const image::Point& place, Deposits& deposits, RandomStream& stream) const;

  double thickness_;
  bool iodineKEscape_;
  InteractionTable sodiumIodide_;
};

}  // namespace remnant::montecarlo

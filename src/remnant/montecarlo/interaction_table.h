#pragma once

#include <vector>

#include "remnant/physics/attenuation.h"

namespace remnant::montecarlo {

/// Attenuation of one material by process, for photons that are followed one by one.
class InteractionTable {
 public:
  struct Rates {
    double attenuationPerMm = 0;
    double photoelectricShare = 0;  ///< of the interactions, 0..1
    double comptonShare = 0;        ///< the rest is coherent
  };

  /// Without coherent scattering where `coherent` is off. 15 keV to `highestKeV`.
  InteractionTable(physics::Material material, double highestKeV, bool coherent);
  /// Linear between half kiloelectronvolts.
  Rates at(double keV) const;

 private:
  std::vector<Rates> rows_;
};

}  // namespace remnant::montecarlo

#pragma once

#include <array>

#include "remnant/montecarlo/direction.h"

namespace remnant::montecarlo {

/// Directions towards a collimator, drawn more densely where holes let photons through: a mixture of cones
/// around +z, each uniform, their half angles in geometric progression. The weight makes it isotropic
/// emission.
class DirectionCones {
 public:
  DirectionCones(double narrowestDegrees, double widestDegrees);
  /// Weighted by the density of isotropic emission over that of the draw: the mean weight is the share of the
  /// sphere within the widest cone.
  struct Draw {
    Direction direction;
    double weight;
  };
  Draw draw(RandomStream& stream) const;

 private:
  static constexpr std::size_t kCones = 6;
  double density(double cosine) const;
  std::array<double, kCones> cosines_{};
};

}  // namespace remnant::montecarlo

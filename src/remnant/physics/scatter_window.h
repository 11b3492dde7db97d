#pragma once

#include "remnant/physics/detector.h"

/// What is known of multiple and coherent scattering in each energy window.
namespace remnant::physics {

/// All scattered photons over those scattered once, coherently never: a parabola in the depth, which goes on
/// as its tangent beyond `untilMm`.
struct MultipleScatter {
  double constant = 1;
  double linearPerMm = 0;
  double quadraticPerMm2 = 0;
  double untilMm = 0;

  double at(double depthMm) const;
};

/// How the profile of all orders differs from that of the first, in a neck of 13 x 12 cm.
struct LateralShape {
  double stretch = 1;    ///< of the radii, by the second and third order
  double reachMm = 100;  ///< rings are damped by exp(-r / reach), since the neck ends
};

struct ScatterWindow {
  MultipleScatter multiple;
  LateralShape shape;
};

/// Throws InputError "unknown-window" naming the nuclide's windows, where none has both edges within a tenth
/// of its width.
ScatterWindow scatterWindowOf(const Nuclide& nuclide, const Window& window);

}  // namespace remnant::physics

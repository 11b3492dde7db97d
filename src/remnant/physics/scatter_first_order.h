#pragma once

#include <span>
#include <vector>

#include "remnant/physics/detector.h"

/// One scattering in water, summed over the scattering angle. The parts that do not depend on the source's
/// depth are computed once, so that the kernels of all depths cost little.
namespace remnant::physics {

/// Photons scattered by an angle and counted in the window, per steradian and millimetre of water: n sigma_KN
/// S W.
double scatteredPerMm(double keV, double cosine, const Window& window, const Detector& detector);

class FirstOrderScatter {
 public:
  /// Photons emitted with keV, counted in a window of a detector. Angles that the window does not accept
  /// (response below 1e-7) are left out; the others are taken at 64 midpoints.
  FirstOrderScatter(double keV, const Window& window, const Detector& detector);

  /// Integral of k1 (scatter.h) over the disc of that radius, in closed form along the emission ray:
  ///   Int 2 pi sin theta n sigma_KN S W e^{-mu' d} (1 - e^{-(mu0 - mu' cos theta) rho}) / (mu0 - mu' cos
  ///   theta) dtheta, rho = min(radius / sin theta, d / cos theta)
  double within(double radiusMm, double depthMm) const;
  /// `within` for several radii at once.
  std::vector<double> withinEach(std::span<const double> radiiMm, double depthMm) const;
  /// The same over the plane. Depth >= 0; behind the source the water has no end.
  double total(double depthMm) const;
  /// The same in the neck of scatter_neck.h.
  double inNeck(double depthMm) const;
  /// Mean energy of the photons counted from that depth.
  double meanKeV(double depthMm) const;

 private:
  struct Angle {
    double sine, cosine;
    double strengthPerMm;  ///< 2 pi sin theta n sigma_KN S W dtheta
    double attenuationPerMm;
    double keV;
  };
  double alongRay(const Angle& angle, double longestMm, double depthMm) const;

  double attenuationPerMm_ = 0;  ///< of the emitted photons
  std::vector<Angle> angles_;
};

}  // namespace remnant::physics

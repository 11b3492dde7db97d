#pragma once

#include <array>
#include <memory>
#include <vector>

#include "remnant/physics/point_response.h"

/// Septal-penetration tails as a picture shows them: those of a PointResponse, blurred. The projector and the
/// estimators take this one function.
namespace remnant::physics {

/// Harmonics of the six rays, cos(6 k phi). The ninth of rays of 6 degrees would have a weight of 2e-7.
inline constexpr std::size_t kTailHarmonics = 8;

/// All tails together at a point, and the derivatives; integral over the plane: the sum of the fractions.
struct TailDensity {
  double value = 0;  ///< a mm^2
  double byU = 0, byZ = 0;
  double byDistance = 0;
  double byVariance = 0;  ///< of what the tails are blurred with, a mm^2
};

/// The tails of a response at one distance, blurred by one Gaussian.
class TailProfile {
 public:
  double density(double dxMm, double dzMm) const;
  TailDensity at(double dxMm, double dzMm) const;

 private:
  friend class TailShape;
  using Harmonics = std::array<double, kTailHarmonics + 1>;
  struct Knot {
    Harmonics value{}, byLogBlur{};
  };
  struct Direction;

  double factor_ = 1, factorByDistance_ = 0, varianceMm2_ = 0, turnCosine_ = 1, turnSine_ = 0;
  double scaleMm_ = 1;
  std::vector<Knot> knots_;
};

/// The family of profiles of a response: at all distances the tails differ by one factor of length, so that
/// in reduced lengths (those at the stated distance) they depend on the blur's standard deviation alone.
///   E blurred = sum over k of b_k(r) cos(6 k (phi - phi0)),
///   b_k(r) = w_k int_0^inf e(s) exp(-(r^2 + s^2) / 2 sigma^2) I_6k(r s / sigma^2) s ds / sigma^2,
/// with e the exponential, w_k the weight of the harmonic in C6 and I Bessel's modified function; beyond 25
/// sigma the first order of its asymptotic series. Tabulated over r and sigma, in between cubic convolution
/// (Keys 1981, IEEE Trans. ASSP 29:1153); zero beyond twelve lengths of the longest tail.
class TailShape {
 public:
  explicit TailShape(const PointResponse& response);

  /// The response's tailBlurMm(), and besides `extraVarianceMm2` along each axis (of a source, of a pixel).
  /// Blurs beyond those tabulated (at 12 mm besides and more) are taken for the nearest.
  TailProfile profile(double distanceMm, double rayAngleDegrees, double extraVarianceMm2 = 0) const;

 private:
  double lengthMm_, statedDistanceMm_, blurMm_;
  double firstLogBlur_ = 0, scaleMm_ = 1;
  std::vector<std::vector<TailProfile::Harmonics>> tables_;  ///< one a blur, one entry a radius
};

/// The shape of a response's tails; one already made for the same is shared, whatever the rays' angle, the
/// counts and the tails' scale.
std::shared_ptr<const TailShape> tailShapeOf(const PointResponse& response);

}  // namespace remnant::physics

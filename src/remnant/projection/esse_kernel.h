#pragma once

#include <array>
#include <complex>
#include <vector>

#include "remnant/physics/scatter.h"

/// The kernels of esse.h as means over the cells of a grid.
namespace remnant::projection {

/// Where photons go from their source.
enum class HalfSpace { kBefore, kBehind };

/// Before the source k_forward + i k_sideways, behind it k_backward.
class EsseKernel {
 public:
  EsseKernel(const physics::ScatterKernel& kernel, HalfSpace half, double cellMm);

  /// Per mm^3 and photon, mean over a cube whose middle is so many cells from the source; slices grow away
  /// from the head.
  std::complex<float> at(double slices, double rows, double columns) const;
  /// Water's attenuation of what is scattered, mean over the angles; of either part.
  const std::array<double, 2>& meanPerMm() const { return meanPerMm_; }
  /// Of all that is counted after one scattering, the share that went into this half space.
  double share() const { return share_; }

 private:
  std::complex<double> ofAngle(double cosine) const;
  std::complex<double> atPoint(double slices, double rows, double columns) const;
  std::complex<float> aroundSource() const;

  double emittedPerMm_, cellMm_;
  std::array<double, 2> meanPerMm_{};
  double share_ = 0;
  std::vector<std::complex<double>> byCosine_;  ///< without the dependence on the distance, -1 to 1
};

/// What a mm^3 near the source withholds from scattering evenly into a half space within `reachMm`, per unit
/// of excess density (esse.h):
///   (e^{-mu r} - e^{-mu reach}) / (1 - e^{-mu reach}) / (2 pi r^2)
class SurroundKernel {
 public:
  /// perMm: water's attenuation of what is emitted.
  SurroundKernel(double perMm, double reachMm, double cellMm);
  /// Integral over a cube from which the source is so many cells away: over its part before the source plus i
  /// times that over its part behind it. Slices grow away from the head, so that a cube before has the source
  /// at positive ones.
  std::complex<float> at(double slices, double rows, double columns) const;

 private:
  std::complex<double> atPoint(double slices, double rows, double columns) const;
  std::complex<float> aroundSource() const;

  double perMm_, reachMm_, cellMm_, atReach_;
};

}  // namespace remnant::projection

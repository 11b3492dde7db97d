#pragma once

#include <complex>
#include <vector>

#include "remnant/physics/scatter.h"

/// The kernels of esse.h, k_0 + i k_1, as means over the cells of a grid.
namespace remnant::projection {

class EsseKernel {
 public:
  /// meanPerMm: water's attenuation at the mean scattered energy.
  EsseKernel(const physics::ScatterKernel& kernel, double meanPerMm, double cellMm);

  /// Per mm^3 and photon, mean over a cube whose middle is so many cells from the source; slices grow away
  /// from the head.
  std::complex<float> at(double slices, double rows, double columns) const;

 private:
  std::complex<double> ofAngle(double cosine) const;
  std::complex<double> atPoint(double slices, double rows, double columns) const;
  std::complex<float> aroundSource() const;

  double emittedPerMm_, cellMm_;
  std::vector<std::complex<double>> byCosine_;  ///< without the dependence on the distance, -1 to 1
};

}  // namespace remnant::projection

#pragma once

#include <array>
#include <vector>

#include "remnant/physics/detector.h"
#include "remnant/physics/scatter_window.h"

/// Photons that scatter once or more in the patient and are counted all the same, for a head with parallel
/// holes over a uniform medium.
///
/// All is stated per primary photon emitted into 4 pi times 4 pi, as the collimator's acceptance sees it: a
/// point at depth d gives e^{-mu d} unscattered and `totalAt(d)` scattered photons in the window (full-energy
/// response included in both), so S/P = totalAt(d) / (primaryFraction() e^{-mu d}).
namespace remnant::physics {

/// First-order scatter of a point at depth `depthMm` of water, at lateral radius r of its image, per mm^2:
///   k1(r; d) = (1/r) Int dtheta n sigma_KN(E0, theta) S(x) W(E') exp(-mu0 r / sin theta
///              - mu' (d - r cot theta)),   over theta with r cot theta < d
/// Source: derived from the geometry of one scatter; verified by its integral below. r > 0.
double firstOrderDensity(double radiusMm, double depthMm, double keV, const Window& window,
                         const Detector& detector);

/// The integral of k1 over the plane in closed form over the scattering angle. Behind the source the water
/// has no end.
double firstOrderTotal(double depthMm, double keV, const Window& window, const Detector& detector);

/// The kernel of one nuclide and window in the form that projectors use: at each depth a sum of Gaussians of
/// fixed widths. Multiple and coherent scattering are in it, as the first order times a factor by depth from
/// the reference Monte Carlo of a neck of water, an ellipse of 13 x 12 cm:
///   Tc-99m 140 +-10 %, I-123 159 +-10 %, I-131 364 +-10 %: a parabola fitted to S/P at 0.5 to 11 cm (within
///     1.5 %)
///   Tc-99m 92-125 and 114-126, I-131 318 +-3 % and 260-320: a cubic through nodes at 0.5 to 11.2 cm, of a
///   neck
///     20 cm long and a point 15 mm beside its middle (scatter_window.h)
///   +-7.5 % on Tc-99m and I-123; I-123 125-143.1 and 174.9-195; I-131 413 +-3 %: not simulated, the parabola
///     of the nuclide's 20 % window
/// Beyond these it goes on as its tangent, or as a constant where that would fall (92-125: behind a point 1
/// cm before the far skin nothing is left to scatter back). A slab without lateral ends scatters more. Only
/// photons that start with the energy of the imaged line are in it: not the scatter of I-131's 637 and 723
/// keV or I-123's 529 keV in the patient, nor I-131's 284 keV.
///
/// The profile is the cumulative of k1 with radii stretched and rings damped by exp(-r / reach), fitted to
/// the radii that hold given shares of the scatter in the neck: unstretched and 100 mm but for Tc-99m 114-126
/// (1.15, 50 mm) and 92-125 (1.3, 100 mm). Shares within 1 to 5 cm are then right to 0.03; for I-123 and the
/// windows of I-131 beside the photopeak there are none to compare with.
class ScatterKernel {
 public:
  static constexpr std::size_t kWidths = 6;
  /// Standard deviations of the Gaussians, mm.
  static constexpr std::array<double, kWidths> kSigmaMm{1.5, 4, 9, 18, 36, 72};
  /// Depths of the table: 0, 1, ... 300 mm.
  static constexpr std::size_t kDepths = 301;
  using Weights = std::array<float, kWidths>;

  /// One of the windows above; each edge may be off by a tenth of the width. Throws InputError
  /// "unknown-window" for others.
  ScatterKernel(const Nuclide& nuclide, const Window& window, const Detector& detector);

  /// Weights of the Gaussians for a point below `depthMm` of water, of sum totalAt(depth); linear between
  /// millimetres. Depths below 0 give zero, beyond 300 mm the last value.
  Weights weightsAt(double depthMm) const;
  /// Weights at a whole number of millimetres, below kDepths.
  const Weights& tableAt(std::size_t depthMm) const { return weights_[depthMm]; }
  double totalAt(double depthMm) const;
  /// d totalAt / d depth, per mm: differences over 2 mm, linear between millimetres.
  double slopeAt(double depthMm) const;
  /// The factor of multiple and coherent scattering on the first order.
  double multipleFactorAt(double depthMm) const;
  /// The same on the first order in the neck that was simulated (scatter_neck.h), for models that know the
  /// body's outline by themselves.
  double multipleFactorInNeckAt(double depthMm) const;
  /// Share of unscattered full-energy pulses in the window.
  double primaryFraction() const { return primaryFraction_; }
  /// Mean energy of the scattered photons in the window from 30 mm of water, first order, keV.
  double meanKeV() const { return meanKeV_; }
  double emittedKeV() const { return emittedKeV_; }
  const Window& window() const { return window_; }
  const Detector& detector() const { return detector_; }

 private:
  Window window_;
  Detector detector_;
  double emittedKeV_ = 0;
  double primaryFraction_ = 0;
  double meanKeV_ = 0;
  MultipleScatter multiple_, multipleInNeck_;
  std::vector<Weights> weights_;  ///< one a millimetre of depth
  std::vector<double> totals_;
};

/// Broad-beam transmission of a point at depth d of a neck of water: T_w = e^{-mu d} (1 + S/P(d)), S/P
/// fitted to the reference Monte Carlo of an elliptical neck of 13 x 12 cm, 0.5 to 11 cm deep (to 2 % for
/// Tc-99m, 1.1 % I-123, 0.3 % I-131). The nuclide's photopeak window of 20 %.
struct BroadBeam {
  double attenuationPerMm = 0;  ///< narrow beam, water
  double linearPerMm = 0;       ///< S/P = linear d + quadratic d^2
  double quadraticPerMm2 = 0;

  /// Throws InputError "unknown-nuclide" for a nuclide without a fit.
  static BroadBeam of(const Nuclide& nuclide);
  double scatterToPrimary(double depthMm) const {
    return depthMm * (linearPerMm + quadraticPerMm2 * depthMm);
  }
  double transmission(double depthMm) const;
  /// -d ln T_w / dd, per mm.
  double slope(double depthMm) const;
};

}  // namespace remnant::physics

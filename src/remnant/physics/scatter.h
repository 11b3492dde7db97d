#pragma once

#include <array>
#include <vector>

#include "remnant/physics/detector.h"

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

/// The integral of k1 over the plane in closed form over the scattering angle.
double firstOrderTotal(double depthMm, double keV, const Window& window, const Detector& detector);

/// The kernel of one nuclide and window in the form that projectors use: at each depth a sum of Gaussians of
/// fixed widths. Multiple and coherent scattering are in it, from the reference Monte Carlo.
class ScatterKernel {
 public:
  static constexpr std::size_t kWidths = 6;
  /// Standard deviations of the Gaussians, mm.
  static constexpr std::array<double, kWidths> kSigmaMm{1.5, 4, 9, 18, 36, 72};

  /// Windows with known multiple scattering: Tc-99m 140 +-10 %, 92-125, 114-126; I-123 159 +-10 %, 125-143.1,
  /// 174.9-195; I-131 364 +-10 %, 318 +-3 %, 413 +-3 %, 260-320. Throws InputError "unknown-window" for
  /// others. A window narrower or wider by up to a tenth counts as one of them.
  ScatterKernel(const Nuclide& nuclide, const Window& window, const Detector& detector);

  /// Weights of the Gaussians for a point below `depthMm` of water, of sum totalAt(depth). Depths below 0
  /// give zero, beyond 300 mm the last value.
  std::array<float, kWidths> weightsAt(double depthMm) const;
  double totalAt(double depthMm) const;
  /// d totalAt / d depth, per mm.
  double slopeAt(double depthMm) const;
  /// Share of unscattered full-energy pulses in the window.
  double primaryFraction() const { return primaryFraction_; }
  /// Mean energy of the scattered photons in the window, keV.
  double meanKeV() const { return meanKeV_; }

 private:
  double primaryFraction_ = 0;
  double meanKeV_ = 0;
  std::vector<std::array<float, kWidths>> weights_;  ///< one a millimetre of depth
  std::vector<double> totals_;
};

/// Broad-beam transmission of a point at depth d of a neck of water: T_w = e^{-mu d} (1 + S/P(d)), the mean
/// of the Monte Carlo fits for an elliptical neck of 13 x 12 cm. Nuclide's photopeak window.
struct BroadBeam {
  double attenuationPerMm = 0;  ///< narrow beam, water
  double linearPerMm = 0;       ///< S/P = linear d + quadratic d^2
  double quadraticPerMm2 = 0;

  static BroadBeam of(const Nuclide& nuclide);
  double scatterToPrimary(double depthMm) const {
    return depthMm * (linearPerMm + quadraticPerMm2 * depthMm);
  }
  double transmission(double depthMm) const;
  /// -d ln T_w / dd, per mm.
  double slope(double depthMm) const;
};

}  // namespace remnant::physics

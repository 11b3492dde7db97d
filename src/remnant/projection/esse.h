#pragma once

#include <memory>
#include <vector>

#include "remnant/image/volume.h"
#include "remnant/physics/scatter.h"
#include "remnant/projection/esse_scene.h"
#include "remnant/projection/esse_spectra.h"
#include "remnant/projection/medium.h"

/// Scatter as an effective source: where photons scatter last, they start anew towards the head.
///
/// A photon scatters by the angle theta between its way r and the way to the head, and is counted with
///   k(r) = n sigma_KN(theta) S W(E') e^{-mu0 r} / r^2
/// in water: before the source k_forward = cos^2(theta) k and k_sideways = sin^2(theta) k, behind it
/// k_backward = k. Air and bone that it meets before change its path by an excess of water (negative in air).
/// What goes forward meets delta, the excess towards the head, of the source less that of the place of
/// scattering. What goes sideways or backward meets on average what lies in that half space:
///   around(y) = Int excess density(z) (e^{-mu0 r} - e^{-mu0 R}) / (1 - e^{-mu0 R}) / (2 pi r^2) dz,
///               r = |z - y| < R
/// which is the first order of that excess on all that scatters there within R. With D the water towards the
/// head, mu that of water at the mean scattered energy, mu_i its mean over the angles of each part,
///   source(x) = density(x) Sum_i e^{-(mu_i - mu) D(x)} s_i(x) (k_i * M a / s_i)(x)
/// s = e^{mu0 delta} for what goes forward, a the activity, and only the inner e^{-mu0 around} for the
/// others; M the factor of multiple and coherent scattering on the first order in a neck, taken at the depth
/// of water less delta, which is about the depth itself: what bone adds to the higher orders it adds to the
/// first. The profile of the higher orders is that of the first.
///
/// Source: Frey and Tsui 1996 (IEEE Nucl. Sci. Symp. Conf. Rec.), the kernels here from the first order
/// instead of a Monte Carlo.
namespace remnant::projection {

/// The kernel of one energy window, prepared for scenes of that many cells; serves any number of them, from
/// several threads too.
class EffectiveScatter {
 public:
  EffectiveScatter(const physics::ScatterKernel& kernel, const image::VoxelGrid& cells,
                   const EsseConfig& config = {});

  /// MBq a cell that, attenuated by `mediumOf`, give the scattered photons in the unit of
  /// ScatterKernel::totalAt. Throws ProgramError for a scene of other cells.
  image::Volume source(const EsseScene& scene) const;
  /// The medium as the scattered photons see it, at keV().
  Medium mediumOf(const EsseScene& scene) const;
  double keV() const { return keV_; }

 private:
  /// M x activity x e^{-water x excess}: what a kernel is convolved with.
  image::Volume emitted(const EsseScene& scene, const image::Volume& excessMm) const;

  image::VoxelGrid cells_;
  double keV_ = 0;
  std::vector<float> multiple_;                         ///< M, one a millimetre of depth
  std::shared_ptr<const EsseSpectra> before_, behind_;  ///< null where nothing comes from there
};

/// All at once, for volumes in the head's coordinates.
struct EffectiveSource {
  image::Volume activityMBq;  ///< a cell
  Medium medium;
};
EffectiveSource effectiveScatterSource(const image::Volume& activityMBq, const Medium& medium,
                                       const physics::ScatterKernel& kernel, const EsseConfig& config = {});

}  // namespace remnant::projection

#pragma once

#include <array>
#include <memory>

#include "remnant/physics/scatter.h"
#include "remnant/projection/esse_kernel.h"
#include "remnant/projection/esse_scene.h"
#include "remnant/projection/fourier_volume.h"

/// The kernels of esse.h as transforms, kept from call to call, and convolutions with them.
namespace remnant::projection {

/// Of one half space (esse_kernel.h): forward and sideways, or backward and nothing.
struct EsseSpectra {
  EsseSpectra(const EsseKernel& kernel, const image::VoxelGrid& cells, const EsseConfig& config);

  FourierVolume fourier;
  FourierVolume::Values values;     ///< of first part + i second part
  std::array<double, 2> meanPerMm;  ///< water's attenuation of what each scatters
};

/// For volumes of that many cells of that size, wherever they lie; made once. Null where next to nothing that
/// is counted went that way.
std::shared_ptr<const EsseSpectra> esseSpectra(const physics::ScatterKernel& kernel, HalfSpace half,
                                               const image::VoxelGrid& cells, const EsseConfig& config);

/// Two real volumes convolved with the two kernels, in one go: real and imaginary part of the result, of
/// which the box of the volumes' cells is right.
FourierVolume::Values convolved(const image::Volume& first, const image::Volume& second,
                                const EsseSpectra& spectra);

/// Excess of water around each cell, mm.
ExcessAround excessAround(const Medium& medium, const EsseConfig& config);

}  // namespace remnant::projection

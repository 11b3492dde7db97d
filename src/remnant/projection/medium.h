#pragma once

#include "remnant/image/volume.h"
#include "remnant/physics/attenuation.h"
#include "remnant/projection/view.h"

/// What photons pass through.
namespace remnant::projection {

/// Narrow-beam attenuation at one photon energy. For other energies and for scattering every voxel counts as
/// water of the density that attenuates so.
struct Medium {
  image::Volume attenuationPerMm;
  double keV = 140.5;

  double attenuationOfWaterPerMm() const { return physics::attenuationPerMm(physics::Material::kWater, keV); }
};

/// Integral of the attenuation along the ray from a point to the head (trilinear samples, half a voxel apart
/// at most); no unit. Divided by water's attenuation it is the water-equivalent depth.
double opticalDepth(const Medium& medium, const HeadPosition& head, const image::Point& point);

/// The first point of tissue (attenuation above half of water's) on the ray from the head to the point,
/// interpolated between voxels; the point itself where there is none before it.
image::Point skinTowards(const Medium& medium, const HeadPosition& head, const image::Point& point);

}  // namespace remnant::projection

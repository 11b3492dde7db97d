#pragma once

#include <vector>

#include "remnant/projection/medium.h"
#include "remnant/projection/plane.h"

/// What of the activity in each plane before a head is seen through the medium.
namespace remnant::projection {

/// Planes from near to far, each over the same region of the view's lattice, outside which there is no
/// activity. Row and column 0 of the lattice are the first of the volume as the head sees it.
struct SeenPlanes {
  Region volume;   ///< the whole volume
  Region support;  ///< of the planes below
  double voxelMm = 0;
  double leftU = 0, topZ = 0;  ///< outer corner of the lattice's cell (0, 0)
  /// Of all planes of the volume, so that what is derived from them does not depend on the activity.
  double nearestMm = 0, farthestMm = 0;

  struct One {
    double distanceMm = 0;                ///< of the plane's middle before the collimator's face, >= 0
    const float* emitted = nullptr;       ///< MBq a voxel
    const float* seen = nullptr;          ///< emitted x exp(-optical depth)
    const float* waterDepthMm = nullptr;  ///< optical depth over water's attenuation
  };
  std::vector<One> planes;  ///< those with activity

  Scratch values;  ///< what the planes point to
};

/// Attenuation to the middle of each voxel: of those nearer, and half of its own. An empty medium is air.
/// Throws InputError "activity-behind-head" where activity lies behind the collimator's face.
SeenPlanes seenPlanes(const image::Volume& activityMBq, const Medium& medium, const HeadPosition& head);

}  // namespace remnant::projection

#pragma once

#include <vector>

#include "remnant/image/grid.h"
#include "remnant/physics/point_response.h"
#include "remnant/physics/scatter.h"
#include "remnant/projection/medium.h"

/// From activity in a voxel map to the rate at which a camera head counts in each pixel, without noise.
namespace remnant::projection {

/// One energy window of a head.
struct WindowModel {
  physics::PointResponse response;
  physics::ScatterKernel scatter;
};

enum class ScatterModel {
  kNone,
  kAnalytic,  ///< k1 by local water-equivalent depth; for near-uniform media
  kEsse,      ///< effective scatter source, for media with air and bone; several times as slow
};

struct ProjectorConfig {
  bool cores = true;  ///< photons that come through the holes unscattered
  ScatterModel scatter = ScatterModel::kAnalytic;
  bool tails = true;
  /// Analytic scatter is smooth: it is blurred in this many groups of depth.
  std::size_t depthGroups = 8;
  unsigned threads = 1;
};

/// Seconds spent in each step of all calls so far, for bench/.
struct ProjectorTimes {
  double attenuation = 0, core = 0, scatter = 0, tails = 0, resampling = 0;
};

/// activityMBq: one value a voxel, on the same grid as the medium (or an empty medium: air). Gives one image
/// a window, counts a second a pixel: head gain, exposure, table, dead time and noise are not in it. What
/// falls beyond the picture is lost. Linear in the activity, and the same to the bit on any number of
/// threads. Throws InputError "activity-behind-head" where activity lies behind the collimator's face.
///
/// Steps: rotation of the volume to the view (none at multiples of 90 degrees); attenuation to each voxel,
/// half a voxel of itself included; the core blurred plane by plane, far to near, by the Gaussian that is
/// missing to the next plane (exact for Gaussians), zero beyond the border with a margin of 4 sigma; scatter,
/// in a window coreCpsPerMBq / primaryFraction times the kernel, as wide Gaussians on coarser grids; tails on
/// a grid twice as coarse by FFT, their transforms kept from call to call; integration over the
/// pixels of what cubic convolution interpolates between the voxels.
///
/// A voxel holds the activity of its volume. Gathered in its middle, activity that is smooth on the scale of
/// a voxel is wider by a twelfth of the squared voxel along each axis, which is taken from core and tails
/// again; a point is then narrower by as much.
///
/// A thread keeps some memory (up to 64 MB) for its next call. Pixels may be negative by rounding, and by up
/// to a hundredth of the peak where the core's sigma is below 0.8 voxels.
std::vector<image::Image> project(const image::Volume& activityMBq, const Medium& medium,
                                  const HeadPosition& head, const Picture& picture,
                                  const std::vector<WindowModel>& windows, const ProjectorConfig& config = {},
                                  ProjectorTimes* times = nullptr);

}  // namespace remnant::projection

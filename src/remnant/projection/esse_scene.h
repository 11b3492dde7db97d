#pragma once

#include <cstddef>

#include "remnant/image/volume.h"
#include "remnant/projection/medium.h"

/// What the effective source of scatter (esse.h) is made of, as one head sees it and on its own grid.
namespace remnant::projection {

struct EsseConfig {
  double gridMm = 4;       ///< of the cells, in which all is done; a whole number of voxels, at least one
  double reachMm = 120;    ///< nothing scatters further along any axis
  double surroundMm = 60;  ///< about half a neck: further than that around a source little can scatter
};

/// Excess of water as photons meet it that scatter evenly into the half space before and behind a cell.
struct ExcessAround {
  image::Volume beforeMm, behindMm;
};

/// All volumes on cells `factor` voxels wide, in the head's coordinates (head_view.h): slices are planes
/// before the head, slice 0 the nearest. The first cell begins where the first voxel does.
struct EsseScene {
  std::size_t factor = 1;
  image::Volume activityMBq;
  Medium medium;
  image::Volume depthMm;        ///< of water, towards the head
  image::Volume towardsHeadMm;  ///< excess of water on the way to the head (water_way.h)
  ExcessAround around;
};

/// Activity is handed out to the two nearest cells along each axis, so that its centroid stays; attenuation
/// is the mean over a cell. activityMBq and the medium on one grid, else ProgramError.
EsseScene esseScene(const image::Volume& activityMBq, const Medium& medium, const HeadPosition& head,
                    const EsseConfig& config = {});

}  // namespace remnant::projection

#pragma once

#include <optional>

#include "remnant/image/volume.h"
#include "remnant/projection/plane.h"
#include "remnant/projection/view.h"

/// A volume turned so that its slices are planes before a head.
///
/// The grid of what is returned is in the head's coordinates: x is u, y the distance before the collimator's
/// face, z stays; slice 0 is the nearest. At multiples of 90 degrees voxels only change places. At others
/// they are interpolated bilinearly in x-y: activity is handed out to the four nearest voxels, which keeps
/// its sum and its centroid; attenuation is read between the four nearest.
namespace remnant::projection {

image::Volume activitySeenFrom(const HeadPosition& head, const image::Volume& activity);
image::Volume attenuationSeenFrom(const HeadPosition& head, const image::Volume& attenuation);

/// The planes of such a volume one by one, without a copy where the head looks along y.
class HeadPlanes {
 public:
  static HeadPlanes ofActivity(const HeadPosition& head, const image::Volume& activity);
  static HeadPlanes ofAttenuation(const HeadPosition& head, const image::Volume& attenuation);

  /// In the head's coordinates, as above.
  const image::VoxelGrid& grid() const { return grid_; }
  /// The part of a plane inside the region (which lies within the grid), row by row.
  void copy(std::size_t plane, const Region& region, float* to) const;
  /// The least region that holds all values but zeros, in all planes.
  Region support() const;

 private:
  using Turn = image::Volume (*)(const HeadPosition&, const image::Volume&);
  HeadPlanes(const HeadPosition& head, const image::Volume& volume, Turn turn);
  const image::Volume& volume() const { return turned_ ? *turned_ : *original_; }

  image::VoxelGrid grid_;
  const image::Volume* original_ = nullptr;
  bool mirrored_ = false;  ///< planes and columns of the original are in reverse order
  std::optional<image::Volume> turned_;
};

}  // namespace remnant::projection

#pragma once

#include <vector>

#include "remnant/montecarlo/object_transport.h"

namespace remnant::montecarlo {

/// Draws the places of decays.
class Emission {
 public:
  /// Throws InputError "no-activity" where a volume holds none or something negative.
  explicit Emission(const Source& source);
  image::Point place(RandomStream& stream) const;
  /// A place every history may start at, to check against the body.
  const std::vector<image::Point>& extremes() const { return extremes_; }

 private:
  void prepare(const image::Volume& activity);

  std::vector<image::Point> extremes_;
  image::VoxelGrid grid_;
  std::vector<std::size_t> voxels_;  ///< those with activity
  std::vector<double> cumulative_;   ///< share of the activity up to each of them
};

}  // namespace remnant::montecarlo

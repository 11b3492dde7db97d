#pragma once

#include <cstdint>
#include <vector>

#include "remnant/image/volume.h"
#include "remnant/projection/projector.h"

/// From projections around the neck to activity in space: ordered-subsets expectation maximisation with
/// attenuation by a map and resolution by distance. Sources: Hudson and Larkin 1994, IEEE Trans. Med. Imaging
/// 13:601; resolution by small blurs from plane to plane: McCarthy and Miller 1991, ibid. 10:426.
namespace remnant::quantify {

/// All views of a tomography have one axis and one picture.
struct TomographicView {
  image::Counts counts;
  projection::HeadPosition head;
  double exposureSeconds = 0;
  /// Expected counts that are not of the core: scatter (from windows beside the peak), septal penetration.
  /// Empty: none.
  image::Image expectedOther;
};

struct TomographicProblem {
  std::vector<TomographicView> views;
  projection::Picture picture;
  physics::PointResponse response;  ///< its core is modelled, its tails are not
  projection::Medium map;           ///< activity is looked for within its extent
};

struct TomographyConfig {
  int iterations = 8;
  std::size_t subsets = 6;
  double leastVoxelMm = 4;  ///< pixels are added up in squares while they stay below twice this
};

/// MBq a voxel, over the extent of the map. Deterministic. Throws InputError "too-few-views" (fewer than 12),
/// "views-differ" (axes, sizes), "empty-map".
image::Volume reconstruct(const TomographicProblem& problem, const TomographyConfig& config = {});

}  // namespace remnant::quantify

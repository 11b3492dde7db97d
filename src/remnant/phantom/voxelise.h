#pragma once

#include <vector>

#include "remnant/image/volume.h"
#include "remnant/phantom/solid.h"
#include "remnant/projection/medium.h"

/// From solids to voxel maps.
namespace remnant::phantom {

/// Activity spread evenly over a shape. It adds to whatever else lies in the same place.
struct Source {
  Shape shape;
  double activityMBq = 0;
};

/// Attenuation of the solids painted in order; a voxel that a surface cuts holds both sides by their share of
/// its volume (lines along y are exact, four or more of them a voxel). Nothing is air without attenuation.
projection::Medium voxelise(const std::vector<Solid>& solids, const image::VoxelGrid& grid, double keV);

/// Adds circulating activity: MBq a voxel, concentration of soft tissue times each solid's perfusion.
void addBackground(const std::vector<Solid>& solids, double concentrationMBqPerMl,
                   image::Volume& activityMBq);

/// Adds the sources, MBq a voxel. The activity of one that lies inside the grid is exact, its centroid within
/// a tenth of a voxel; of one that sticks out, the share of the volume outside is lost.
void addSources(const std::vector<Source>& sources, image::Volume& activityMBq);

/// The sources alone.
image::Volume rasterise(const std::vector<Source>& sources, const image::VoxelGrid& grid);

}  // namespace remnant::phantom

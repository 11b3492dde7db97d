#pragma once

#include <cstddef>

#include "remnant/projection/projector.h"

/// Points in water or air before a head, as the checks of the projector need them. Lengths in mm.
namespace remnant::validation {

/// Siemens LEHR for Tc-99m, made to count 100 in the core.
physics::PointResponse technetiumResponse();
/// Without scatter and tails; the kernel is only there to be there.
projection::WindowModel coreWindow(const physics::PointResponse& response);
projection::ProjectorConfig coreOnly();

/// Around x = 0; first voxels' corner at y = 0 and z = 0; 2 mm.
image::VoxelGrid sceneGrid(std::size_t columns, std::size_t rows, std::size_t slices);
projection::Medium waterIn(const image::VoxelGrid& grid);
/// A pixel on each voxel.
projection::Picture pictureOf(const image::VoxelGrid& grid);

/// Sum, middle and width of an image, in pixels.
struct Moments {
  explicit Moments(const image::Image& image);
  double sum = 0, row = 0, column = 0, columnVariance = 0;
};

/// Image of one MBq in a voxel in air before the head.
image::Image pointInAir(double distanceMm, const physics::PointResponse& response);

}  // namespace remnant::validation

#include "remnant/projection/resampling.h"

#include <gtest/gtest.h>

#include "projection/scenes.h"

namespace remnant::projection {
namespace {

/// A lattice of 2 mm whose cell (0, 0) begins at u = 0, z = 0.
SeenPlanes lattice() {
  SeenPlanes planes;
  planes.voxelMm = 2;
  return planes;
}

TEST(Resampling, CellsUnderAPictureIncludeThoseItCuts) {
  // u from -3 to 5, z from 1 to 9.
  EXPECT_EQ(cellsUnder({4, 4, 2, 1, 1}, lattice()), (Region{0, -2, 5, 3}));
}

TEST(Resampling, SharesOfACellGoByArea) {
  Plane plane(Region{0, 0, 2, 2});
  plane.row(0)[0] = 8;
  // Pixels of 1.5 mm from u = 0, z = 0: the cell of 2 mm is covered by 3/4 and 1/4 along each axis.
  const image::Image image = resampledByArea(plane, lattice(), {2, 2, 1.5, 1.5, 0});
  EXPECT_NEAR(image.at(0, 0), 8 * 0.75 * 0.75, 1e-5);
  EXPECT_NEAR(image.at(0, 1), 8 * 0.75 * 0.25, 1e-5);
  EXPECT_NEAR(image.at(1, 1), 8 * 0.25 * 0.25, 1e-5);
}

TEST(Resampling, APictureLargerThanThePlaneKeepsItsSum) {
  Plane plane(Region{-3, 2, 11, 17});
  std::fill(plane.values().begin(), plane.values().end(), 1.0F);
  const image::Image image = resampledByArea(plane, lattice(), {40, 40, 3.3, 7, -40});
  EXPECT_NEAR(sumOf(image), 14 * 15, 1e-3);
}

}  // namespace
}  // namespace remnant::projection

#include "remnant/projection/esse_scene.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "remnant/base/error.h"

namespace remnant::projection {
namespace {

constexpr HeadPosition kLooksAlongY{0, 0, 0, 0};

/// A block of water of 60 x 60 x 48 mm in air of 8 mm, voxels of 2 mm.
Medium block() {
  const image::VoxelGrid grid{38, 38, 32, 2, {-38, 10, -38}};
  Medium medium{image::Volume(grid), 140.51};
  for (std::size_t slice = 4; slice < 28; ++slice)
    for (std::size_t row = 4; row < 34; ++row)
      for (std::size_t column = 4; column < 34; ++column)
        medium.attenuationPerMm.at(slice, row, column) = static_cast<float>(medium.attenuationOfWaterPerMm());
  return medium;
}

double sumOf(const image::Volume& volume) {
  return std::accumulate(volume.values().begin(), volume.values().end(), 0.0);
}

TEST(EsseScene, CellsKeepActivityItsPlaceAndTheMatter) {
  const Medium medium = block();
  image::Volume activity(medium.attenuationPerMm.grid());
  activity.at(13, 9, 22) = 2;
  const EsseScene scene = esseScene(activity, medium, kLooksAlongY);
  EXPECT_EQ(scene.factor, 2U);
  EXPECT_EQ(scene.activityMBq.grid().voxelMm, 4);
  EXPECT_NEAR(sumOf(scene.activityMBq), 2, 1e-6);
  EXPECT_NEAR(8 * sumOf(scene.medium.attenuationPerMm) / sumOf(medium.attenuationPerMm), 1, 1e-6);
  const image::VoxelGrid &cells = scene.activityMBq.grid(), &voxels = activity.grid();
  double x = 0, y = 0, z = 0;
  for (std::size_t slice = 0; slice < cells.slices; ++slice)
    for (std::size_t row = 0; row < cells.rows; ++row)
      for (std::size_t column = 0; column < cells.columns; ++column) {
        const double share = scene.activityMBq.at(slice, row, column) / 2;
        x += share * cells.x(static_cast<double>(column));
        y += share * cells.y(static_cast<double>(slice));
        z += share * cells.z(static_cast<double>(row));
      }
  EXPECT_NEAR(x, voxels.x(22), 1e-5);
  EXPECT_NEAR(y, voxels.y(13), 1e-5);
  EXPECT_NEAR(z, voxels.z(9), 1e-5);
}

TEST(EsseScene, WaterHasNoExcessAround) {
  const Medium medium = block();
  const EsseScene scene = esseScene(image::Volume(medium.attenuationPerMm.grid()), medium, kLooksAlongY);
  for (const image::Volume* half : {&scene.around.beforeMm, &scene.around.behindMm})
    for (float value : half->values()) ASSERT_NEAR(value, 0, 1e-4);
}

/// Int_0^path (e^{-mu r} - e^{-mu R}) / (1 - e^{-mu R}) dr: of all directions where the medium is.
double along(double pathMm, double perMm, double reachMm) {
  const double atReach = std::exp(-perMm * reachMm);
  return (-std::expm1(-perMm * pathMm) / perMm - atReach * pathMm) / (1 - atReach);
}

// Bone twice as dense as water lies deep before a place, from 6 mm on: a ray at an angle theta to the head
// meets it after 6 mm / cos theta. The mean over the half space is the excess that scatters before; behind it
// there is none.
TEST(EsseScene, BoneBeforeAPlaceIsMetBeforeAndNotBehind) {
  const image::VoxelGrid grid{80, 80, 60, 2, {-80, 0, -80}};
  Medium medium{image::Volume(grid), 140.51};
  const auto water = static_cast<float>(medium.attenuationOfWaterPerMm());
  constexpr std::size_t kBoneEnd = 36;
  for (std::size_t slice = 0; slice < grid.slices; ++slice)
    for (float& value : medium.attenuationPerMm.slice(slice)) value = slice < kBoneEnd ? 2 * water : water;
  const EsseConfig config;
  const EsseScene scene = esseScene(image::Volume(grid), medium, kLooksAlongY, config);
  constexpr int kSteps = 2000;
  double expected = 0;
  for (int step = 0; step < kSteps; ++step) {
    const double first = 6 / ((step + 0.5) / kSteps);
    if (first < config.surroundMm)
      expected += along(config.surroundMm, water, config.surroundMm) - along(first, water, config.surroundMm);
  }
  expected /= kSteps;
  // The cell of slice 19 begins 4 mm behind the bone; its middle is 6 mm behind it.
  EXPECT_NEAR(scene.around.beforeMm.at(kBoneEnd / 2 + 1, 20, 20) / expected, 1, 0.05);
  EXPECT_NEAR(scene.around.behindMm.at(kBoneEnd / 2 + 1, 20, 20), 0, 0.02 * expected);
}

TEST(EsseScene, OtherGridIsAFaultOfOurs) {
  EXPECT_THROW(esseScene(image::Volume({8, 8, 8, 2, {}}), block(), kLooksAlongY), ProgramError);
}

}  // namespace
}  // namespace remnant::projection

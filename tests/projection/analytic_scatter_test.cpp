#include "remnant/projection/analytic_scatter.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "projection/scenes.h"

namespace remnant::projection {
namespace {

/// Counts, over those in air, of a point in the slice given of a slab as thick as the grid.
double transmissionOf(const Medium& medium, std::size_t slice, double angle) {
  const image::VoxelGrid& grid = medium.attenuationPerMm.grid();
  image::Volume activity(grid);
  activity.at(slice, grid.rows / 2, grid.columns / 2) = 1;
  ProjectorConfig config;
  config.tails = false;
  const double thickness = static_cast<double>(grid.slices) * grid.voxelMm;
  const HeadPosition head{angle, 100, 0, thickness / 2};
  const auto images =
      project(activity, medium, head, pictureOn(grid, 150), {windowWith(technetiumResponse())}, config);
  return sumOf(images.front()) / 100;
}

/// S/P of technetium in its photopeak window by depth in cm (physics.md section 2).
constexpr std::array<std::array<double, 2>, 9> kScatterToPrimary{{{0.5, .0329},
                                                                  {1, .0646},
                                                                  {2, .1258},
                                                                  {3, .1849},
                                                                  {4, .2426},
                                                                  {6, .3547},
                                                                  {8, .462},
                                                                  {10, .562},
                                                                  {11, .608}}};

double scatterToPrimary(double depthMm) {
  std::size_t index = 0;
  while (kScatterToPrimary[index + 1][0] * 10 < depthMm) ++index;
  const auto [before, low] = kScatterToPrimary[index];
  const auto [after, high] = kScatterToPrimary[index + 1];
  return std::lerp(low, high, (depthMm / 10 - before) / (after - before));
}

double broadBeam(double attenuationPerMm, double depthMm) {
  return std::exp(-attenuationPerMm * depthMm) * (1 + scatterToPrimary(depthMm));
}

// physics.md section 9, test 3, with scatter.
TEST(AnalyticScatter, APointInWaterHasTheBroadBeamTransmission) {
  const Medium medium = waterOn(gridOf(9, 9, 60));
  for (const std::size_t slice : {2U, 5U, 10U, 15U, 20U, 30U, 40U, 50U}) {
    const double depth = static_cast<double>(slice) * 2 + 1;
    EXPECT_NEAR(transmissionOf(medium, slice, 0) / broadBeam(medium.attenuationOfWaterPerMm(), depth), 1,
                0.02)
        << depth;
  }
}

double geometricMean(const Medium& medium, std::size_t slice) {
  return std::sqrt(transmissionOf(medium, slice, 0) * transmissionOf(medium, slice, 180));
}

// physics.md section 9, test 4, with scatter.
TEST(AnalyticScatter, TheGeometricMeanOfOpposedViewsIsThatOfTheBroadBeam) {
  const Medium medium = waterOn(gridOf(9, 9, 60));
  const double water = medium.attenuationOfWaterPerMm();
  for (const std::size_t slice : {5U, 15U, 29U}) {
    const double depth = static_cast<double>(slice) * 2 + 1;
    EXPECT_NEAR(
        geometricMean(medium, slice) / std::sqrt(broadBeam(water, depth) * broadBeam(water, 120 - depth)), 1,
        0.015)
        << depth;
  }
}

// The same test's 0.504 at 5 mm to 0.526 in the middle of 12 cm are those of soft tissue: with section 2's
// S/P, water gives 0.515 to 0.539.
TEST(AnalyticScatter, TheGeometricMeanInANeckRisesToTheMiddle) {
  const image::VoxelGrid grid = gridOf(9, 9, 60);
  const double tissue = physics::attenuationPerMm(physics::Material::kSoftTissue, 140.5);
  const Medium medium{image::Volume(grid, static_cast<float>(tissue)), 140.5};
  EXPECT_NEAR(geometricMean(medium, 2) / 0.504, 1, 0.015);
  EXPECT_NEAR(geometricMean(medium, 29) / 0.526, 1, 0.015);
}

/// The variance across a point's image that the Gaussians of its kernel and the core make together.
double expectedVarianceMm2(const physics::ScatterKernel& kernel, double depthMm, double coreSigmaMm) {
  const auto weights = kernel.weightsAt(depthMm);
  double sum = 0, variance = 0;
  for (std::size_t width = 0; width < weights.size(); ++width) {
    const double sigma = physics::ScatterKernel::kSigmaMm[width];
    sum += weights[width];
    variance += weights[width] * (sigma * sigma + coreSigmaMm * coreSigmaMm);
  }
  return variance / sum;
}

TEST(AnalyticScatter, ScatterIsAsWideAsItsGaussians) {
  const image::VoxelGrid grid = gridOf(11, 11, 40);
  const WindowModel window = windowWith(technetiumResponse());
  for (const std::size_t slice : {std::size_t{5}, std::size_t{20}, std::size_t{39}}) {
    image::Volume activity(grid);
    activity.at(slice, 5, 5) = 1;
    ProjectorConfig config;
    config.tails = false;
    const Picture picture = pictureOn(grid, 180);
    auto with = project(activity, waterOn(grid), {0, 30}, picture, {window}, config).front();
    const auto without =
        project(activity, waterOn(grid), {0, 30}, picture, {window}, withoutScatter()).front();
    for (std::size_t pixel = 0; pixel < with.pixels().size(); ++pixel)
      with.pixels()[pixel] -= without.pixels()[pixel];
    const double depth = grid.y(static_cast<double>(slice));
    const Moments moments(with);
    EXPECT_NEAR(moments.rowMean, static_cast<double>(picture.rows - 1) / 2, 0.05);
    EXPECT_NEAR(moments.columnMean, static_cast<double>(picture.columns - 1) / 2, 0.05);
    const double expected = expectedVarianceMm2(window.scatter, depth, window.response.sigmaMm(30 + depth));
    // Within a hundredth of the width: kernels are interpolated in depth, and grids are coarse.
    EXPECT_NEAR(moments.columnVariance * 4 / expected, 1, 0.02) << depth;
    EXPECT_NEAR(moments.rowVariance * 4 / expected, 1, 0.02) << depth;
  }
}

TEST(AnalyticScatter, NothingScattersInAir) {
  image::Volume activity(gridOf(16, 16, 4));
  activity.at(2, 8, 8) = 1;
  const WindowModel window = windowWith(technetiumResponse());
  const Picture picture = pictureOn(activity.grid());
  EXPECT_EQ(project(activity, {}, {0, 50}, picture, {window}),
            project(activity, {}, {0, 50}, picture, {window}, withoutScatter()));
}

// The effective source has its own tests; here that the projector puts it in place, and in the right unit.
TEST(AnalyticScatter, TheEffectiveSourceGivesAboutTheSameInUniformWater) {
  const image::VoxelGrid grid = gridOf(48, 48, 24, 4);
  const Medium medium = waterOn(grid);
  const WindowModel window = windowWith(technetiumResponse());
  for (const double angle : {0.0, 90.0}) {
    image::Volume activity(grid);
    activity.at(10, 24, 24) = 1;
    ProjectorConfig config;
    config.tails = false;
    const auto scattered = [&](ScatterModel model) {
      const HeadPosition head{angle, 150, 0, 48};
      config.scatter = model;
      const double all =
          sumOf(project(activity, medium, head, pictureOn(grid, 40), {window}, config).front());
      config.scatter = ScatterModel::kNone;
      return all - sumOf(project(activity, medium, head, pictureOn(grid, 40), {window}, config).front());
    };
    EXPECT_NEAR(scattered(ScatterModel::kEsse) / scattered(ScatterModel::kAnalytic), 1, 0.1) << angle;
  }
}

}  // namespace
}  // namespace remnant::projection

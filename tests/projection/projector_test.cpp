#include "remnant/projection/projector.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "projection/scenes.h"
#include "remnant/base/error.h"

namespace remnant::projection {
namespace {

/// A picture with a pixel on each voxel of a 64 x 64 face.
const Picture kPicture{64, 64, 2, 0, 0};

image::Image pointInAir(double distanceMm, const physics::PointResponse& response) {
  image::Volume activity(gridOf(65, 65, 1));
  activity.at(0, 32, 32) = 1;
  // The voxel's middle is 1 mm behind the grid's front.
  return project(activity, {}, {0, distanceMm - 1}, pictureOn(activity.grid()), {windowWith(response)},
                 withoutScatter())
      .front();
}

// physics.md section 9, test 1.
TEST(Projector, CountsOfAPointInAirDoNotDependOnTheDistance) {
  for (const double distance : {0.0, 50.0, 100.0, 200.0, 300.0})
    EXPECT_NEAR(sumOf(pointInAir(distance, technetiumResponse())), 100, 0.5) << distance;
}

// physics.md section 9, test 2.
TEST(Projector, WidthFollowsTheCollimator) {
  for (const double distance : {0.0, 50.0, 100.0, 200.0, 300.0}) {
    const auto response = technetiumResponse();
    const Moments moments(pointInAir(distance, response));
    const double toFwhm = 2 * 2 * std::sqrt(2 * std::log(2.0));
    const double expected = response.collimator.fwhmMm(response.detector, response.keV, distance);
    EXPECT_NEAR(std::sqrt(moments.rowVariance) * toFwhm / expected, 1, 0.02) << distance;
    EXPECT_NEAR(std::sqrt(moments.columnVariance) * toFwhm / expected, 1, 0.02) << distance;
  }
}

// physics.md section 9, test 2: activity in every plane before the point keeps the blurs from being joined.
TEST(Projector, IncrementalBlurIsTheGaussianOfTheDistance) {
  image::Volume others(gridOf(65, 65, 60));
  for (std::size_t slice = 0; slice < 60; ++slice) others.at(slice, 2, 2) = 1;
  image::Volume all = others;
  all.at(59, 32, 32) = 1;
  const auto response = technetiumResponse();
  const std::vector<WindowModel> windows{windowWith(response)};
  const Picture picture = pictureOn(all.grid());
  const auto with = project(all, {}, {0, 60}, picture, windows, withoutScatter()).front();
  const auto without = project(others, {}, {0, 60}, picture, windows, withoutScatter()).front();
  const double sigma = response.sigmaMm(60 + 119) / 2;
  const double peak = 100 / (2 * std::numbers::pi * sigma * sigma);
  for (std::size_t row = 0; row < 65; ++row)
    for (std::size_t column = 0; column < 65; ++column) {
      const double radius = std::hypot(static_cast<double>(row) - 32, static_cast<double>(column) - 32);
      EXPECT_NEAR(with.at(row, column) - without.at(row, column),
                  peak * std::exp(-radius * radius / (2 * sigma * sigma)), 0.003 * peak);
    }
}

// physics.md section 9, test 3.
TEST(Projector, APointInASlabIsAttenuatedByItsDepth) {
  const image::VoxelGrid grid = gridOf(41, 41, 60);
  const Medium medium = waterOn(grid);
  for (const std::size_t slice : {std::size_t{0}, std::size_t{7}, std::size_t{29}, std::size_t{59}}) {
    image::Volume activity(grid);
    activity.at(slice, 20, 20) = 1;
    const double depth = grid.y(static_cast<double>(slice));
    const auto image = project(activity, medium, {0, 50}, pictureOn(grid), {windowWith(technetiumResponse())},
                               withoutScatter())
                           .front();
    EXPECT_NEAR(sumOf(image) / (100 * std::exp(-medium.attenuationOfWaterPerMm() * depth)), 1, 0.002)
        << depth;
  }
}

// physics.md section 9, test 4.
TEST(Projector, TheGeometricMeanOfOpposedViewsDoesNotDependOnTheDepth) {
  const image::VoxelGrid grid = gridOf(61, 61, 60);
  const Medium medium = waterOn(grid);
  const std::vector<WindowModel> windows{windowWith(technetiumResponse())};
  const double expected = 100 * std::exp(-medium.attenuationOfWaterPerMm() * 60);
  for (const std::size_t slice : {std::size_t{2}, std::size_t{15}, std::size_t{30}, std::size_t{55}}) {
    image::Volume activity(grid);
    activity.at(slice, 30, 30) = 1;
    const auto anterior =
        project(activity, medium, {0, 100, 0, 60}, pictureOn(grid), windows, withoutScatter());
    const auto posterior =
        project(activity, medium, {180, 100, 0, 60}, pictureOn(grid), windows, withoutScatter());
    EXPECT_NEAR(std::sqrt(sumOf(anterior[0]) * sumOf(posterior[0])) / expected, 1, 0.001) << slice;
  }
}

// physics.md section 9, test 11.
TEST(Projector, AnOffAxisPointDrawsASinogramAndKeepsItsCounts) {
  const image::VoxelGrid grid{48, 32, 48, 2, {-48, -48, 0}};
  image::Volume activity(grid);
  activity.at(40, 16, 10) = 1;
  const image::Point point{grid.x(10), grid.y(40), grid.z(16)};
  const Picture picture{32, 96, 2, 0, 0};
  for (double angle = 0; angle < 360; angle += 22.5) {
    const HeadPosition head{angle, 120};
    const Moments moments(
        project(activity, {}, head, picture, {windowWith(technetiumResponse())}, withoutScatter()).front());
    EXPECT_NEAR(moments.sum, 100, 0.5) << angle;
    EXPECT_NEAR((moments.columnMean - picture.columnOf(seenFrom(head, point).u)) * 2, 0, 0.5) << angle;
    EXPECT_NEAR((moments.rowMean - picture.rowOf(point.z)) * 2, 0, 0.5) << angle;
  }
}

TEST(Projector, ThePosteriorViewIsMirrored) {
  const image::VoxelGrid grid = gridOf(40, 20, 10);
  image::Volume activity(grid);
  activity.at(5, 10, 30) = 1;
  const Picture picture = pictureOn(grid);
  const auto view = [&](double angle) {
    return Moments(project(activity, {}, {angle, 50, 0, 10}, picture, {windowWith(technetiumResponse())},
                           withoutScatter())
                       .front());
  };
  EXPECT_NEAR(view(0).columnMean, 30, 0.01);
  EXPECT_NEAR(view(180).columnMean, 39 - 30, 0.01);
}

TEST(Projector, PixelsOfAnotherSizeKeepSumAndPlace) {
  const image::VoxelGrid grid = gridOf(40, 40, 4);
  image::Volume activity(grid);
  activity.at(2, 25, 12) = 1;
  for (const double pixel : {0.9, 2.4, 4.8}) {
    const Picture picture{static_cast<std::size_t>(120 / pixel), static_cast<std::size_t>(130 / pixel), pixel,
                          -5, -20};
    const Moments moments(
        project(activity, {}, {0, 30}, picture, {windowWith(technetiumResponse())}, withoutScatter())
            .front());
    EXPECT_NEAR(moments.sum, 100, 0.5) << pixel;
    EXPECT_NEAR(moments.columnMean, picture.columnOf(grid.x(12)), 0.15 / pixel) << pixel;
    EXPECT_NEAR(moments.rowMean, picture.rowOf(grid.z(25)), 0.15 / pixel) << pixel;
  }
}

TEST(Projector, WhatFallsBeyondThePictureIsLost) {
  image::Volume activity(gridOf(64, 64, 1));
  activity.at(0, 32, 32) = 1;
  const Picture half{64, 32, 2, 1 - 32.0, 0};
  const double seen = sumOf(
      project(activity, {}, {0, 100}, half, {windowWith(technetiumResponse())}, withoutScatter()).front());
  // The picture ends in the middle of the point's voxel.
  EXPECT_NEAR(seen, 50, 0.1);
}

TEST(Projector, ActivityBehindTheHeadIsRefused) {
  image::Volume activity(gridOf(8, 8, 8), 1.0F);
  EXPECT_THROW(project(activity, {}, {0, -5}, kPicture, {windowWith(technetiumResponse())}, withoutScatter()),
               InputError);
}

/// A few sources of different depth in water.
image::Volume sources(const image::VoxelGrid& grid, std::size_t first, std::size_t count) {
  image::Volume activity(grid);
  for (std::size_t source = first; source < first + count; ++source)
    activity.at((3 + 7 * source) % grid.slices, 4 + 5 * source % (grid.rows - 8),
                3 + 11 * source % (grid.columns - 8)) = 1 + static_cast<float>(source);
  return activity;
}

// physics.md section 9, test 15.
TEST(Projector, ComponentsAddUpToTheWhole) {
  const image::VoxelGrid grid = gridOf(40, 36, 30);
  const Medium medium = waterOn(grid, 364.5);
  const std::vector<WindowModel> windows{iodineWindow()};
  const auto imageOf = [&](std::size_t first, std::size_t count) {
    return project(sources(grid, first, count), medium, {0, 70}, pictureOn(grid, 8), windows).front();
  };
  const auto whole = imageOf(0, 6), some = imageOf(0, 2), others = imageOf(2, 4);
  const float peak = *std::max_element(whole.pixels().begin(), whole.pixels().end());
  for (std::size_t pixel = 0; pixel < whole.pixels().size(); ++pixel)
    EXPECT_NEAR(some.pixels()[pixel] + others.pixels()[pixel], whole.pixels()[pixel], 1e-4 * peak);
}

TEST(Projector, ThreadsDoNotChangeABit) {
  const image::VoxelGrid grid = gridOf(40, 36, 30);
  const Medium medium = waterOn(grid, 364.5);
  auto second = iodineWindow();
  second.response.collimator.holeMm = 3;
  const auto imagesOn = [&](unsigned threads) {
    ProjectorConfig config;
    config.threads = threads;
    return project(sources(grid, 0, 6), medium, {25, 120, 0, 30}, pictureOn(grid, 8),
                   {iodineWindow(), second}, config);
  };
  EXPECT_EQ(imagesOn(1), imagesOn(2));
}

TEST(Projector, TimesGrow) {
  const image::VoxelGrid grid = gridOf(20, 20, 20);
  ProjectorTimes times;
  for (int repeat = 0; repeat < 2; ++repeat)
    project(sources(grid, 0, 3), waterOn(grid), {0, 70}, pictureOn(grid), {iodineWindow()}, {}, &times);
  for (const double step : {times.attenuation, times.core, times.scatter, times.tails, times.resampling})
    EXPECT_GT(step, 0);
}

TEST(Projector, NoActivityGivesEmptyImages) {
  const image::Volume activity(gridOf(8, 8, 8));
  const auto images = project(activity, {}, {0, 50}, kPicture, {windowWith(technetiumResponse())});
  ASSERT_EQ(images.size(), 1U);
  EXPECT_EQ(images[0], image::Image(64, 64, 0.0F));
}

}  // namespace
}  // namespace remnant::projection

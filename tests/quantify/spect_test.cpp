#include "remnant/quantify/spect.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "remnant/base/random.h"
#include "remnant/physics/attenuation.h"
#include "support/refusal_code.h"

namespace remnant::quantify {
namespace {

constexpr double kRadiusMm = 60, kPixelMm = 4.8;

/// A cylinder of water along z about (5, 70).
projection::Medium cylinder() {
  image::VoxelGrid grid{.columns = 36, .rows = 24, .slices = 36, .voxelMm = 4, .corner = {-67, -2, -48}};
  projection::Medium medium{image::Volume(grid), 140.5};
  for (std::size_t slice = 0; slice < grid.slices; ++slice)
    for (std::size_t row = 0; row < grid.rows; ++row)
      for (std::size_t column = 0; column < grid.columns; ++column) {
        const double r =
            std::hypot(grid.x(static_cast<double>(column)) - 5, grid.y(static_cast<double>(slice)) - 70);
        // The share of the voxel within, as a ramp over its width.
        medium.attenuationPerMm.at(slice, row, column) = static_cast<float>(
            medium.attenuationOfWaterPerMm() * std::clamp(0.5 + (kRadiusMm - r) / grid.voxelMm, 0.0, 1.0));
      }
  return medium;
}

/// To the cylinder's side along the ray towards the head, in closed form.
double chord(const image::Point& point, double angle) {
  const double ux = std::sin(angle), uy = -std::cos(angle), dx = point.x - 5, dy = point.y - 70;
  const double along = dx * ux + dy * uy;
  return -along + std::sqrt(along * along + kRadiusMm * kRadiusMm - dx * dx - dy * dy);
}

double normalBelow(double t) {
  return 0.5 * std::erfc(-t / std::numbers::sqrt2);
}

/// Projections of points in the cylinder, each a Gaussian integrated over the pixels.
TomographicProblem problemOf(const std::vector<std::pair<image::Point, double>>& foci, double background,
                             RandomStream* random) {
  TomographicProblem problem;
  problem.picture = {.rows = 32, .columns = 48, .pixelMm = kPixelMm, .centreU = 0, .topMm = -76.8};
  problem.response.keV = 140.5;
  problem.response.collimator = {.name = "LEHR", .holeMm = 1.11, .septumMm = 0.16, .lengthMm = 24.05};
  problem.response.coreCpsPerMBq = 91;
  problem.map = cylinder();
  const double water = problem.map.attenuationOfWaterPerMm();
  for (int number = 0; number < 36; ++number) {
    TomographicView view;
    view.head = {.angleDegrees = 10.0 * number, .planeMm = 110, .axisX = 0, .axisY = 65};
    view.exposureSeconds = 20;
    image::Image expected(problem.picture.rows, problem.picture.columns, static_cast<float>(background));
    for (const auto& [point, activity] : foci) {
      const auto seen = projection::seenFrom(view.head, point);
      const double sigma = problem.response.sigmaMm(seen.distanceMm);
      const double counts = activity * 91 * 20 *
                            std::exp(-water * chord(point, view.head.angleDegrees * std::numbers::pi / 180));
      const auto share = [&](double centre) {
        return normalBelow((centre + 0.5) * kPixelMm / sigma) -
               normalBelow((centre - 0.5) * kPixelMm / sigma);
      };
      for (std::size_t row = 0; row < problem.picture.rows; ++row)
        for (std::size_t column = 0; column < problem.picture.columns; ++column)
          expected.at(row, column) +=
              static_cast<float>(counts * share(static_cast<double>(row) - problem.picture.rowOf(seen.z)) *
                                 share(static_cast<double>(column) - problem.picture.columnOf(seen.u)));
    }
    view.counts = image::Counts(problem.picture.rows, problem.picture.columns);
    for (std::size_t i = 0; i < expected.pixels().size(); ++i)
      view.counts.pixels()[i] = random ? static_cast<std::int32_t>(random->poisson(expected.pixels()[i]))
                                       : static_cast<std::int32_t>(std::lround(expected.pixels()[i]));
    view.expectedOther =
        image::Image(problem.picture.rows, problem.picture.columns, static_cast<float>(background));
    problem.views.push_back(std::move(view));
  }
  return problem;
}

const Estimate& estimateOf(const Result& result) {
  return std::get<Estimate>(result);
}

SpectConfig quick() {
  SpectConfig config;
  config.resamplings = 0;
  return config;
}

TEST(Spect, FindsDepthAndActivityOfPointsInWater) {
  // 20 mm and 32 mm below the skin of their columns.
  const image::Point first{-12, 70 - std::sqrt(60. * 60 - 17 * 17) + 20, -8};
  const image::Point second{28, 70 - std::sqrt(60. * 60 - 23 * 23) + 32, 14};
  const TomographicProblem problem = problemOf({{first, 50}, {second, 20}}, 0, nullptr);
  const auto answers =
      quantifySpect(problem, {{-10, first.y + 4, -5}, {25, second.y - 3, 12}}, {1, 0.02}, 0.5, quick());
  EXPECT_NEAR(estimateOf(answers[0].depthMm).value, 20, 1.5);
  EXPECT_NEAR(estimateOf(answers[1].depthMm).value, 32, 1.5);
  EXPECT_NEAR(estimateOf(answers[0].activityMBq).value / 50, 1, 0.03);
  EXPECT_NEAR(estimateOf(answers[1].activityMBq).value / 20, 1, 0.03);
  EXPECT_NEAR(answers[0].centroid.x, first.x, 1);
  EXPECT_NEAR(answers[0].centroid.z, first.z, 1);
  EXPECT_NEAR(estimateOf(answers[0].uptakePercent).value, 0.5 * estimateOf(answers[0].activityMBq).value,
              1e-9);
}

TEST(Spect, StatesAnUncertaintyThatIsThere) {
  const image::Point point{5, 30, 0};
  RandomStream random(2, 7);
  const TomographicProblem problem = problemOf({{point, 0.5}}, 0.5, &random);
  SpectConfig config;
  config.tomography.iterations = 4;
  const auto answers = quantifySpect(problem, {{5, 32, 0}}, {1, 0.02}, 0, config);
  const Estimate &depth = estimateOf(answers[0].depthMm), &activity = estimateOf(answers[0].activityMBq);
  EXPECT_NEAR(depth.value, 20, 4 * depth.standardUncertainty());
  EXPECT_NEAR(activity.value / 0.5, 1, 4 * activity.standardUncertainty() / activity.value);
  // About 10^4 counts: no better than the root of their number, and not many times worse.
  EXPECT_GT(activity.statistical / activity.value, 0.007);
  EXPECT_LT(activity.statistical / activity.value, 0.06);
  EXPECT_GT(depth.statistical, 0.03);
  EXPECT_LT(depth.statistical, 1);
  EXPECT_EQ(std::get<Refusal>(answers[0].uptakePercent).code, "no-dose");
}

TEST(Spect, RefusesWhatDoesNotStandOut) {
  RandomStream random(2, 8);
  const image::Point point{5, 30, 0};
  SpectConfig config;
  config.tomography.iterations = 2;
  // About 40 counts on as many hundreds.
  const auto answers = quantifySpect(problemOf({{point, 0.002}}, 3, &random), {point}, {1, 0.02}, 2, config);
  EXPECT_EQ(std::get<Refusal>(answers[0].depthMm).code, "not-significant");
  EXPECT_EQ(std::get<Refusal>(answers[0].uptakePercent).code, "not-significant");
}

TEST(Spect, RefusesWithTheReason) {
  const image::Point point{5, 30, 0};
  TomographicProblem problem = problemOf({{point, 50}}, 0, nullptr);
  const auto near = quantifySpect(problem, {point, {12, 30, 0}}, {1, 0.02}, 1, quick());
  EXPECT_EQ(std::get<Refusal>(near[0].depthMm).code, "overlapping-focus");
  problem.views.back().head.axisX = 3;
  EXPECT_EQ(testing::refusalCodeOf([&] { reconstruct(problem); }), "views-differ");
  problem.views.resize(6);
  EXPECT_EQ(testing::refusalCodeOf([&] { reconstruct(problem); }), "too-few-views");
}

TEST(FitBall, IsExactOnAGaussianAndALevel) {
  image::VoxelGrid grid{.columns = 16, .rows = 16, .slices = 16, .voxelMm = 4, .corner = {0, 0, 0}};
  image::Volume volume(grid, 0.01F);
  double sum = 0;
  for (std::size_t slice = 0; slice < 16; ++slice)
    for (std::size_t row = 0; row < 16; ++row)
      for (std::size_t column = 0; column < 16; ++column) {
        const double dx = grid.x(static_cast<double>(column)) - 31,
                     dy = grid.y(static_cast<double>(slice)) - 29,
                     dz = grid.z(static_cast<double>(row)) - 33.5;
        const double value = 2 * std::exp(-(dx * dx + dy * dy + dz * dz) / (2 * 36));
        volume.at(slice, row, column) += static_cast<float>(value);
        sum += value;
      }
  const BallFit fit = fitBall(volume, {35, 26, 30}, 22);
  ASSERT_TRUE(fit.found);
  EXPECT_NEAR(fit.centroid.x, 31, 1e-3);
  EXPECT_NEAR(fit.centroid.y, 29, 1e-3);
  EXPECT_NEAR(fit.centroid.z, 33.5, 1e-3);
  EXPECT_NEAR(fit.sigmaMm, 6, 1e-3);
  EXPECT_NEAR(fit.activityMBq / sum, 1, 1e-3);
  EXPECT_FALSE(fitBall(image::Volume(grid, 1), {35, 26, 30}, 22).found) << "nothing but a level";
}

TEST(FitBall, TakesTheLevelAsThatOfTissueOnly) {
  // Tissue behind y = 24, as sharp as a reconstruction with a blur of 4 mm shows it.
  const image::VoxelGrid grid{.columns = 16, .rows = 16, .slices = 16, .voxelMm = 4, .corner = {0, 0, 0}};
  projection::Medium body{image::Volume(grid), 140.5};
  image::Volume volume(grid);
  double sum = 0;
  for (std::size_t slice = 0; slice < 16; ++slice)
    for (std::size_t row = 0; row < 16; ++row)
      for (std::size_t column = 0; column < 16; ++column) {
        const double y = grid.y(static_cast<double>(slice));
        if (y > 24) body.attenuationPerMm.at(slice, row, column) = 0.0154F;
        const double dx = grid.x(static_cast<double>(column)) - 32,
                     dz = grid.z(static_cast<double>(row)) - 32;
        const double value = std::exp(-(dx * dx + (y - 30) * (y - 30) + dz * dz) / (2 * 25));
        volume.at(slice, row, column) = static_cast<float>(value + 0.2 * normalBelow((y - 24) / 4));
        sum += value;
      }
  EXPECT_NEAR(fitBall(volume, {32, 30, 32}, 22, &body).activityMBq / sum, 1, 0.03);
  EXPECT_GT(fitBall(volume, {32, 30, 32}, 22).activityMBq / sum, 1.15) << "air before it lowers the level";
}

}  // namespace
}  // namespace remnant::quantify

#include "remnant/quantify/pixel_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "quantify/joint_scene.h"
#include "remnant/projection/projector.h"

namespace remnant::quantify {
namespace {

/// Small beside the pixels: the projector's voxels are boxes, which beat with the pixels' edges.
constexpr double kVoxelMm = 1;
constexpr double kRadiusMm = 5;

/// A ball of activity at a depth of a box of water of the slab's thickness.
struct VoxelScene {
  projection::Medium medium;
  image::Volume activityMBq;
};

/// Of a voxel about a place, measured from the ball's middle: 5 x 5 x 5 points.
double shareInBall(const image::Point& place) {
  int inside = 0;
  for (int i = 0; i < 125; ++i) {
    const auto shifted = [&](double middle, int step) { return middle + kVoxelMm * (step - 2) / 5; };
    const double x = shifted(place.x, i % 5), y = shifted(place.y, i / 5 % 5), z = shifted(place.z, i / 25);
    inside += x * x + y * y + z * z < kRadiusMm * kRadiusMm ? 1 : 0;
  }
  return inside / 125.0;
}

VoxelScene voxelScene(double keV, double attenuationPerMm, double x, double depthMm, double z) {
  const image::VoxelGrid grid{
      .columns = 64, .rows = 64, .slices = 120, .voxelMm = kVoxelMm, .corner = {-32, 0, -32}};
  VoxelScene scene{{image::Volume(grid, static_cast<float>(attenuationPerMm)), keV}, image::Volume(grid)};
  double sum = 0;
  for (const bool normalise : {false, true})
    for (std::size_t slice = 0; slice < grid.slices; ++slice)
      for (std::size_t row = 0; row < grid.rows; ++row)
        for (std::size_t column = 0; column < grid.columns; ++column) {
          const double share = shareInBall({grid.x(static_cast<double>(column)) - x,
                                            grid.y(static_cast<double>(slice)) - depthMm,
                                            grid.z(static_cast<double>(row)) - z});
          if (normalise)
            scene.activityMBq.at(slice, row, column) = static_cast<float>(share / sum);
          else
            sum += share;
        }
  return scene;
}

/// What is left of the projector's voxels; scattered photons are those of a Gaussian instead of a ball.
constexpr double kPhotopeakShare = 0.016, kScatterShare = 0.025;
/// Scatter is not linear in the depth, over which the source extends and by which the projector interpolates.
constexpr double kPhotopeakTotal = 0.005, kScatterTotal = 0.01;

void expectLikeTheProjector(bool iodine, double depthMm) {
  PlanarProblem problem = slabProblem(iodine, !iodine, 40);
  const SlabOptics optics = slabOptics(iodine);
  const double keV = iodine ? 364.5 : 140.5;
  const VoxelScene scene = voxelScene(keV, optics.waterAttenuationPerMm(), 3.3, depthMm, -5.1);
  for (const CalibratedView& view : problem.views) {
    const auto images =
        projection::project(scene.activityMBq, scene.medium, view.head, view.picture, {view.model});
    const image::Point point{3.3, depthMm, -5.1};
    const auto seen = projection::seenFrom(view.head, point);
    const PixelModel model(view, {0, 0, view.picture.columns, view.picture.rows},
                           optics.waterAttenuationPerMm());
    std::vector<double> counts(model.pixels());
    model.evaluate({1, seen.u, seen.z, seen.distanceMm, optics.ray(point, view.head).opticalDepth, kRadiusMm,
                    kRadiusMm, view.model.response.tailScale},
                   counts.data(), false);
    const auto& rates = images.front().pixels();
    const double peak = *std::max_element(rates.begin(), rates.end());
    double worst = 0;
    for (std::size_t i = 0; i < counts.size(); ++i)
      worst = std::max(worst, std::abs(counts[i] - static_cast<double>(rates[i])) / peak);
    EXPECT_LT(worst, view.windowNumber == 0 ? kPhotopeakShare : kScatterShare)
        << "window " << view.windowNumber << " head " << view.headNumber;
    const double sum = std::accumulate(counts.begin(), counts.end(), 0.0),
                 projected = std::accumulate(rates.begin(), rates.end(), 0.0);
    EXPECT_NEAR(sum / projected, 1, view.windowNumber == 0 ? kPhotopeakTotal : kScatterTotal)
        << "window " << view.windowNumber << " head " << view.headNumber;
  }
}

TEST(PixelModel, IsWhatTheProjectorGivesForTechnetium) {
  for (const double depth : {15., 60.}) expectLikeTheProjector(false, depth);
}

TEST(PixelModel, IsWhatTheProjectorGivesForIodineWithTails) {
  for (const double depth : {15., 60.}) expectLikeTheProjector(true, depth);
}

TEST(PixelModel, ProfileIsTheIntegralOfTheGaussianWithItsDerivatives) {
  constexpr double kFirst = -7, kPixel = 2.4, kCentre = 1.3, kVariance = 9;
  const AxisProfile profile = axisProfile(kFirst, kPixel, 6, kCentre, kVariance);
  constexpr double kStep = 1e-4;
  const auto value = [](double centre, double variance, std::size_t pixel) {
    return axisProfile(kFirst, kPixel, 6, centre, variance).value[pixel];
  };
  for (std::size_t pixel = 0; pixel < 6; ++pixel) {
    // Simpson's rule with 200 intervals.
    double integral = 0;
    for (int i = 0; i <= 200; ++i) {
      const double t = kFirst + kPixel * (static_cast<double>(pixel) + i / 200.) - kCentre;
      integral += std::exp(-t * t / (2 * kVariance)) * (i == 0 || i == 200 ? 1 : i % 2 ? 4 : 2);
    }
    integral *= kPixel / 600 / std::sqrt(2 * std::numbers::pi * kVariance);
    EXPECT_NEAR(profile.value[pixel], integral, 1e-10);
    EXPECT_NEAR(
        profile.byCentre[pixel],
        (value(kCentre + kStep, kVariance, pixel) - value(kCentre - kStep, kVariance, pixel)) / (2 * kStep),
        1e-8);
    EXPECT_NEAR(
        profile.byVariance[pixel],
        (value(kCentre, kVariance + kStep, pixel) - value(kCentre, kVariance - kStep, pixel)) / (2 * kStep),
        1e-8);
  }
}

TEST(PixelModel, ColumnsAreTheDerivativesOfTheCounts) {
  const PlanarProblem problem = slabProblem(true, false, 40);
  const CalibratedView& view = problem.views[1];
  const PixelModel model(view, {4, 6, 30, 28}, 0.011);
  const SeenFocus focus{1000, 3.1, -4.7, 71, 0.523, 5.5, 7, 1.2};
  const std::vector<std::pair<FocusColumn, double SeenFocus::*>> columns{
      {kAcross, &SeenFocus::u},
      {kAlong, &SeenFocus::z},
      {kDistance, &SeenFocus::distanceMm},
      {kOpticalDepth, &SeenFocus::opticalDepth},
      {kSemiAcross, &SeenFocus::semiAcrossMm},
      {kSemiAlong, &SeenFocus::semiAlongMm},
      {kLogTailScale, &SeenFocus::tailScale}};
  std::vector<double> analytic(kFocusColumns * model.pixels()), above(model.pixels()), below(model.pixels());
  model.evaluate(focus, analytic.data(), true);
  for (const auto& [column, member] : columns) {
    const double step = 1e-4 * std::abs(focus.*member);
    SeenFocus changed = focus;
    changed.*member = focus.*member + step;
    model.evaluate(changed, above.data(), false);
    changed.*member = focus.*member - step;
    model.evaluate(changed, below.data(), false);
    const double unit = column == kLogTailScale ? focus.tailScale : 1;
    double greatest = 0, worst = 0;
    for (std::size_t i = 0; i < model.pixels(); ++i) {
      const double difference = (above[i] - below[i]) / (2 * step) * unit;
      greatest = std::max(greatest, std::abs(difference));
      worst = std::max(worst, std::abs(difference - analytic[column * model.pixels() + i]));
    }
    EXPECT_LT(worst, 2e-3 * greatest) << "column " << column;
  }
}

}  // namespace
}  // namespace remnant::quantify

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "quantify/joint_scene.h"
#include "remnant/projection/projector.h"
#include "remnant/quantify/pixel_model.h"

/// The estimators' picture of a small source of iodine-131 and the simulator's, around it ring by ring and
/// sector by sector. Both are meant to be the same integral.
namespace remnant::quantify {
namespace {

struct Scene {
  double voxelMm = 2.4;
  double pixelMm = 2.4;
  double depthMm = 50;
  bool water = false;
  double rayAngleDegrees = 15;
  double sourceMm = 2.5;  ///< standard deviation
};

constexpr double kWaterPerMm = 0.011;
constexpr double kX = 3.3, kZ = -5.1, kThicknessMm = 120;

/// The share of a Gaussian within each of `count` voxels along an axis.
std::vector<double> sharesOf(double first, double voxelMm, std::size_t count, double centre, double sigma) {
  return axisProfile(first, voxelMm, count, centre, sigma * sigma).value;
}

/// A Gaussian as voxels hold it, each its own share.
image::Volume gaussianSource(const image::VoxelGrid& grid, const image::Point& middle, double sigma) {
  image::Volume activity(grid);
  const auto x = sharesOf(grid.corner.x, grid.voxelMm, grid.columns, middle.x, sigma),
             y = sharesOf(grid.corner.y, grid.voxelMm, grid.slices, middle.y, sigma),
             z = sharesOf(grid.corner.z, grid.voxelMm, grid.rows, middle.z, sigma);
  for (std::size_t slice = 0; slice < grid.slices; ++slice)
    for (std::size_t row = 0; row < grid.rows; ++row)
      for (std::size_t column = 0; column < grid.columns; ++column)
        activity.at(slice, row, column) = static_cast<float>(x[column] * y[slice] * z[row]);
  return activity;
}

struct Pictures {
  CalibratedView view;
  image::Image projected;
  std::vector<double> modelled;
};

/// A Gaussian source from point sources, by the rule of Gauss and Hermite with five nodes along each axis.
std::vector<double> gaussianModelled(const PixelModel& model, const SeenFocus& middle, double sigma,
                                     bool water) {
  constexpr std::array<double, 5> kPlaces{-2.856970013872806, -1.355626179974266, 0, 1.355626179974266,
                                          2.856970013872806};
  constexpr std::array<double, 5> kShares{0.01125741132772069, 0.2220759220056127, 8.0 / 15,
                                          0.2220759220056127, 0.01125741132772069};
  std::vector<double> sum(model.pixels()), one(model.pixels());
  for (std::size_t across = 0; across < 5; ++across)
    for (std::size_t along = 0; along < 5; ++along)
      for (std::size_t away = 0; away < 5; ++away) {
        SeenFocus point = middle;
        point.u += kPlaces[across] * sigma;
        point.z += kPlaces[along] * sigma;
        point.distanceMm += kPlaces[away] * sigma;
        if (water) point.opticalDepth += kWaterPerMm * kPlaces[away] * sigma;
        model.evaluate(point, one.data(), false);
        for (std::size_t i = 0; i < sum.size(); ++i)
          sum[i] += kShares[across] * kShares[along] * kShares[away] * one[i];
      }
  return sum;
}

Pictures picturesOf(const Scene& scene) {
  projection::WindowModel model = iodineWindow();
  model.response.rayAngleDegrees = scene.rayAngleDegrees;
  const auto side = static_cast<std::size_t>(std::lround(260 / scene.pixelMm));
  Pictures pictures{slabView(model, false, 0, side, scene.pixelMm), {}, {}};
  const auto voxels = static_cast<std::size_t>(std::lround(44 / scene.voxelMm)),
             slices = static_cast<std::size_t>(std::lround(kThicknessMm / scene.voxelMm));
  const double half = static_cast<double>(voxels) * scene.voxelMm / 2;
  const image::VoxelGrid grid{voxels, voxels, slices, scene.voxelMm, {-half, 0, -half}};
  const image::Point middle{kX, scene.depthMm, kZ};
  projection::Medium medium{image::Volume(grid, static_cast<float>(scene.water ? kWaterPerMm : 0)), 364.5};
  projection::ProjectorConfig config;
  config.scatter = scene.water ? projection::ScatterModel::kAnalytic : projection::ScatterModel::kNone;
  pictures.projected = projection::project(gaussianSource(grid, middle, scene.sourceMm), medium,
                                           pictures.view.head, pictures.view.picture, {model}, config)
                           .front();
  const auto seen = projection::seenFrom(pictures.view.head, middle);
  const double depth = scene.water ? kWaterPerMm * scene.depthMm : 0;
  const PixelModel pixels(pictures.view, {0, 0, side, side}, kWaterPerMm);
  SeenFocus focus;
  focus.amplitude = 1;
  focus.u = seen.u;
  focus.z = seen.z;
  focus.distanceMm = seen.distanceMm;
  focus.opticalDepth = depth;
  focus.tailScale = model.response.tailScale;
  pictures.modelled = gaussianModelled(pixels, focus, scene.sourceMm, scene.water);
  return pictures;
}

struct Sums {
  double projected = 0, modelled = 0;
};

/// Rings of 5 mm up to 100 mm, in sectors of 30 degrees that begin between the rays.
constexpr std::size_t kRings = 20, kSectors = 12;

std::array<std::array<Sums, kSectors>, kRings> sumsOf(const Pictures& pictures) {
  const projection::Picture& picture = pictures.view.picture;
  const physics::PointResponse& response = pictures.view.model.response;
  std::array<std::array<Sums, kSectors>, kRings> sums{};
  for (std::size_t row = 0; row < picture.rows; ++row)
    for (std::size_t column = 0; column < picture.columns; ++column) {
      const double u = (static_cast<double>(column) - picture.columnOf(kX)) * picture.pixelMm,
                   z = (static_cast<double>(row) - picture.rowOf(kZ)) * picture.pixelMm;
      const double turn = (std::atan2(z, u) * 180 / std::numbers::pi - response.rayAngleDegrees + 735) / 30;
      const auto ring = static_cast<std::size_t>(std::hypot(u, z) / 5);
      if (ring >= kRings) continue;
      Sums& sum = sums[ring][static_cast<std::size_t>(turn) % kSectors];
      sum.projected += pictures.projected.at(row, column);
      sum.modelled += pictures.modelled[row * picture.columns + column];
    }
  return sums;
}

/// Of the picture within 24 mm of the source, along u and z together, mm^2.
template <class Values>
double varianceNear(const Values& values, const projection::Picture& picture) {
  double sum = 0, squares = 0;
  for (std::size_t row = 0; row < picture.rows; ++row)
    for (std::size_t column = 0; column < picture.columns; ++column) {
      const double u = (static_cast<double>(column) - picture.columnOf(kX)) * picture.pixelMm,
                   z = (static_cast<double>(row) - picture.rowOf(kZ)) * picture.pixelMm;
      if (std::hypot(u, z) > 24) continue;
      const double value = values[row * picture.columns + column];
      sum += value;
      squares += value * (u * u + z * z);
    }
  return squares / sum / 2;
}

/// Worst difference of pixels at least so far from the source, as a share of the picture's peak.
double worstBeyond(const Pictures& pictures, double radiusMm) {
  const projection::Picture& picture = pictures.view.picture;
  double worst = 0;
  for (std::size_t row = 0; row < picture.rows; ++row)
    for (std::size_t column = 0; column < picture.columns; ++column) {
      const double u = (static_cast<double>(column) - picture.columnOf(kX)) * picture.pixelMm,
                   z = (static_cast<double>(row) - picture.rowOf(kZ)) * picture.pixelMm;
      if (std::hypot(u, z) < radiusMm) continue;
      worst = std::max(worst, std::abs(pictures.projected.at(row, column) -
                                       pictures.modelled[row * picture.columns + column]));
    }
  return worst / *std::max_element(pictures.modelled.begin(), pictures.modelled.end());
}

/// Near the head the core is hardly wider than two voxels, whose boxes are no Gaussians.
constexpr double kCoreShare = 0.005, kTailShare = 0.001, kTailsFromMm = 20;

void expectTheSame(const Scene& scene) {
  SCOPED_TRACE(testing::Message() << "voxels of " << scene.voxelMm << " mm, pixels of " << scene.pixelMm
                                  << " mm, depth " << scene.depthMm << (scene.water ? ", water" : ", air"));
  const Pictures pictures = picturesOf(scene);
  const auto sums = sumsOf(pictures);
  for (std::size_t ring = 1; ring < kRings; ++ring)
    for (std::size_t sector = 0; sector < kSectors; ++sector) {
      const Sums& sum = sums[ring][sector];
      // Wide pixels leave some sectors of small rings without a middle.
      if (!(sum.modelled > 0)) continue;
      EXPECT_NEAR(sum.projected / sum.modelled, 1, 0.02) << "from " << 5 * ring << " mm, sector " << sector;
    }
  EXPECT_LT(worstBeyond(pictures, 0), kCoreShare);
  EXPECT_LT(worstBeyond(pictures, kTailsFromMm), kTailShare);
  const projection::Picture& picture = pictures.view.picture;
  EXPECT_NEAR(varianceNear(pictures.projected.pixels(), picture), varianceNear(pictures.modelled, picture),
              0.2);
}

TEST(PixelModelTails, AreThoseOfTheProjectorInAir) {
  for (const auto& [voxelMm, pixelMm] : {std::pair{2.4, 2.4}, std::pair{2.2, 4.4}, std::pair{2.0, 4.8}})
    for (const double depthMm : {15., 90.})
      expectTheSame({.voxelMm = voxelMm, .pixelMm = pixelMm, .depthMm = depthMm});
}

TEST(PixelModelTails, AreThoseOfTheProjectorInWater) {
  for (const auto& [voxelMm, pixelMm] : {std::pair{2.2, 2.4}, std::pair{2.4, 4.8}})
    for (const double depthMm : {15., 50.})
      expectTheSame({.voxelMm = voxelMm, .pixelMm = pixelMm, .depthMm = depthMm, .water = true});
}

}  // namespace
}  // namespace remnant::quantify

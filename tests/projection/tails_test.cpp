#include "remnant/projection/tails.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "projection/scenes.h"
#include "remnant/physics/tail_shape.h"

namespace remnant::projection {
namespace {

image::Image tailsOfPoint(const image::VoxelGrid& grid, std::size_t margin, double distanceMm,
                          const physics::PointResponse& response) {
  image::Volume activity(grid);
  activity.at(0, grid.rows / 2, grid.columns / 2) = 1;
  ProjectorConfig config = withoutScatter();
  const HeadPosition head{0, distanceMm - grid.voxelMm / 2};
  const Picture picture = pictureOn(grid, margin);
  auto with = project(activity, {}, head, picture, {windowWith(response)}, config).front();
  config.tails = true;
  auto tails = project(activity, {}, head, picture, {windowWith(response)}, config).front();
  for (std::size_t pixel = 0; pixel < tails.pixels().size(); ++pixel)
    tails.pixels()[pixel] -= with.pixels()[pixel];
  return tails;
}

// physics.md section 9, test 12: the picture reaches nine lengths of the longer tail, whose share beyond is
// (1 + 9) e^-9.
TEST(Tails, ThePictureHoldsAllCountsOfCoreAndTails) {
  const auto response = iodineResponse();
  const image::VoxelGrid grid = gridOf(5, 5, 1, 4);
  const double tails = sumOf(tailsOfPoint(grid, 150, 100, response));
  EXPECT_NEAR(tails / (20 / 0.65 * 0.35), 1, 3e-3);
  EXPECT_NEAR((20 + tails) / response.totalCpsPerMBq(), 1, 1e-3);
}

/// Mean over a ring's directions within `halfWidth` degrees of the angles `first` + k 60 degrees.
double ringMean(const image::Image& image, double radiusPixels, double first, double halfWidth) {
  const double middle = static_cast<double>(image.rows() - 1) / 2;
  double sum = 0, count = 0;
  for (double offset = -halfWidth; offset <= halfWidth; offset += 0.5)
    for (int ray = 0; ray < 6; ++ray) {
      const double angle = (first + 60 * ray + offset) * std::numbers::pi / 180;
      sum += image.at(static_cast<std::size_t>(std::lround(middle + radiusPixels * std::sin(angle))),
                      static_cast<std::size_t>(std::lround(middle + radiusPixels * std::cos(angle))));
      ++count;
    }
  return sum / count;
}

// physics.md section 9, test 12, in the picture: rays where the collimator has them, from +u towards +z.
TEST(Tails, SixRaysLieWhereTheResponseHasThem) {
  for (const double first : {0.0, 15.0}) {
    auto response = iodineResponse();
    response.rayAngleDegrees = first;
    const image::Image tails = tailsOfPoint(gridOf(5, 5, 1), 70, 100, response);
    for (const double radius : {40.0, 55.0}) {
      const auto profile = physics::tailShapeOf(response)->profile(100, first);
      // Counts a second in a pixel of 2 mm: all tails together have 20 / 0.65 times their fractions.
      const auto density = [&](double degrees) {
        const double angle = (first + degrees) * std::numbers::pi / 180, mm = 2 * radius;
        return 4 * 20 / 0.65 * profile.density(mm * std::cos(angle), mm * std::sin(angle));
      };
      // Means over pixels about the ring.
      EXPECT_NEAR(ringMean(tails, radius, first, 1) / density(0), 1, 0.03) << first << ' ' << radius;
      EXPECT_NEAR(ringMean(tails, radius, first + 30, 5) / density(30), 1, 0.03) << first << ' ' << radius;
      EXPECT_GT(ringMean(tails, radius, first, 1), 2 * ringMean(tails, radius, first + 30, 5));
    }
  }
}

TEST(Tails, ThePictureOfAPointIsTheSameTurnedBySixtyDegrees) {
  const image::Image tails = tailsOfPoint(gridOf(5, 5, 1), 70, 100, iodineResponse());
  const double middle = 72;
  for (const double degrees : {0.0, 10.0, 30.0}) {
    double least = 1e9, most = 0;
    for (int ray = 0; ray < 6; ++ray) {
      const double angle = (degrees + 60 * ray) * std::numbers::pi / 180;
      const double value = tails.at(static_cast<std::size_t>(std::lround(middle + 45 * std::sin(angle))),
                                    static_cast<std::size_t>(std::lround(middle + 45 * std::cos(angle))));
      least = std::min(least, value);
      most = std::max(most, value);
    }
    // The nearest pixels lie up to 0.7 pixels from the directions meant.
    EXPECT_LT(most / least, 1.2) << degrees;
  }
}

}  // namespace
}  // namespace remnant::projection

#include "remnant/quantify/background_shape.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "quantify/joint_scene.h"

namespace remnant::quantify {
namespace {

/// 100 mm of water with its foremost skin at y = 0, in its left half (x > 0) air from 15 to 35 mm.
projection::Medium halfWithAir() {
  image::VoxelGrid grid{.columns = 80, .rows = 40, .slices = 60, .voxelMm = 2, .corner = {-80, -10, -40}};
  projection::Medium medium{image::Volume(grid), 140.5};
  const auto water = static_cast<float>(medium.attenuationOfWaterPerMm());
  for (std::size_t slice = 5; slice < 55; ++slice) {
    const double y = grid.y(static_cast<double>(slice));
    for (std::size_t row = 0; row < 40; ++row)
      for (std::size_t column = 0; column < 80; ++column)
        if (column < 40 || y < 15 || y > 35) medium.attenuationPerMm.at(slice, row, column) = water;
  }
  return medium;
}

double meanAt(const image::Image& shape, std::size_t column) {
  double sum = 0;
  for (std::size_t row = 20; row < 28; ++row) sum += shape.at(row, column) / 8;
  return sum;
}

TEST(EvenBackground, DipsOverAir) {
  const projection::Medium medium = halfWithAir();
  CalibratedView view = slabView(technetiumWindow(false), false, 0, 48, 2.4);
  const image::Image shape = evenBackground(medium, view, {.elsewhereShare = 0});
  const double mu = medium.attenuationOfWaterPerMm();
  const double whole = (1 - std::exp(-mu * 100)) / mu;
  const double withAir = (1 - std::exp(-mu * 15)) / mu + std::exp(-mu * 15) * (1 - std::exp(-mu * 65)) / mu;
  // 36 mm to either side of the border; scattered photons, a fifth of all, blur the difference.
  EXPECT_NEAR(meanAt(shape, 39) / meanAt(shape, 9), withAir / whole, 0.06);
}

TEST(EvenBackground, IsAboveNothingEverywhere) {
  const CalibratedView view = slabView(technetiumWindow(false), true, 0, 96, 2.4);
  const image::Image shape = evenBackground(halfWithAir(), view);
  const auto& pixels = shape.pixels();
  const float most = *std::max_element(pixels.begin(), pixels.end());
  EXPECT_GT(*std::min_element(pixels.begin(), pixels.end()), 0.04F * most) << "beyond the body too";
}

TEST(EvenBackground, CountsNothingBehindTheHead) {
  CalibratedView view = slabView(technetiumWindow(false), false, 0, 48, 2.4);
  view.head.planeMm = -30;  // the face stands 30 mm inside the body
  const image::Image inside = evenBackground(halfWithAir(), view, {.elsewhereShare = 0});
  EXPECT_GT(meanAt(inside, 9), 0);
}

}  // namespace
}  // namespace remnant::quantify

#include "remnant/phantom/blur.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace remnant::phantom {
namespace {

TEST(GaussianKernel, SumsToOneWithTheAskedVariance) {
  for (const double sigma : {0.8, 1.5, 4.0}) {
    const std::vector<float> kernel = gaussianKernel(sigma, 5);
    const auto middle = static_cast<double>(kernel.size() / 2);
    double sum = 0, variance = 0;
    for (std::size_t tap = 0; tap < kernel.size(); ++tap) {
      sum += kernel[tap];
      variance += kernel[tap] * std::pow(static_cast<double>(tap) - middle, 2);
    }
    EXPECT_NEAR(sum, 1, 1e-6);
    EXPECT_NEAR(variance, sigma * sigma, 1e-3 * sigma * sigma) << sigma;
  }
}

TEST(AddBlurred, KeepsTheSumAwayFromTheBorderAndLosesBeyondIt) {
  const std::vector<float> kernel = gaussianKernel(1.5, 4);
  image::Image layer(1, 1, 10.0F);
  image::Image inside(41, 41), corner(41, 41);
  addBlurred(layer, kernel, 20, 20, inside);
  addBlurred(layer, kernel, 0, 0, corner);
  const auto sum = [](const image::Image& image) {
    return std::accumulate(image.pixels().begin(), image.pixels().end(), 0.0);
  };
  EXPECT_NEAR(sum(inside), 10, 1e-4);
  // Of a kernel of sum 1 with middle tap m, (1 + m) / 2 lies on one side, along both axes.
  const double oneSide = (1 + kernel[kernel.size() / 2]) / 2;
  EXPECT_NEAR(sum(corner), 10 * oneSide * oneSide, 1e-4);
}

TEST(AddBlurred, AddsToWhatIsThere) {
  image::Image target(9, 9, 1.0F);
  addBlurred(image::Image(1, 1, 1.0F), {1.0F}, 4, 5, target);
  EXPECT_FLOAT_EQ(target.at(4, 5), 2);
  EXPECT_FLOAT_EQ(target.at(5, 4), 1);
}

}  // namespace
}  // namespace remnant::phantom

#include "remnant/quantify/gaussian_profile.h"

#include <gtest/gtest.h>

#include <cmath>

#include "remnant/base/random.h"

namespace remnant::quantify {
namespace {

double distribution(double z) {
  return std::erfc(-z / std::sqrt(2)) / 2;
}

/// 20 pixels with a Gaussian of 2 pixels' standard deviation at 9.3 on a background.
std::vector<double> expectedRow(double counts, double background) {
  std::vector<double> row;
  for (int pixel = 0; pixel < 20; ++pixel)
    row.push_back(background +
                  counts * (distribution((pixel + 0.5 - 9.3) / 2) - distribution((pixel - 0.5 - 9.3) / 2)));
  return row;
}

TEST(GaussianProfile, IsFoundWithoutNoise) {
  const auto profile = fitGaussianProfile(expectedRow(5000, 30));
  ASSERT_TRUE(profile);
  EXPECT_NEAR(profile->sigma, 2, 1e-4);
  EXPECT_NEAR(profile->centre, 9.3, 1e-4);
  EXPECT_NEAR(profile->counts, 5000, 1);
  EXPECT_NEAR(profile->background, 30, 0.05);
}

TEST(GaussianProfile, IsFoundWithoutBackground) {
  const auto profile = fitGaussianProfile(expectedRow(5000, 0));
  ASSERT_TRUE(profile);
  EXPECT_NEAR(profile->sigma, 2, 1e-3);
  // Without background: sigma / sqrt(2 N), a bit more for the width of the pixels.
  EXPECT_NEAR(profile->sigmaUncertainty, 2 / std::sqrt(2 * 5000.0), 0.002);
}

TEST(GaussianProfile, UncertaintyIsTheSpreadOfTheTrials) {
  constexpr int kTrials = 1500;
  RandomStream random(3, 1);
  const std::vector<double> expected = expectedRow(2000, 20);
  double squares = 0, bias = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::vector<double> row;
    for (const double mean : expected) row.push_back(random.poisson(mean));
    const auto profile = fitGaussianProfile(row);
    ASSERT_TRUE(profile);
    const double pull = (profile->sigma - 2) / profile->sigmaUncertainty;
    squares += pull * pull;
    bias += pull;
  }
  // The mean square of 1500 pulls is known to 3.7 %.
  EXPECT_NEAR(squares / kTrials, 1, 0.15);
  EXPECT_NEAR(bias / kTrials, 0, 0.15);
}

TEST(GaussianProfile, IsNotFoundWhereThereIsNone) {
  EXPECT_FALSE(fitGaussianProfile(std::vector<double>(20, 0)));
  EXPECT_FALSE(fitGaussianProfile({1, 2, 3}));
}

}  // namespace
}  // namespace remnant::quantify

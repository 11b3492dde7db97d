#include "remnant/quantify/resolution.h"

#include <gtest/gtest.h>

#include <cmath>

#include "remnant/base/random.h"

namespace remnant::quantify {
namespace {

constexpr double kPixelMm = 2.4;
const double kFwhmInSigma = 2 * std::sqrt(2 * std::log(2));

/// Counts of a line of the given length at an angle of `slope` from the columns, blurred by sigma, on a
/// background.
image::Counts lineOf(double lengthMm, double slope, double sigmaMm, int photons, double background) {
  RandomStream random(21, 4);
  image::Counts counts(128, 128);
  for (std::int32_t& pixel : counts.pixels()) pixel = static_cast<std::int32_t>(random.poisson(background));
  for (int photon = 0; photon < photons; ++photon) {
    const double along = random.uniform(-lengthMm / 2, lengthMm / 2);
    const double column = 64.2 + (slope * along + random.normal(0, sigmaMm)) / kPixelMm;
    const double row = 63.1 + (along + random.normal(0, sigmaMm)) / kPixelMm;
    if (column >= 0 && row >= 0 && column < 128 && row < 128)
      ++counts.at(static_cast<std::size_t>(row), static_cast<std::size_t>(column));
  }
  return counts;
}

TEST(Resolution, OfAPointIsItsGaussianInBothDirections) {
  const image::Counts counts = lineOf(0, 0, 4, 20000, 0.5);
  for (const ProfileDirection direction : {ProfileDirection::kAcross, ProfileDirection::kAlong}) {
    ResolutionConfig config;
    config.direction = direction;
    const Estimate width = std::get<Estimate>(resolutionFwhmMm(counts, kPixelMm, config));
    EXPECT_NEAR(width.value, 4 * kFwhmInSigma, 4 * width.statistical);
    EXPECT_LT(width.statistical / width.value, 0.01);
  }
}

/// A line askew by 2 degrees and 200 mm long moves by 7 mm: in bands of 20 mm it hardly matters.
TEST(Resolution, OfALineAskewIsThatAcross) {
  const image::Counts counts = lineOf(220, 0.035, 4, 100000, 0.5);
  ResolutionConfig config;
  config.lineMm = 160;
  const Estimate width = std::get<Estimate>(resolutionFwhmMm(counts, kPixelMm, config));
  EXPECT_NEAR(width.value, 4 * kFwhmInSigma, 4 * width.statistical);
  config.bandMm = 160;
  EXPECT_GT(std::get<Estimate>(resolutionFwhmMm(counts, kPixelMm, config)).value,
            width.value + 4 * width.statistical);
}

TEST(Resolution, RefusesABackgroundAlone) {
  EXPECT_TRUE(std::holds_alternative<Refusal>(resolutionFwhmMm(lineOf(0, 0, 4, 0, 20), kPixelMm)));
}

TEST(Resolution, RefusesWhatHasNoSourceOrNoRoom) {
  EXPECT_EQ(std::get<Refusal>(resolutionFwhmMm(image::Counts(128, 128), kPixelMm)).code, "source-at-edge");
  image::Counts middle(128, 128);
  middle.at(64, 64) = 3;
  EXPECT_EQ(std::get<Refusal>(resolutionFwhmMm(middle, kPixelMm)).code, "no-source");
}

}  // namespace
}  // namespace remnant::quantify

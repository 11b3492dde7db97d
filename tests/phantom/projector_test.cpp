#include "remnant/phantom/projector.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "remnant/base/error.h"

namespace remnant::phantom {
namespace {

constexpr double kMu = 0.0090;
constexpr double kThicknessMm = 120;

ImageGeometry smallGeometry() {
  ImageGeometry geometry;
  geometry.rows = 128;
  geometry.columns = 128;
  geometry.pixelMm = 2.4;
  geometry.topMm = -64 * 2.4;
  return geometry;
}

/// Flat over the whole picture: an ellipsoid a hundred metres wide.
std::vector<Ellipsoid> slab() {
  return {{{0, 0, 0}, {1e5, kThicknessMm / 2, 1e5}}};
}

Source pointAt(double x, double depthMm, double z, double activityMBq = 2) {
  return {{{x, depthMm - kThicknessMm / 2, z}, {0.5, 0.5, 0.5}}, activityMBq};
}

struct Camera {
  ImageGeometry geometry = smallGeometry();
  Collimator collimator;
  ProjectorConfig config;
  double gapMm = 40;

  image::Image view(const Scene& scene, Head head) const {
    const Surface surface = surfaceOf(scene.body, geometry);
    const double planeMm = (head == Head::kAnterior ? -1 : 1) * (kThicknessMm / 2 + gapMm);
    return project(scene, surface, collimator, head, planeMm, geometry, config);
  }
};

double sumOf(const image::Image& image) {
  return std::accumulate(image.pixels().begin(), image.pixels().end(), 0.0);
}

struct Moments {
  double sum = 0, column = 0, columnVariance = 0;
};

Moments momentsOf(const image::Image& image, double pixelMm) {
  Moments moments{sumOf(image), 0, 0};
  double square = 0;
  for (std::size_t row = 0; row < image.rows(); ++row)
    for (std::size_t column = 0; column < image.columns(); ++column) {
      const double value = image.at(row, column), position = static_cast<double>(column);
      moments.column += value * position;
      square += value * position * position;
    }
  moments.column /= moments.sum;
  moments.columnVariance = (square / moments.sum - moments.column * moments.column) * pixelMm * pixelMm;
  return moments;
}

TEST(Project, PointIsAttenuatedByTheTissueBeforeIt) {
  const Camera camera;
  for (const double depthMm : {5.0, 20.0, 60.0, 110.0}) {
    const Scene scene{slab(), 0, {pointAt(0, depthMm, 0)}};
    const double inAir = 2 * camera.collimator.sensitivityCpsPerMBq;
    EXPECT_NEAR(sumOf(camera.view(scene, Head::kAnterior)) / (inAir * std::exp(-kMu * depthMm)), 1, 2e-3);
    EXPECT_NEAR(
        sumOf(camera.view(scene, Head::kPosterior)) / (inAir * std::exp(-kMu * (kThicknessMm - depthMm))), 1,
        2e-3);
  }
}

TEST(Project, GeometricMeanOfTheViewsDoesNotDependOnDepth) {
  const Camera camera;
  const double expected = 2 * camera.collimator.sensitivityCpsPerMBq * std::exp(-kMu * kThicknessMm / 2);
  for (const double depthMm : {5.0, 30.0, 60.0, 100.0}) {
    const Scene scene{slab(), 0, {pointAt(0, depthMm, 0)}};
    const double mean =
        std::sqrt(sumOf(camera.view(scene, Head::kAnterior)) * sumOf(camera.view(scene, Head::kPosterior)));
    EXPECT_NEAR(mean / expected, 1, 2e-3) << depthMm;
  }
}

TEST(Project, WidthFollowsTheCollimatorAtEachDistance) {
  Camera camera;
  camera.config.kernelSigmas = 5;
  for (const double gapMm : {0.0, 50.0, 100.0, 200.0}) {
    camera.gapMm = gapMm;
    const Scene scene{{}, 0, {pointAt(gapMm / 70, 0, 0)}};
    const Moments moments = momentsOf(camera.view(scene, Head::kAnterior), camera.geometry.pixelMm);
    EXPECT_NEAR(moments.column, 63.5 + gapMm / 70 / 2.4, 0.15);
    const double sigmaMm = camera.collimator.sigmaMm(gapMm);
    // The pixel's own width and that of the small ball add to the variance; where in its pixel the ball lies,
    // does not matter.
    const double expected = sigmaMm * sigmaMm + 2.4 * 2.4 / 12 + 0.5 * 0.5 / 5;
    EXPECT_NEAR(moments.columnVariance / expected, 1, 0.04) << gapMm;  // 2 % of the width
  }
}

TEST(Project, NoActivityIsLostInAirAtAnyDistanceOrSize) {
  Camera camera;
  for (const double gapMm : {0.0, 100.0})
    for (const double radiusMm : {0.5, 3.0, 12.0, 40.0}) {
      camera.gapMm = gapMm;
      const Scene scene{{}, 0, {{{{3, 0, -5}, {radiusMm, radiusMm, radiusMm}}, 1.5}}};
      EXPECT_NEAR(sumOf(camera.view(scene, Head::kAnterior)), 1.5 * camera.collimator.sensitivityCpsPerMBq,
                  0.05);
    }
}

TEST(Project, EvenBackgroundHasTheClosedForm) {
  const Camera camera;
  const Scene scene{slab(), 0.001, {}};
  const double pixelMl = 2.4 * 2.4 / 1000;
  const double expected =
      0.001 * pixelMl * -std::expm1(-kMu * kThicknessMm) / kMu * camera.collimator.sensitivityCpsPerMBq;
  for (const Head head : {Head::kAnterior, Head::kPosterior})
    EXPECT_NEAR(camera.view(scene, head).at(64, 64) / expected, 1, 2e-3);
}

TEST(Project, ThickSourceAgreesWithBruteForce) {
  const Camera camera;
  const Ellipsoid organ{{0, -10, 0}, {25, 45, 30}};
  const Scene scene{slab(), 0, {{organ, 1}}};
  double attenuated = 0, whole = 0;
  for (double x = -24.5; x < 25; x += 1)
    for (double z = -29.5; z < 30; z += 1)
      for (double y = -54.5; y < 35; y += 1) {
        const double u = x / 25, v = (y + 10) / 45, w = z / 30;
        if (u * u + v * v + w * w >= 1) continue;
        whole += 1;
        attenuated += std::exp(-kMu * (y + kThicknessMm / 2));
      }
  EXPECT_NEAR(sumOf(camera.view(scene, Head::kAnterior)),
              camera.collimator.sensitivityCpsPerMBq * attenuated / whole, 0.003 * 43.5);
}

TEST(Project, PosteriorViewIsMirrored) {
  const Camera camera;
  const Scene scene{slab(), 0, {pointAt(36, 60, 12)}};
  const double anterior = momentsOf(camera.view(scene, Head::kAnterior), 1).column;
  const double posterior = momentsOf(camera.view(scene, Head::kPosterior), 1).column;
  // The patient's left lies on the right of the anterior view.
  EXPECT_NEAR(anterior, 63.5 + 36 / 2.4, 0.05);
  EXPECT_NEAR(posterior, 63.5 - 36 / 2.4, 0.05);
}

TEST(Project, NothingAttenuatesInFrontOfTheSkin) {
  const Camera camera;
  const Scene scene{slab(), 0, {pointAt(0, -5, 0)}};
  EXPECT_NEAR(sumOf(camera.view(scene, Head::kAnterior)), 2 * camera.collimator.sensitivityCpsPerMBq, 0.1);
}

TEST(Project, SourceBesideThePictureIsOurOwnFault) {
  const Camera camera;
  const Scene scene{slab(), 0, {pointAt(500, 10, 0)}};
  EXPECT_THROW(camera.view(scene, Head::kAnterior), ProgramError);
}

TEST(SkinAt, IsTheUnionOfTheSolids) {
  const std::vector<Ellipsoid> body{{{0, 0, 0}, {10, 10, 10}}, {{0, 15, 0}, {10, 10, 10}}};
  const auto skin = skinAt(body, 0, 0);
  ASSERT_TRUE(skin);
  EXPECT_DOUBLE_EQ(skin->front, -10);
  EXPECT_DOUBLE_EQ(skin->back, 25);
  EXPECT_FALSE(skinAt(body, 11, 0));
}

}  // namespace
}  // namespace remnant::phantom

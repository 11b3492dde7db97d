#include "remnant/montecarlo/acquisition.h"

#include <gtest/gtest.h>

#include <numeric>

#include "remnant/montecarlo/comparison.h"

namespace remnant::montecarlo {
namespace {

double sumOf(const image::Image& image) {
  return std::accumulate(image.pixels().begin(), image.pixels().end(), 0.0);
}

struct Scene {
  const physics::Nuclide& nuclide = physics::nuclideNamed("Tc-99m");
  projection::Medium neck = neckMedium(NeckKind::kUniform, 140.5);
  image::Volume activityMBq{neck.attenuationPerMm.grid()};
  projection::HeadPosition head;
  projection::Picture picture;
  std::vector<projection::WindowModel> windows;

  Scene() {
    activityMBq.at(15, 50, 34) = 2;  // middle 30 mm below the skin at x = 1 mm
    picture.pixelMm = 4;
    picture.topMm = -256;
    physics::PointResponse response;
    response.window = {126.45, 154.55};
    response.keV = 140.5;
    response.collimator = {"GE LEHR", 1.5, 0.2, 35};
    response.coreCpsPerMBq = 78;
    windows.push_back({response, {nuclide, response.window, response.detector}});
  }
};

/// S/P of 0.1849 at 30 mm, physics.md 2.
TEST(Acquisition, AddsTheScatterToTheProjection) {
  const Scene scene;
  AcquisitionConfig config;
  config.histories = 60'000;
  const auto simulated = simulateAcquisition(scene.activityMBq, scene.neck, scene.head, scene.picture,
                                             scene.nuclide, scene.windows, config);
  ASSERT_EQ(simulated.size(), 1U);
  const double scattered = sumOf(simulated[0].scattered);
  const double unscattered = sumOf(simulated[0].expected) - scattered;
  EXPECT_NEAR(scattered / unscattered, 0.1849, 0.05 * 0.1849);
  EXPECT_NEAR(scattered, simulated[0].scatteredCps.value, 0.01 * scattered);
  EXPECT_GT(simulated[0].scatteredCps.standardError, 0);
  EXPECT_LT(simulated[0].scatteredCps.standardError, 0.02 * scattered);
}

TEST(Acquisition, InAirIsTheProjection) {
  const Scene scene;
  const auto simulated =
      simulateAcquisition(scene.activityMBq, {}, scene.head, scene.picture, scene.nuclide, scene.windows);
  EXPECT_NEAR(sumOf(simulated[0].expected), 2 * 78, 0.005 * 2 * 78);
  EXPECT_EQ(sumOf(simulated[0].scattered), 0);
}

}  // namespace
}  // namespace remnant::montecarlo

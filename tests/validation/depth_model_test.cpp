#include "remnant/validation/depth_model.h"

#include <gtest/gtest.h>

namespace remnant::validation {
namespace {

// physics.md 2 and 6.4: transmission in the photopeak, and the ratio of the window beside it.
TEST(DepthModel, IsTheBroadBeamAndTheRatioOfTheTables) {
  const DepthModel model({114, 126});
  const auto beam = physics::BroadBeam::of(physics::nuclideNamed("Tc-99m"));
  EXPECT_NEAR(model.photopeak(60) / model.photopeak(10) / (beam.transmission(60) / beam.transmission(10)), 1,
              0.02);
  EXPECT_NEAR(model.beside(20) / model.photopeak(20), 0.1229, 0.05 * 0.1229);
}

TEST(DepthModel, ScalesToTheCountsOfTheAnteriorPhotopeak) {
  const DepthModel model({114, 126});
  const auto seen = model.all(15, 5000);
  ASSERT_EQ(seen.size(), 4U);
  EXPECT_NEAR(seen[0].signal, 5000, 1e-9);
  EXPECT_NEAR(seen[1].signal, 5000 * model.photopeak(105) / model.photopeak(15), 1e-9);
  EXPECT_LT(seen[0].slopePerMm, 0);
  EXPECT_GT(seen[1].slopePerMm, 0);
}

// sqrt(1/wA + 1/wP) / (slope difference): two observations without background.
TEST(DepthModel, FitReachesTheBound) {
  const DepthModel model({114, 126});
  const auto seen = model.opposed(30, 1e4);
  const double bound =
      std::sqrt(1 / seen[0].signal + 1 / seen[1].signal) / (seen[1].slopePerMm - seen[0].slopePerMm);
  const Realised realised = realisedDepth(model, false, 30, 1e4, 300, 3);
  EXPECT_NEAR(realised.deviationMm / bound, 1, 4 / std::sqrt(600.0));
  EXPECT_NEAR(realised.meanMm, 30, 4 * bound / std::sqrt(300.0));
}

}  // namespace
}  // namespace remnant::validation

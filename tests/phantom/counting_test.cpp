#include "remnant/phantom/counting.h"

#include <gtest/gtest.h>

#include <cmath>

#include "phantom/example_cohort.h"
#include "remnant/phantom/setting.h"

namespace remnant::phantom {
namespace {

using image::Image;

struct Conditions {
  Cohort cohort = testing::coldCohort();
  CentreCamera camera;
  CameraDay day;

  Conditions() {
    RandomStream random(1, 1);
    camera = centreCameraOf(cohort, cohort.centres[0], random);
    camera.deadTimeSeconds = 0;
  }
  CountingConditions conditions() const { return {camera, day, physics::nuclideNamed("I-131"), 0.3}; }
  AcquisitionPlan plan() const {
    AcquisitionPlan made;
    made.windows = {camera.windows[0].response.window};
    made.heads = {{.angleDegrees = 0}, {.angleDegrees = 180}};
    made.picture = {.rows = 64, .columns = 64, .pixelMm = 4.8};
    made.secondsPerFrame = 600;
    return made;
  }
  double middlePixel(const AcquisitionPlan& made, std::size_t head, float rate) const {
    return expectedCounts({Image(64, 64, rate)}, made, head, made.heads[head], 0, conditions())
        .front()
        .at(32, 32);
  }
};

TEST(ExpectedCounts, AreRateTimesSecondsTimesMeanDecay) {
  Conditions made;
  // (1 - exp(-x)) / x with x = ln2 600 s / 8.0252 d is 1 - x / 2 to first order.
  const double x = std::log(2) * 600 / (8.0252 * 86400);
  EXPECT_NEAR(made.middlePixel(made.plan(), 0, 2), 1200 * (1 - x / 2), 1e-3);
}

TEST(ExpectedCounts, LaterObjectsHaveDecayed) {
  Conditions made;
  AcquisitionPlan plan = made.plan();
  const double first = made.middlePixel(plan, 0, 2);
  plan.startsAfterSeconds = 8.0252 * 86400;
  EXPECT_NEAR(made.middlePixel(plan, 0, 2) / first, 0.5, 1e-4);
}

TEST(ExpectedCounts, GainsTableAndAmbientCountsAreApplied) {
  Conditions made;
  const double plain = made.middlePixel(made.plan(), 0, 2);
  made.day.sensitivity = 1.1;
  made.day.headGain = {1.03, 0.9};
  made.day.tableOpticalDepth = 0.05;
  EXPECT_NEAR(made.middlePixel(made.plan(), 0, 2), plain * 1.1 * 1.03, 1e-3 * plain);
  EXPECT_NEAR(made.middlePixel(made.plan(), 1, 2), plain * 1.1 * 0.9 * std::exp(-0.05), 1e-3 * plain);
  made.day.ambientCpsPerCm2 = 0.01;
  EXPECT_NEAR(made.middlePixel(made.plan(), 0, 0), 0.01 * 0.48 * 0.48 * 600, 1e-3);
}

TEST(ExpectedCounts, NothingIsSeenOutsideTheFieldOfView) {
  Conditions made;
  AcquisitionPlan plan = made.plan();
  plan.picture.pixelMm = 9.6;  // 614 mm a side, the head sees 533 x 387
  const Image counts =
      expectedCounts({Image(64, 64, 1.0F)}, plan, 0, plan.heads[0], 0, made.conditions()).front();
  EXPECT_EQ(counts.at(32, 2), 0);
  EXPECT_EQ(counts.at(10, 32), 0);
  EXPECT_GT(counts.at(32, 8), 0);
  EXPECT_GT(counts.at(14, 32), 0);
}

// A paralysable counter of the whole spectrum: 64 x 64 pixels of 30 a second through a window that holds 0.3.
TEST(ExpectedCounts, DeadTimeFollowsTheFullSpectrum) {
  Conditions made;
  const double plain = made.middlePixel(made.plan(), 0, 30);
  made.camera.deadTimeSeconds = 1e-6;
  EXPECT_NEAR(made.middlePixel(made.plan(), 0, 30) / plain, std::exp(-64.0 * 64 * 30 / 0.3 * 1e-6), 1e-4);
}

TEST(LiveShareOfRows, LosesNearTheBrightRowsOnly) {
  SweepPlan sweep;
  sweep.fieldOfViewMm = 100;
  std::vector<double> rates(200, 0.0);
  rates[100] = 2e5;
  const auto live = liveShareOfRows(rates, sweep, 2.0, 1e-6);
  // Fifty rows are in view: the bright row always has itself in view, others for part of their time.
  const double dimmed = std::exp(-0.2);
  EXPECT_NEAR(live[100], dimmed, 1e-9);
  EXPECT_NEAR(live[75], (25 * dimmed + 25) / 50, 1e-9);
  EXPECT_NEAR(live[40], 1, 1e-12);
  EXPECT_NEAR(live[160], 1, 1e-12);
}

TEST(PositionAt, TurnsFromViewToView) {
  AcquisitionPlan plan;
  plan.heads = {{.angleDegrees = 0}, {.angleDegrees = 180}};
  plan.angleStepDegrees = 6;
  EXPECT_DOUBLE_EQ(positionAt(plan, 0, 10).angleDegrees, 60);
  EXPECT_DOUBLE_EQ(positionAt(plan, 1, 29).angleDegrees, 354);
}

}  // namespace
}  // namespace remnant::phantom

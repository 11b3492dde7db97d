#include "remnant/phantom/camera_day.h"

#include <gtest/gtest.h>

#include <cmath>

#include "phantom/example_cohort.h"

namespace remnant::phantom {
namespace {

TEST(Uniformity, HasMeanOneAndTheAskedSpread) {
  Cohort cohort = testing::coldCohort();
  cohort.camera.uniformityRms = {0.02, 0.02};
  double spread = 0;
  constexpr int kDays = 200, kSide = 40;
  for (int number = 0; number < kDays; ++number) {
    RandomStream random(5, static_cast<std::uint32_t>(number));
    const Uniformity field = sampleCameraDay(cohort, cohort.centres[0], StudyPlan(), random).uniformity[0];
    double sum = 0, square = 0;
    for (int row = 0; row < kSide; ++row)
      for (int column = 0; column < kSide; ++column) {
        const double value = field.at((column + 0.5) / kSide - 0.5, (row + 0.5) / kSide - 0.5) - 1;
        sum += value;
        square += value * value;
      }
    EXPECT_NEAR(sum / (kSide * kSide), 0, 1e-9);
    spread += square / (kSide * kSide);
  }
  EXPECT_NEAR(std::sqrt(spread / kDays), 0.02, 0.002);
}

TEST(Uniformity, ASweepSeesTheMeanAlongThePatient) {
  Uniformity field;
  field.waves = {{{1, 0, 0.3, 0.01}, {1, 1, 1.0, 0.02}, {0, 2, 2.0, 0.01}, {2, 1, 0.1, 0.03}}};
  for (const double across : {-0.4, 0.0, 0.25}) {
    double mean = 0;
    for (int row = 0; row < 100; ++row) mean += field.at(across, (row + 0.5) / 100 - 0.5) / 100;
    EXPECT_NEAR(field.meanAlong(across), mean, 1e-9);
  }
}

TEST(SampleCameraDay, SpreadsAreThoseOfTheCohort) {
  const Cohort cohort = [] {
    Cohort made = testing::coldCohort();
    made.camera.headGainSigma = 0.03;
    made.camera.sensitivitySigma = 0.02;
    made.camera.neckDepthErrorMm = 4;
    return made;
  }();
  double gain = 0, sensitivity = 0, depth = 0;
  constexpr int kDays = 2000;
  for (int number = 0; number < kDays; ++number) {
    RandomStream random(6, static_cast<std::uint32_t>(number));
    const CameraDay day = sampleCameraDay(cohort, cohort.centres[0], StudyPlan(), random);
    gain += std::pow(day.headGain[0] - 1, 2);
    sensitivity += std::pow(day.sensitivity - 1, 2);
    depth += std::pow(day.neckDepthErrorMm, 2);
  }
  // A sample's standard deviation has a relative standard error of 1 / sqrt(2 n).
  const double tolerance = 5 / std::sqrt(2.0 * kDays);
  EXPECT_NEAR(std::sqrt(gain / kDays), 0.03, 0.03 * tolerance);
  EXPECT_NEAR(std::sqrt(sensitivity / kDays), 0.02, 0.02 * tolerance);
  EXPECT_NEAR(std::sqrt(depth / kDays), 4, 4 * tolerance);
}

TEST(CentreCameraOf, HasAWindowForEachOfTheCohort) {
  Cohort cohort = testing::coldCohort();
  cohort.acquisition.windows = {"photopeak", "lower", "upper"};
  RandomStream random(7, 1);
  const CentreCamera camera = centreCameraOf(cohort, cohort.centres[0], random);
  ASSERT_EQ(camera.windows.size(), 3U);
  EXPECT_LT(camera.windows[1].response.window.upperKeV, camera.windows[0].response.window.lowerKeV + 1);
  EXPECT_GT(camera.windows[2].response.window.upperKeV, camera.windows[0].response.window.upperKeV);
  EXPECT_DOUBLE_EQ(camera.windows[0].response.tailScale, 1.2);
}

}  // namespace
}  // namespace remnant::phantom

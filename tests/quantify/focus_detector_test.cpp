#include "remnant/quantify/focus_detector.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "quantify/joint_scene.h"
#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

constexpr SearchArea kArea{-25, 25, -25, 25};

/// A study of the slab with these foci on a background that is not flat.
PlanarProblem study(const std::vector<Focus>& foci, double background, std::uint32_t place) {
  PlanarProblem problem = slabProblem(false, false, 40);
  const SlabOptics optics = slabOptics(false);
  JointModel model(problem, optics, foci.size(), wholePictures(problem, optics), {});
  Eigen::VectorXd parameters = trueParameters(model, foci, background);
  parameters(static_cast<Eigen::Index>(model.layout().background(0, 1))) = 0.3;
  parameters(static_cast<Eigen::Index>(model.layout().background(1, 2))) = -0.4;
  RandomStream random(31, place);
  drawCounts(model, parameters, random, problem);
  return problem;
}

/// Studies without a focus in which one is found.
int falseAlarms(int studies, double rate, double background) {
  DetectorConfig config;
  config.falseFociPerStudy = rate;
  config.simulations = 100;
  config.mostFoci = 1;
  int alarms = 0;
  for (int i = 0; i < studies; ++i) {
    config.seed = 1000 + static_cast<std::uint64_t>(i);
    alarms +=
        !detectFoci(study({}, background, static_cast<std::uint32_t>(i)), slabOptics(false), kArea, config)
             .foci.empty();
  }
  std::printf("%d of %d at a rate of %.3f, background %.2f\n", alarms, studies, rate, background);
  return alarms;
}

/// Within three standard deviations of a binomial whose threshold is itself known from as many simulations.
void expectRate(int alarms, int studies, double rate) {
  const double chance = -std::expm1(-rate);
  EXPECT_NEAR(alarms, studies * chance, 3 * std::sqrt(studies * chance * (1 - chance)));
}

TEST(FocusDetector, KeepsItsFalseAlarmRate) {
  expectRate(falseAlarms(80, 0.2, 0.3), 80, 0.2);
}

TEST(FocusDetectorLong, KeepsItsFalseAlarmRate) {
  if (!std::getenv("REMNANT_LONG_TESTS"))
    GTEST_SKIP() << "thousands of studies take minutes; set REMNANT_LONG_TESTS to run them";
  for (const double background : {0.05, 0.5, 5.}) {
    expectRate(falseAlarms(1000, 0.2, background), 1000, 0.2);
    expectRate(falseAlarms(600, 0.05, background), 600, 0.05);
  }
}

TEST(FocusDetector, FindsTwoFociAndNoMore) {
  constexpr double kFwhmMm = 9;
  const std::vector<Focus> foci{{0.02, -12, 3, 12, 1.5}, {0.03, 10, -6, 24, 1.5}};
  const Detection found = detectFoci(study(foci, 0.5, 7), slabOptics(false), kArea, {});
  ASSERT_EQ(found.foci.size(), 2U);
  for (const Focus& focus : foci) {
    const auto near = [&](const FoundFocus& other) {
      return std::hypot(other.place.x - focus.x, other.place.z - focus.z) < kFwhmMm / 4;
    };
    EXPECT_EQ(std::count_if(found.foci.begin(), found.foci.end(), near), 1);
  }
}

TEST(FocusDetector, BrightFocusLeavesNoOthersBeside) {
  const Detection found = detectFoci(study({{3, 2, 1, 15, 2}}, 1, 8), slabOptics(false), kArea, {});
  EXPECT_EQ(found.foci.size(), 1U);
}

TEST(FocusDetector, IsAFunctionOfItsSeed) {
  const PlanarProblem problem = study({{0.02, -12, 3, 12, 1.5}}, 0.5, 9);
  DetectorConfig config;
  const Detection first = detectFoci(problem, slabOptics(false), kArea, config);
  EXPECT_EQ(first.threshold, detectFoci(problem, slabOptics(false), kArea, config).threshold);
  config.seed = 2;
  EXPECT_NE(first.threshold, detectFoci(problem, slabOptics(false), kArea, config).threshold);
}

TEST(FocusDetector, RefusesARateOfNone) {
  DetectorConfig config;
  config.falseFociPerStudy = 0;
  EXPECT_THROW(detectFoci(study({}, 1, 1), slabOptics(false), kArea, config), InputError);
}

}  // namespace
}  // namespace remnant::quantify

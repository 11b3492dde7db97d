#include "remnant/quantify/joint_start.h"

#include <gtest/gtest.h>

#include "quantify/joint_scene.h"

namespace remnant::quantify {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr double kBackground = 2;
/// Depths that a start tries; one of them is that of the scenes.
constexpr double kTriedDepthMm = 22;
/// A grid of 2 mm is searched.
constexpr double kStepMm = 2;

/// A focus as wide and as long as a start takes it to be.
Focus focusAt(double x, double z, double depthMm = kTriedDepthMm) {
  const JointConfig config;
  return {1, x, z, depthMm, config.widthMedianMm, config.stretchMedian};
}

/// A slab that counts just what is expected of its foci, and the marks of these.
struct Scene {
  PlanarProblem problem = slabProblem(false, false, 64);
  SlabOptics optics = slabOptics(false);
  std::vector<Focus> foci;
  JointModel model;
  VectorXd truth;

  /// counts: of each focus in the first view.
  Scene(std::vector<Focus> made, const std::vector<double>& counts, const std::vector<FocusSeed>& marks,
        double reachMm)
      : foci(std::move(made)), model(problem, optics, foci.size(), wholePictures(problem, optics), {}) {
    for (std::size_t k = 0; k < foci.size(); ++k)
      foci[k].activityMBq = activityFor(model, foci[k], counts[k]);
    truth = trueParameters(model, foci, kBackground);
    for (std::size_t patch = 0; patch < model.layout().patches(); ++patch)
      model.setCounts(patch, model.expected(patch, truth));
    for (std::size_t k = 0; k < marks.size(); ++k) model.keepNear(k, marks[k], reachMm);
  }

  Index place(std::size_t k, FocusParameter parameter) const {
    return static_cast<Index>(model.layout().focus(k, parameter));
  }
  VectorXd without(std::size_t k) const {
    VectorXd parameters = truth;
    parameters(place(k, kLogActivity)) = kNoLogActivity;
    return parameters;
  }
  Focus restarted(std::size_t k) {
    VectorXd parameters = without(k);
    restartFocus(model, k, parameters);
    return model.focusOf(k, parameters);
  }
};

/// What discs of whole pixels let a place and an activity differ by.
void expectStartsAt(const Focus& found, const Focus& truth) {
  EXPECT_NEAR(found.x, truth.x, 1.01 * kStepMm);
  EXPECT_NEAR(found.z, truth.z, 1.01 * kStepMm);
  EXPECT_EQ(found.depthMm, truth.depthMm);
  EXPECT_NEAR(found.activityMBq / truth.activityMBq, 1, 0.1);
}

TEST(CountsOfFocus, AreWhatTheFirstViewWouldLackWithoutIt) {
  Scene scene({focusAt(-15, 3), focusAt(16, -4, 40)}, {3000, 700}, {{-15, 3}, {16, -4}}, 15);
  const double all = scene.model.expected(0, scene.truth).sum();
  for (const std::size_t k : {0U, 1U}) {
    const double rest = scene.model.expected(0, scene.without(k)).sum();
    EXPECT_NEAR(countsOfFocus(scene.model, k, scene.truth) / (all - rest), 1, 1e-3) << k;
  }
}

TEST(CountsOfFocus, AreThoseOfItsOwnPatch) {
  // Too far apart for one patch; a patch holds all but the far scatter of a focus.
  PlanarProblem problem = slabProblem(false, false, 96);
  const SlabOptics optics = slabOptics(false);
  const std::vector<FocusSeed> marks{{-60, 0}, {60, 0}};
  JointModel model(problem, optics, 2, patchesAround(problem, optics, marks, {}), {});
  ASSERT_EQ(model.layout().patches(), 4U);
  std::vector<Focus> foci{focusAt(-60, 0), focusAt(60, 0)};
  foci[1].activityMBq = 3;
  const VectorXd parameters = trueParameters(model, foci, kBackground);
  const double first = countsOfFocus(model, 0, parameters);
  EXPECT_GT(first, 100);
  EXPECT_NEAR(countsOfFocus(model, 1, parameters) / first, 3, 0.03);
}

TEST(IsLost, OfAFocusOfLessThanOneCount) {
  Scene scene({focusAt(-15, 0), focusAt(15, 0)}, {0.9, 1.1}, {{-15, 0}, {15, 0}}, 15);
  EXPECT_TRUE(isLost(scene.model, 0, scene.truth));
  EXPECT_FALSE(isLost(scene.model, 1, scene.truth));
  EXPECT_TRUE(isLost(scene.model, 1, scene.without(1)));
}

TEST(RestartFocus, BeginsWhereTheCountsAre) {
  Scene scene({focusAt(8, -6)}, {2000}, {{0, 0}}, 15);
  ASSERT_TRUE(isLost(scene.model, 0, scene.without(0)));
  expectStartsAt(scene.restarted(0), scene.foci[0]);
}

TEST(RestartFocus, TakesNoCountsThatAnotherFocusExplains) {
  // The other is five times as bright and within the reach of the mark, which lies between them.
  Scene scene({focusAt(0, 0), focusAt(20, 4)}, {10000, 2000}, {{0, 0}, {10, 2}}, 15);
  expectStartsAt(scene.restarted(1), scene.foci[1]);
}

TEST(RestartFocus, StaysWithinTheReachOfTheMark) {
  constexpr double kReachMm = 7;
  Scene scene({focusAt(20, -16)}, {2000}, {{0, 0}}, kReachMm);
  const Focus found = scene.restarted(0);
  // The corner of the grid that is nearest.
  EXPECT_EQ(found.x, 6);
  EXPECT_EQ(found.z, -6);
}

TEST(RestartFocus, LeavesAllElseAsItWas) {
  Scene scene({focusAt(0, 0), focusAt(20, 4)}, {1000, 2000}, {{0, 0}, {18, 4}}, 10);
  const VectorXd before = scene.without(1);
  VectorXd after = before;
  restartFocus(scene.model, 1, after);
  EXPECT_FALSE(isLost(scene.model, 1, after));
  for (Index i = 0; i < before.size(); ++i)
    if (i < scene.place(1, kLogActivity) || i > scene.place(1, kLogStretch)) {
      EXPECT_EQ(after(i), before(i)) << i;
    }
}

TEST(StartOf, TellsBackgroundsDepthsAndActivitiesBySums) {
  Scene scene({focusAt(-24, 0), focusAt(24, 4, 42)}, {4000, 3000}, {{-24, 0}, {24, 4}}, 15);
  const VectorXd start = startOf(scene.model, {{-24, 0}, {24, 4}});
  for (std::size_t patch = 0; patch < 2; ++patch) {
    // What the discs about the foci leave of them is scatter, less than a third of their counts.
    const double most = kBackground + 7000. / 3 / (64 * 64);
    const double flat = scene.model.expectedBackground(patch, start).mean();
    EXPECT_GT(flat, 0.99 * kBackground);
    EXPECT_LT(flat, most);
  }
  for (const std::size_t k : {0U, 1U}) expectStartsAt(scene.model.focusOf(k, start), scene.foci[k]);
}

}  // namespace
}  // namespace remnant::quantify

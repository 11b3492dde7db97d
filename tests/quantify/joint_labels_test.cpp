#include "remnant/quantify/joint_labels.h"

#include <gtest/gtest.h>

#include "quantify/joint_scene.h"

namespace remnant::quantify {
namespace {

/// Two foci, the second four times as active, and the marks that a reader put.
struct Pair {
  PlanarProblem problem = slabProblem(false, false);
  SlabOptics optics = slabOptics(false);
  std::vector<Focus> foci;
  JointModel model;
  JointSolution solution;

  Pair(const std::vector<Focus>& made, const std::vector<FocusSeed>& marks)
      : foci(made), model(problem, optics, made.size(), wholePictures(problem, optics), {}) {
    RandomStream random(31, 1);
    drawCounts(model, trueParameters(model, foci, 1), random, problem);
    for (std::size_t patch = 0; patch < model.layout().patches(); ++patch) {
      Eigen::VectorXd counts(model.counts(patch).size());
      const auto& pixels = model.viewOf(patch).counts.pixels();
      for (Eigen::Index i = 0; i < counts.size(); ++i) counts(i) = pixels[static_cast<std::size_t>(i)];
      model.setCounts(patch, counts);
    }
    for (std::size_t k = 0; k < marks.size(); ++k) model.keepNear(k, marks[k], 15);
    solution.parameters = trueParameters(model, foci, 1);
    solution.evaluation = model.evaluate(solution.parameters);
  }
};

std::vector<Focus> apartBy(double mm) {
  return {{0.5, 0, 0, 15, 2}, {2, mm, 0, 25, 2}};
}

TEST(Exchanges, RiseByWhatTheMarksTell) {
  // The prior of the marks alone changes: sum |place - mark|^2 / sigma^2, which crossing raises by
  // 2 (place1 - place2) . (mark1 - mark2) / sigma^2.
  Pair pair(apartBy(4), {{-1, 1}, {5, 0}});
  const double sigma = pair.model.config().seedSigmaMm;
  for (std::size_t k : {0U, 1U}) {
    const auto exchanges = exchangesOf(pair.model, pair.solution, k, 100);
    ASSERT_EQ(exchanges.size(), 1U);
    EXPECT_EQ(exchanges[0].other, 1 - k);
    EXPECT_NEAR(exchanges[0].rise, 2 * 4 * 6 / (sigma * sigma), 1e-6);
  }
  EXPECT_TRUE(exchangesOf(pair.model, pair.solution, 0, 3).empty()) << "less than the rise";
}

TEST(Exchanges, LeaveFociOutOfTheReachOfEachOthersMarks) {
  Pair pair(apartBy(20), {{0, 0}, {20, 0}});
  EXPECT_TRUE(exchangesOf(pair.model, pair.solution, 0, 1e9).empty());
}

TEST(Settled, PutsCrossedFociAtTheirOwnMarks) {
  Pair pair(apartBy(6), {{6, 0}, {0, 0}});
  const JointSolution settledOne = settled(pair.model, pair.solution, {});
  const Focus first = pair.model.focusOf(0, settledOne.parameters);
  EXPECT_NEAR(first.x, 6, 1);
  EXPECT_GT(first.activityMBq, pair.model.focusOf(1, settledOne.parameters).activityMBq)
      << "the brighter one lies at the first mark";
  EXPECT_LT(settledOne.evaluation.objective(), pair.solution.evaluation.objective());
}

}  // namespace
}  // namespace remnant::quantify

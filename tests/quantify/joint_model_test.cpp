#include "remnant/quantify/joint_model.h"

#include <gtest/gtest.h>

#include <numbers>

#include "quantify/joint_scene.h"
#include "support/sanitized.h"

namespace remnant::quantify {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

/// Largest difference between the gradient and differences of the objective, over the information's scale.
void expectGradientOfDifferences(bool iodine, bool scatterWindow) {
  PlanarProblem problem = slabProblem(iodine, scatterWindow);
  const SlabOptics optics = slabOptics(iodine);
  JointModel maker(problem, optics, 2, wholePictures(problem, optics), {});
  const std::vector<Focus> foci{{1, -9.3, 4.1, 13.1, 2.5}, {0.7, 17.2, -6.4, 25.3, 3.5}};
  VectorXd parameters = trueParameters(maker, foci, 3);
  RandomStream random(5, 1);
  drawNuisances(maker, random, parameters);
  drawCounts(maker, parameters, random, problem);
  JointModel model(problem, optics, 2, wholePictures(problem, optics), {});
  parameters(static_cast<Index>(model.layout().background(1, 2))) = 0.2;
  const JointEvaluation evaluation = model.evaluate(parameters);
  const Index every = testing::kSanitized ? 5 : 1;
  for (Index i = 0; i < parameters.size(); i += every) {
    const double scale = std::sqrt(evaluation.information(i, i));
    ASSERT_GT(scale, 0) << i;
    const double step = 1e-3 / scale;
    VectorXd above = parameters, below = parameters;
    above(i) += step;
    below(i) -= step;
    const double difference =
        (model.evaluate(above, false).objective() - model.evaluate(below, false).objective()) / (2 * step);
    // The optics' grid is linear within 2 mm; scatter's weights are linear between millimetres of depth, of
    // which the derivative takes the mean over one.
    EXPECT_NEAR(evaluation.gradient(i) / scale, difference / scale, 2e-2) << "parameter " << i;
  }
}

TEST(JointModel, GradientAgreesWithDifferencesForTechnetium) {
  expectGradientOfDifferences(false, true);
}

TEST(JointModel, GradientAgreesWithDifferencesForIodineWithTails) {
  expectGradientOfDifferences(true, false);
}

/// Precision: none of a background's first coefficient, 1/0.3^2 of its other smooth ones, 1 of its bumps.
double priorOfBackground(const JointLayout& layout, Index parameter) {
  for (std::size_t patch = 0; patch < layout.patches(); ++patch) {
    const auto term = parameter - static_cast<Index>(layout.background(patch, 0));
    if (term < 0 || term >= static_cast<Index>(layout.backgroundTerms(patch))) continue;
    if (term == 0) return 0;
    return term < static_cast<Index>(layout.smoothTerms) ? 1 / (0.3 * 0.3) : 1;
  }
  return 0;
}

TEST(JointModel, InformationIsTheVarianceOfTheGradient) {
  // At the true parameters the gradient of the misfit has mean zero and, in every direction, the variance
  // that Fisher's information says.
  PlanarProblem problem = slabProblem(true, false, 24);
  const SlabOptics optics = slabOptics(true);
  JointModel model(problem, optics, 1, wholePictures(problem, optics), {});
  const VectorXd parameters = trueParameters(model, {{1, 2, -3, 21, 1.5}}, 0.5);
  RandomStream random(6, 1);
  const Index size = parameters.size();
  VectorXd sum = VectorXd::Zero(size), squares = VectorXd::Zero(size);
  constexpr int kDraws = 600;
  Eigen::MatrixXd information;
  std::vector<VectorXd> expected;
  for (std::size_t view = 0; view < 2; ++view) expected.push_back(model.expected(view, parameters));
  for (int draw = 0; draw < kDraws; ++draw) {
    for (std::size_t view = 0; view < 2; ++view)
      model.setCounts(view,
                      expected[view].unaryExpr([&](double mean) -> double { return random.poisson(mean); }));
    const JointEvaluation evaluation = model.evaluate(parameters);
    sum += evaluation.gradient;
    squares += evaluation.gradient.cwiseAbs2();
    information = evaluation.information;
  }
  const auto first = static_cast<Index>(model.layout().firstNuisance());
  for (Index i = 0; i < first; ++i) {
    double prior = 0;
    if (i == Index{kLogWidth}) prior = 1 / (0.4 * 0.4);
    if (i == Index{kLogStretch}) prior = 1 / (0.2 * 0.2);
    if (i >= Index{kFocusParameters}) prior = priorOfBackground(model.layout(), i);
    const double variance = squares(i) / kDraws - std::pow(sum(i) / kDraws, 2);
    // What the pixels hardly tell of is not worth a difference of two numbers.
    if (information(i, i) - prior < 0.05 * prior) continue;
    // The variance of 600 draws has a standard deviation of sqrt(2 / 600) = 6 %.
    EXPECT_NEAR(variance / (information(i, i) - prior), 1, 0.25) << i;
  }
}

TEST(JointModel, PixelsOfAnElementShareTheModelsError) {
  PlanarProblem problem = slabProblem(true, false);
  const SlabOptics optics = slabOptics(true);
  JointConfig config;
  config.modelError = 0.03;
  JointModel model(problem, optics, 1, wholePictures(problem, optics), config);
  Focus focus{1, 2, -3, 21, 1.5};
  focus.activityMBq = activityFor(model, focus, 1e5);
  const VectorXd parameters = trueParameters(model, {focus}, 0.5);
  model.weigh(parameters);
  double information = 0;
  for (std::size_t view = 0; view < 2; ++view) {
    const double fwhmPixels = responseFwhmMm(problem.views[view], optics, {}) / 4.4;
    const double pixels = std::numbers::pi / 4 * fwhmPixels * fwhmPixels;
    const Eigen::ArrayXd all = model.expected(view, parameters), signal = all - 0.5;
    information += (signal.square() / (all + pixels * (0.03 * signal).square())).sum();
  }
  // The information is summed in single precision.
  EXPECT_NEAR(model.evaluate(parameters).information(kLogActivity, kLogActivity) / information, 1, 1e-4);
}

TEST(JointModel, RefusesNegativeCountsAndShapesThatDoNotFit) {
  PlanarProblem problem = slabProblem(false, false);
  const SlabOptics optics = slabOptics(false);
  problem.views[1].backgroundShape = image::Image(3, 3, 1.F);
  EXPECT_THROW(JointModel(problem, optics, 1, wholePictures(problem, optics), {}), InputError);
  problem.views[1].backgroundShape = {};
  problem.views[0].counts.at(3, 3) = -1;
  EXPECT_THROW(JointModel(problem, optics, 1, wholePictures(problem, optics), {}), InputError);
}

}  // namespace
}  // namespace remnant::quantify

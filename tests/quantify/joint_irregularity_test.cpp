#include <gtest/gtest.h>

#include <cmath>

#include "quantify/joint_scene.h"

/// A joint fit learns how irregular a background is: what its bound and its intervals make of it.
namespace remnant::quantify {
namespace {

using Eigen::Index;

JointConfig configOf(double irregularitySigma) {
  JointConfig config;
  config.irregularitySigma = irregularitySigma;
  return config;
}

/// So many counts a pixel that they determine every bump, and bumps of this standard deviation.
struct Study {
  PlanarProblem problem = slabProblem(false, false);
  SlabOptics optics = slabOptics(false);
  Focus focus{1, 0, 0, 20, 2, 1.35};

  Study(double irregularitySigma, std::uint32_t number) {
    const JointConfig config = configOf(irregularitySigma);
    JointModel maker(problem, optics, 1, wholePictures(problem, optics), config);
    focus.activityMBq = activityFor(maker, focus, 20000);
    Eigen::VectorXd parameters = trueParameters(maker, {focus}, 200);
    RandomStream random(41, number);
    const JointLayout& layout = maker.layout();
    for (std::size_t patch = 0; patch < layout.patches(); ++patch)
      for (std::size_t term = layout.smoothTerms; term < layout.backgroundTerms(patch); ++term)
        parameters(static_cast<Index>(layout.background(patch, term))) = random.normal();
    drawCounts(maker, parameters, random, problem);
  }

  double bound(double configuredSigma) const {
    return cramerRao(problem, optics, {focus}, configOf(configuredSigma)).statistical[0].logActivity;
  }
};

double meanBound(double trueSigma, double configuredSigma) {
  double sum = 0;
  constexpr std::uint32_t kStudies = 3;
  for (std::uint32_t number = 0; number < kStudies; ++number)
    sum += Study(trueSigma, number).bound(configuredSigma);
  return sum / kStudies;
}

/// Of a view: bumps on a grid of 0.85 widths whose middle is less than about 0.6 outside of the disc of 2.5
/// that is fitted, but for those within 1.2 of the focus: pi (3.1^2 - 1.2^2) / 0.85^2.
constexpr double kBumpsAway = 36;
constexpr double kConfiguredSigma = 0.1, kSeenBefore = 5;

/// The root of the mean square of what is seen and what was seen before.
double learnedOf(double trueSigma) {
  const double squares =
      kBumpsAway * trueSigma * trueSigma + kSeenBefore * kConfiguredSigma * kConfiguredSigma;
  return std::sqrt(squares / (kBumpsAway + kSeenBefore));
}

TEST(LearnedIrregularity, TheBoundIsThatOfTheTruthWhateverWasConfigured) {
  for (const double trueSigma : {0.05, 0.3}) {
    const double known = meanBound(trueSigma, trueSigma), learned = meanBound(trueSigma, kConfiguredSigma);
    EXPECT_NEAR(learned / known, learnedOf(trueSigma) / trueSigma, 0.1) << trueSigma;
  }
}

}  // namespace
}  // namespace remnant::quantify

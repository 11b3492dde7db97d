#include <gtest/gtest.h>

#include <cmath>

#include "quantify/joint_scene.h"

/// A joint fit learns how irregular a background is: what its bound and its intervals make of it.
namespace remnant::quantify {
namespace {

using Eigen::Index;

constexpr FocusSeed kMark{0, 0};

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

TEST(LearnedIrregularity, TheBoundIsThatOfTheTruthWhateverWasConfigured) {
  // About twenty bumps a view away from the focus against five of before: what is learned of sigma 0.3 from
  // a configuration of 0.1 is sqrt((20 x 0.09 + 5 x 0.01) / 25) = 0.27; the bound follows it.
  const double knownIrregular = meanBound(0.3, 0.3), learnedIrregular = meanBound(0.3, 0.1);
  EXPECT_NEAR(learnedIrregular / knownIrregular, 0.27 / 0.3, 0.1);
  const double knownSmooth = meanBound(0.05, 0.05), learnedSmooth = meanBound(0.05, 0.1);
  // sqrt((20 x 0.0025 + 5 x 0.01) / 25) = 0.063.
  EXPECT_NEAR(learnedSmooth / knownSmooth, 0.063 / 0.05, 0.15);
}

}  // namespace
}  // namespace remnant::quantify

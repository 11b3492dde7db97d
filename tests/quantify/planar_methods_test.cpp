#include "remnant/quantify/planar_methods.h"

#include <cmath>

#include <gtest/gtest.h>

#include "quantify/joint_scene.h"
#include "remnant/base/error.h"
#include "remnant/base/random.h"

namespace remnant::quantify {
namespace {

struct Source {
  double activityMBq = 1, x = 0, z = 0, depthMm = 15;
};

/// The picture of sources on a level background, by the pixel model, as expected or as counted.
void fill(PlanarProblem& problem, const SlabOptics& optics, const std::vector<Source>& sources,
          double background, RandomStream* random) {
  for (std::size_t v = 0; v < problem.views.size(); ++v) {
    CalibratedView& view = problem.views[v];
    const PixelModel model(view, {0, 0, view.picture.columns, view.picture.rows},
                           optics.waterAttenuationPerMm());
    std::vector<double> sum(model.pixels(), background), one(model.pixels());
    for (const Source& source : sources) {
      const image::Point point{source.x, source.depthMm, source.z};
      const Disc disc = discsAbout(problem, optics, {source.x, source.z}, source.depthMm, 1)[v];
      SeenFocus seen = seenFocus(problem, v, disc, point, optics.ray(point, view.head).opticalDepth, 1.5);
      seen.amplitude *= source.activityMBq;
      model.evaluate(seen, one.data(), false);
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += one[i];
    }
    for (std::size_t i = 0; i < sum.size(); ++i)
      view.counts.pixels()[i] = random ? static_cast<std::int32_t>(random->poisson(sum[i]))
                                       : static_cast<std::int32_t>(std::lround(sum[i]));
  }
}

const Estimate& estimateOf(const Result& result) {
  if (const auto* refusal = std::get_if<Refusal>(&result)) throw ProgramError(refusal->code);
  return std::get<Estimate>(result);
}

std::string codeOf(const Result& result) {
  const auto* refusal = std::get_if<Refusal>(&result);
  return refusal ? refusal->code : "answered";
}

RegionConfig bright() {
  RegionConfig config;
  config.saturatedAt = 2000000000;
  return config;
}

class MethodsOfNuclide : public ::testing::TestWithParam<bool> {};

TEST_P(MethodsOfNuclide, FindDepthActivityAndUptakeWithoutNoise) {
  const bool iodine = GetParam();
  PlanarProblem problem = slabProblem(iodine, !iodine);
  problem.activityToUptakePercent = 0.5;
  const SlabOptics optics = slabOptics(iodine);
  for (const double depth : {6., 20., 45.}) {
    fill(problem, optics, {{4000, 3, -2, depth}}, 1000, nullptr);
    // The disc is placed as for a depth of 20 mm, whatever the true one.
    const std::vector<FocusDiscs> foci{discsAbout(problem, optics, {3, -2}, 20, iodine ? 30 : 16)};
    const PlanarAnswer pair = byOpposedViews(problem, optics, foci, 0, bright());
    // Tails are interpolated over every second pixel of the region's own box.
    EXPECT_NEAR(estimateOf(pair.depthMm).value, depth, iodine ? 0.5 : 0.1);
    EXPECT_NEAR(estimateOf(pair.activityMBq).value / 4000, 1, iodine ? 0.008 : 0.003);
    EXPECT_NEAR(estimateOf(pair.uptakePercent).value, 0.5 * estimateOf(pair.activityMBq).value, 1e-9);
    EXPECT_EQ(estimateOf(pair.depthMm).method, "anterior-posterior ratio");
    EXPECT_EQ(estimateOf(pair.depthMm).inputs, std::vector<std::string>{"slab"});
    if (iodine) continue;
    const PlanarAnswer windows = byScatterWindow(problem, optics, foci, 0, bright());
    EXPECT_NEAR(estimateOf(windows.depthMm).value, depth, 0.2);
    const PlanarAnswer all = byAllRegions(problem, optics, foci, 0, bright());
    EXPECT_NEAR(estimateOf(all.depthMm).value, depth, 0.2);
    EXPECT_LE(estimateOf(all.depthMm).standardUncertainty(),
              1.001 * estimateOf(pair.depthMm).standardUncertainty());
  }
}
INSTANTIATE_TEST_SUITE_P(Nuclides, MethodsOfNuclide, ::testing::Bool());

TEST(EffectiveAttenuation, ComesNearTheTruthOfItsNeck) {
  PlanarProblem problem = slabProblem(false, false);
  const SlabOptics optics = slabOptics(false);
  const std::vector<FocusDiscs> foci{discsAbout(problem, optics, {0, 0}, 20, 24)};
  for (const double depth : {10., 40.}) {
    fill(problem, optics, {{4000, 0, 0, depth}}, 1000, nullptr);
    const PlanarAnswer found =
        byEffectiveAttenuation(problem, optics, physics::nuclideNamed("Tc-99m"), foci, 0, bright());
    // The scatter kernel is that of the neck for which the table's attenuation is meant; its two sources
    // agree within 2 % of S/P, that is a millimetre.
    EXPECT_NEAR(estimateOf(found.depthMm).value, depth, 1.5) << depth;
    EXPECT_NEAR(estimateOf(found.activityMBq).value / 4000, 1, 0.1);
  }
}

TEST(PlanarMethods, IntervalsHoldTheTruthUnderNoise) {
  PlanarProblem problem = slabProblem(false, false);
  problem.nuisances.headGain = {{1, 0}, {1, 0}};
  problem.nuisances.planeMm = {};
  const SlabOptics optics(0.01537, kSlabThicknessMm, 0, 0);
  const std::vector<FocusDiscs> foci{discsAbout(problem, optics, {0, 0}, 15, 12)};
  constexpr int kTrials = 120;
  int depths = 0, activities = 0;
  double squares = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    RandomStream random(3, static_cast<std::uint32_t>(trial));
    fill(problem, optics, {{0.06, 0, 0, 18}}, 3, &random);
    const PlanarAnswer found = byOpposedViews(problem, optics, foci, 0);
    const Estimate &depth = estimateOf(found.depthMm), &activity = estimateOf(found.activityMBq);
    depths += depth.lower <= 18 && 18 <= depth.upper;
    activities += activity.lower <= 0.06 && 0.06 <= activity.upper;
    squares +=
        (depth.value - 18) * (depth.value - 18) / (depth.standardUncertainty() * depth.standardUncertainty());
  }
  // The priors of table, sensitivity and background stay, so that the intervals are somewhat wide: 0.9 to 1.
  EXPECT_GE(depths, 0.90 * kTrials);
  EXPECT_GE(activities, 0.90 * kTrials);
  EXPECT_LT(squares / kTrials, 1.4);
  EXPECT_GT(squares / kTrials, 0.4);
}

TEST(PlanarMethods, RefuseWithTheReason) {
  PlanarProblem problem = slabProblem(false, false);
  const SlabOptics optics = slabOptics(false);
  const auto answerFor = [&](const std::vector<Source>& sources) {
    std::vector<FocusDiscs> foci;
    for (const Source& source : sources)
      foci.push_back(discsAbout(problem, optics, {source.x, source.z}, 15, 12));
    return byOpposedViews(problem, optics, foci, 0);
  };
  fill(problem, optics, {{1, 0, 0, 15}}, 5, nullptr);
  EXPECT_EQ(codeOf(answerFor({{}}).depthMm), "answered");
  EXPECT_EQ(codeOf(answerFor({{}, {1, 15, 0, 15}}).depthMm), "overlapping-focus");
  EXPECT_EQ(codeOf(answerFor({{1, 55, 0, 15}}).depthMm), "region-outside");
  // 9 counts in half of a disc's 28 pixels of 10 each.
  fill(problem, optics, {{0.001, 0, 0, 15}}, 10, nullptr);
  const PlanarAnswer unseen = answerFor({{}});
  EXPECT_EQ(codeOf(unseen.depthMm), "not-significant");
  EXPECT_GT(std::get<Refusal>(unseen.activityMBq).upperLimit.value(), 0.001);
  fill(problem, optics, {{1, 0, 0, 15}}, 5, nullptr);
  problem.activityToUptakePercent = 0;
  EXPECT_EQ(codeOf(answerFor({{}}).uptakePercent), "no-dose");
  EXPECT_EQ(codeOf(answerFor({{}}).activityMBq), "answered");
  for (CalibratedView& view : problem.views) view.counts.at(24, 24) = 65535;
  EXPECT_EQ(codeOf(answerFor({{}}).depthMm), "saturated-pixels");
  for (CalibratedView& view : problem.views) view.counts = image::Counts(48, 48);
  EXPECT_EQ(codeOf(answerFor({{}}).depthMm), "no-counts");
  problem.views[1].head.angleDegrees = 150;
  EXPECT_EQ(codeOf(answerFor({{}}).depthMm), "unopposed-views");
  problem.views.pop_back();
  EXPECT_EQ(codeOf(answerFor({{}}).depthMm), "single-view");
  const std::vector<FocusDiscs> foci{discsAbout(problem, optics, {0, 0}, 15, 12)};
  EXPECT_EQ(codeOf(byScatterWindow(problem, optics, foci, 0).depthMm), "no-scatter-window");
  EXPECT_EQ(codeOf(depthByLateralView(problem, optics, foci, 0, {0, 2})), "no-lateral-view");
  EXPECT_EQ(codeOf(byAllRegions(problem, optics, foci, 0).depthMm), "single-view");
  const SlabOptics air(0.01, 0, 0, 0);
  EXPECT_EQ(codeOf(byOpposedViews(slabProblem(false, false), air, {FocusDiscs(2, {24, 24, 5})}, 0).depthMm),
            "no-thickness");
  EXPECT_THROW(byOpposedViews(problem, optics, {}, 0), ProgramError);
}

TEST(LateralView, MeasuresFromTheMarkerToTheFocus) {
  PlanarProblem problem = slabProblem(false, false);
  problem.views.pop_back();
  CalibratedView& view = problem.views[0];
  const SlabOptics optics = slabOptics(false);
  for (const double angle : {90., 270.}) {
    view.head.angleDegrees = angle;
    view.head.planeMm = 100;
    view.head.axisY = 20;
    constexpr int kTrials = 60;
    double sum = 0, squares = 0, stated = 0;
    const std::vector<FocusDiscs> foci{discsAbout(problem, optics, {0, 4}, 25, 14)};
    // The skin is y = 0, 20 mm before the axis: u = y sin(angle).
    const Known skin{angle == 90 ? -20. : 20., 2};
    for (int trial = 0; trial < kTrials; ++trial) {
      RandomStream random(17, static_cast<std::uint32_t>(trial), static_cast<std::uint32_t>(angle));
      fill(problem, optics, {{0.2, 0, 4, 22}}, 3, &random);
      const Estimate depth = estimateOf(depthByLateralView(problem, optics, foci, 0, skin));
      sum += depth.value;
      squares += (depth.value - 22) * (depth.value - 22);
      stated += depth.statistical / kTrials;
      EXPECT_EQ(depth.systematic, 2);
    }
    EXPECT_NEAR(sum / kTrials, 22, 4 * stated / std::sqrt(kTrials));
    EXPECT_NEAR(std::sqrt(squares / kTrials) / stated, 1, 4 / std::sqrt(2.0 * kTrials));
    EXPECT_LT(stated, 0.5);
  }
}

}  // namespace
}  // namespace remnant::quantify

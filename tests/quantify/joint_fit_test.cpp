#include "remnant/quantify/joint_fit.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <ostream>
#include <string>

#include "quantify/joint_scene.h"
#include "support/sanitized.h"

namespace remnant::quantify {
namespace {

/// What many realisations of one study show of the first focus.
struct Campaign {
  double logActivityRatio = 0, depthRatio = 0;  ///< standard deviation over the bound
  double logActivityBias = 0, depthBias = 0;    ///< in standard deviations
  double depthCoverage = 0, activityCoverage = 0;
  double depthBound = 0, logActivityBound = 0;
  int realisations = 0, notFinite = 0, notConverged = 0;
};

struct Setting {
  bool iodine = false, scatterWindow = false;
  double counts = 2000, background = 5, depthMm = 15;
  bool second = false;
  bool intervals = true;
};

/// For the test's name, which would else hold the bytes, padding too.
void PrintTo(const Setting& setting, std::ostream* out) {  // NOLINT(readability-identifier-naming)
  *out << (setting.iodine ? "iodine" : "technetium") << (setting.scatterWindow ? ", two windows" : "")
       << (setting.second ? ", two foci" : "") << ", " << setting.counts << " counts over "
       << setting.background << " at " << setting.depthMm << " mm";
}

constexpr double kTechnetiumFwhmMm = 11;

std::vector<Focus> fociOf(const Setting& setting, const PlanarProblem& problem, const NeckOptics& optics) {
  std::vector<Focus> foci{{1, 1.3, -0.7, setting.depthMm, 1.5}};
  if (setting.second) foci.push_back({1, 1.3 + 2 * kTechnetiumFwhmMm, 2.2, setting.depthMm + 8, 1.5});
  JointModel model(problem, optics, foci.size(), wholePictures(problem, optics), {});
  const double activity = activityFor(model, foci[0], setting.counts);
  for (Focus& focus : foci) focus.activityMBq = activity;
  return foci;
}

std::vector<FocusSeed> seedsOf(const std::vector<Focus>& foci) {
  std::vector<FocusSeed> seeds;
  for (const Focus& focus : foci) seeds.push_back({focus.x + 1.5, focus.z - 1.5});
  return seeds;
}

constexpr int kBoundEvery = 5;

/// As wide and as long as drawn: wide foci are known less well.
std::vector<Focus> drawnFoci(const JointModel& maker, const Eigen::VectorXd& parameters) {
  std::vector<Focus> drawn;
  for (std::size_t k = 0; k < maker.layout().foci; ++k) drawn.push_back(maker.focusOf(k, parameters));
  return drawn;
}

Campaign runCampaign(const Setting& setting, int realisations, std::uint64_t seed) {
  PlanarProblem problem = slabProblem(setting.iodine, setting.scatterWindow);
  const SlabOptics optics = slabOptics(setting.iodine);
  const auto foci = fociOf(setting, problem, optics);
  JointConfig config;
  config.profileIntervals = setting.intervals;
  // The counts are drawn of the model itself, which is true to them.
  config.modelError = 0;
  JointModel maker(problem, optics, foci.size(), wholePictures(problem, optics), config);
  Campaign campaign;
  double a = 0, aa = 0, d = 0, dd = 0, bound = 0, activityBound = 0;
  const double sensitivity = problem.nuisances.sensitivity.sigma;
  for (int i = 0; i < realisations; ++i) {
    RandomStream random(seed, static_cast<std::uint32_t>(i));
    auto parameters = trueParameters(maker, foci, setting.background);
    drawNuisances(maker, random, parameters);
    const double drift = random.normal(0, sensitivity);
    for (std::size_t k = 0; k < foci.size(); ++k)
      parameters(static_cast<Eigen::Index>(maker.layout().focus(k, kLogActivity))) += drift;
    drawCounts(maker, parameters, random, problem);
    if (i % kBoundEvery == 0) {
      const JointBound limit = cramerRao(problem, optics, drawnFoci(maker, parameters), config);
      bound += std::pow(limit.total[0].depthMm, 2);
      activityBound += std::pow(limit.total[0].logActivity, 2);
    }
    const JointFit fit = jointFit(problem, optics, seedsOf(foci), config);
    const FocusEstimate& focus = fit.foci[0];
    const double depthError = focus.depthMm.value - foci[0].depthMm,
                 logError = std::log(focus.activityMBq.value / foci[0].activityMBq);
    ++campaign.realisations;
    campaign.notConverged += !fit.converged;
    if (!std::isfinite(depthError + logError + focus.depthMm.upper + focus.activityMBq.upper)) {
      ++campaign.notFinite;
      continue;
    }
    a += logError;
    aa += logError * logError;
    d += depthError;
    dd += depthError * depthError;
    campaign.depthCoverage +=
        focus.depthMm.lower <= foci[0].depthMm && foci[0].depthMm <= focus.depthMm.upper;
    campaign.activityCoverage +=
        focus.activityMBq.lower <= foci[0].activityMBq && foci[0].activityMBq <= focus.activityMBq.upper;
  }
  const auto computed = (realisations + kBoundEvery - 1) / kBoundEvery;
  const double n = realisations, bounds = computed;
  campaign.depthBound = std::sqrt(bound / bounds);
  campaign.logActivityBound = std::sqrt(activityBound / bounds);
  const double depthSpread = std::sqrt(dd / n - d / n * d / n), spread = std::sqrt(aa / n - a / n * a / n);
  campaign.depthRatio = depthSpread / campaign.depthBound;
  campaign.logActivityRatio = spread / campaign.logActivityBound;
  campaign.depthBias = d / n / depthSpread;
  campaign.logActivityBias = a / n / spread;
  campaign.depthCoverage /= n;
  campaign.activityCoverage /= n;
  std::printf(
      "depth: SD/bound %.3f bias %.3f SD coverage %.3f (bound %.2f mm); activity: SD/bound %.3f "
      "bias %.3f SD coverage %.3f (bound %.4f); not finite %d, not converged %d\n",
      campaign.depthRatio, campaign.depthBias, campaign.depthCoverage, campaign.depthBound,
      campaign.logActivityRatio, campaign.logActivityBias, campaign.activityCoverage,
      campaign.logActivityBound, campaign.notFinite, campaign.notConverged);
  return campaign;
}

/// A standard deviation of n draws is known to 1/sqrt(2n), a coverage to sqrt(.95 .05 / n); three of each.
void expectEfficient(const Campaign& campaign) {
  const double n = campaign.realisations, spread = 3 / std::sqrt(2 * n), share = 3 * std::sqrt(0.0475 / n);
  EXPECT_EQ(campaign.notFinite, 0);
  for (const double ratio : {campaign.depthRatio, campaign.logActivityRatio}) {
    EXPECT_GT(ratio, 0.97 - spread);
    EXPECT_LT(ratio, 1.05 + spread);
  }
  for (const double coverage : {campaign.depthCoverage, campaign.activityCoverage}) {
    EXPECT_GT(coverage, 0.93 - share);
    EXPECT_LT(coverage, 0.97 + share);
  }
}

/// With few counts nothing is asked but honesty: finite answers and intervals that hold what they promise.
void expectHonest(const Campaign& campaign) {
  const double share = 3 * std::sqrt(0.0475 / campaign.realisations);
  EXPECT_EQ(campaign.notFinite, 0);
  for (const double coverage : {campaign.depthCoverage, campaign.activityCoverage}) {
    EXPECT_GT(coverage, 0.90 - share);
    EXPECT_LT(coverage, 0.99 + share);
  }
}

constexpr Setting kTwoViews{.counts = 3000};
constexpr Setting kTwoWindows{.scatterWindow = true, .counts = 3000};
constexpr Setting kTwoFoci{.counts = 3000, .second = true};
constexpr Setting kTwoFociTwoWindows{.scatterWindow = true, .counts = 3000, .second = true};
constexpr Setting kIodine{.iodine = true, .counts = 3000};
constexpr Setting kAtTheSkin{.counts = 3000, .depthMm = 2};
constexpr Setting kAtTheBack{.counts = 3000, .depthMm = 112};

/// Tolerances go by the number, so that fewer make a weaker test and not a wrong one.
constexpr int realisations(int number) {
  return testing::kSanitized ? number / 5 : number;
}

TEST(JointFit, ReachesTheBoundForOneFocus) {
  expectEfficient(runCampaign(kTwoViews, realisations(200), 11));
}

TEST(JointFit, ReachesTheBoundWithTwoWindows) {
  expectEfficient(runCampaign(kTwoWindows, realisations(100), 12));
}

TEST(JointFit, ReachesTheBoundForTwoFoci) {
  expectEfficient(runCampaign(kTwoFoci, realisations(80), 13));
}

TEST(JointFit, IsHonestWithFewCounts) {
  expectHonest(runCampaign({.counts = 60, .background = 0.1}, realisations(100), 14));
  expectHonest(runCampaign({.counts = 250, .background = 0.3}, realisations(100), 15));
}

/// One study of the slab with its counts.
PlanarProblem oneStudy(const std::vector<Focus>& foci, double background) {
  PlanarProblem problem = slabProblem(false, false);
  const SlabOptics optics = slabOptics(false);
  JointModel model(problem, optics, foci.size(), wholePictures(problem, optics), {});
  RandomStream random(16, 1);
  drawCounts(model, trueParameters(model, foci, background), random, problem);
  return problem;
}

TEST(JointFit, FindsAFocusThatItsMarkMissed) {
  // 13 mm off: more than the response's width, less than 4.5 standard deviations of a mark.
  const PlanarProblem problem = oneStudy({{1, 0, 0, 20, 2}}, 1);
  const FocusEstimate found = jointFit(problem, slabOptics(false), {{12, -5}}).foci[0];
  EXPECT_NEAR(found.x.value, 0, 0.5);
  EXPECT_NEAR(found.z.value, 0, 0.5);
  EXPECT_NEAR(found.depthMm.value, 20, 3 * found.depthMm.standardUncertainty());
  const FocusEstimate marked = jointFit(problem, slabOptics(false), {{0, 0}}).foci[0];
  EXPECT_NEAR(found.depthMm.value, marked.depthMm.value, 0.5 * marked.depthMm.standardUncertainty());
}

TEST(JointFit, IntervalsHoldBothFociThatTheirMarksDoNotTellApart) {
  // 4 mm apart, marks of 3.5 mm: changing places raises twice the objective by 2 x 4 x 4 / 3.5^2 = 2.6
  // < 3.84.
  const PlanarProblem problem = oneStudy({{1, 0, 0, 12, 1.5}, {6, 4, 0, 30, 1.5}}, 1);
  const auto near = jointFit(problem, slabOptics(false), {{0, 0}, {4, 0}}).foci;
  EXPECT_GE(near[0].activityMBq.upper, near[1].activityMBq.value);
  EXPECT_LE(near[1].activityMBq.lower, near[0].activityMBq.value);
  const double apart = near[1].activityMBq.value - near[0].activityMBq.value;
  ASSERT_GT(apart, 3) << "they are told apart, but not which is which";
  // The chance of a crossing, 1 / (1 + e^(2.6 / 2)) = 0.21, of so great an error, the same for both.
  for (const FocusEstimate& focus : near)
    EXPECT_NEAR(focus.activityMBq.standardUncertainty(), std::sqrt(0.21) * apart, 0.2 * apart);
}

TEST(JointFit, AMarkOfNothingLeavesItsNeighbourAlone) {
  const PlanarProblem problem = oneStudy({{6, 0, 0, 20, 1.5}}, 1);
  JointConfig config;
  config.modelError = 0;  // as in the campaigns
  const FocusEstimate alone = jointFit(problem, slabOptics(false), {{0, 0}}, config).foci[0];
  const auto both = jointFit(problem, slabOptics(false), {{0, 0}, {3, 1}}, config).foci;
  const auto sound = std::max_element(both.begin(), both.end(), [](const auto& one, const auto& other) {
    return one.activityMBq.value < other.activityMBq.value;
  });
  // A share of the activity may lie at the other mark, at another depth; the whole of it may not.
  EXPECT_GT(sound->activityMBq.lower, 3);
  EXPECT_LT(sound->activityMBq.standardUncertainty(), 4 * alone.activityMBq.standardUncertainty());
  EXPECT_LT(sound->depthMm.upper - sound->depthMm.lower, 4 * (alone.depthMm.upper - alone.depthMm.lower));
}

TEST(JointFit, OfTwoThatLookLikeOneOneIsSeen) {
  // 2 mm apart at a response of 11 mm: each is nothing beside the other, together they are bright.
  const PlanarProblem problem = oneStudy({{1, 0, 0, 20, 1.5}, {1, 2, 0, 20, 1.5}}, 1);
  auto both = jointFit(problem, slabOptics(false), {{0, 0}, {2, 0}}).foci;
  if (both[0].significance < both[1].significance) std::swap(both[0], both[1]);
  EXPECT_GT(both[0].significance, 20);
  EXPECT_LT(both[1].significance, 4);
  // The one has its own activity or that of both, as far as the counts tell.
  EXPECT_GT(both[0].activityMBq.upper, 1.8);
  EXPECT_LT(both[0].activityMBq.lower, 1.2);
}

/// Millions of counts tell a shape that is no ellipsoid from one; the background must not take what is left
/// over for its own. The camera's sensitivity and gains alone leave the activity to 3 %.
TEST(JointFit, ABrightFocusIsNotGivenToTheBackground) {
  PlanarProblem problem = slabProblem(true, false);
  const SlabOptics optics = slabOptics(true);
  JointModel maker(problem, optics, 2, wholePictures(problem, optics), {});
  Focus lobe{1, 1.3, -0.7, 20, 4.67, 1.7};
  lobe.activityMBq = 0.97 * activityFor(maker, lobe, 4e6);
  Focus lump{lobe.activityMBq * 3 / 97, lobe.x + 6, lobe.z + 6, lobe.depthMm, 2};
  RandomStream random(31, 1);
  drawCounts(maker, trueParameters(maker, {lobe, lump}, 2), random, problem);
  const JointFit fit = jointFit(problem, optics, {{lobe.x, lobe.z}}, {});
  EXPECT_NEAR(fit.foci[0].activityMBq.value / (lobe.activityMBq + lump.activityMBq), 1, 0.05);
  EXPECT_NEAR(fit.foci[0].depthMm.value, lobe.depthMm, 3);
}

TEST(JointFit, LimitsWhatIsNotSeenWithoutProfilesToo) {
  // A faint focus with an honest limit of its own: background of 1 a pixel, a disc of some 100 pixels, so
  // that 4 standard deviations are some 40 counts, at about 30 counts an MBq and second, of 300 s.
  const PlanarProblem problem = oneStudy({{1e-6, 0, 0, 20, 1.5}}, 1);
  JointConfig config;
  config.profileIntervals = false;
  const FocusEstimate unseen = jointFit(problem, slabOptics(false), {{0, 0}}, config).foci[0];
  EXPECT_LT(unseen.significance, 4);
  EXPECT_GT(unseen.activityMBq.upper, 0.0005);
  EXPECT_LT(unseen.activityMBq.upper, 0.1);
}

TEST(JointFit, PriorOfDepthPullsAndIsReportedBeside) {
  const PlanarProblem problem = oneStudy({{0.1, 0, 0, 20, 1.5}}, 0.5);
  const SlabOptics optics = slabOptics(false);
  JointConfig config;
  const FocusEstimate plain = jointFit(problem, optics, {{1, 1}}, config).foci[0];
  EXPECT_FALSE(plain.depthWithPriorMm.has_value());
  config.depthPrior = {{1, 12, 1}};
  const FocusEstimate pulled = jointFit(problem, optics, {{1, 1}}, config).foci[0];
  ASSERT_TRUE(pulled.depthWithPriorMm.has_value());
  EXPECT_DOUBLE_EQ(pulled.depthMm.value, plain.depthMm.value);
  // Two normal distributions multiplied: the mean weighted by the inverse variances.
  const double variance = std::pow(plain.depthMm.standardUncertainty(), 2);
  EXPECT_NEAR(pulled.depthWithPriorMm->value, (plain.depthMm.value + 12 * variance) / (1 + variance), 0.3);
  EXPECT_NEAR(pulled.depthWithPriorMm->standardUncertainty(), std::sqrt(variance / (1 + variance)), 0.1);
  config.depthPrior = {{1, 20, 1000}};
  EXPECT_NEAR(jointFit(problem, optics, {{1, 1}}, config).foci[0].depthWithPriorMm->value,
              plain.depthMm.value, 0.3 * plain.depthMm.standardUncertainty());
}

std::string refusalOf(const PlanarProblem& problem, const std::vector<FocusSeed>& seeds) {
  try {
    jointFit(problem, slabOptics(false), seeds);
    return "none";
  } catch (const InputError& error) {
    return error.code();
  }
}

TEST(JointFit, RefusesWhatCannotBeFitted) {
  PlanarProblem problem = slabProblem(false, false);
  EXPECT_EQ(refusalOf(problem, {}), "no-foci");
  EXPECT_EQ(refusalOf(problem, {{500, 0}}), "focus-outside-picture");
  problem.views.clear();
  EXPECT_EQ(refusalOf(problem, {{0, 0}}), "no-views");
}

constexpr const char* kLongTests = "REMNANT_LONG_TESTS";
constexpr const char* kSkipped = "5000 realisations take minutes; set REMNANT_LONG_TESTS to run them";

class JointFitLong : public ::testing::TestWithParam<Setting> {
 protected:
  void SetUp() override {
    if (!std::getenv(kLongTests)) GTEST_SKIP() << kSkipped;
  }
};

class JointFitLongFewCounts : public JointFitLong {};

TEST_P(JointFitLong, ReachesTheBound) {
  expectEfficient(runCampaign(GetParam(), 5000, 21));
}

INSTANTIATE_TEST_SUITE_P(Settings, JointFitLong,
                         ::testing::Values(kTwoViews, kTwoWindows, kTwoFoci, kTwoFociTwoWindows, kIodine));

TEST_P(JointFitLongFewCounts, IsHonest) {
  expectHonest(runCampaign(GetParam(), 5000, 22));
}

INSTANTIATE_TEST_SUITE_P(Settings, JointFitLongFewCounts,
                         ::testing::Values(Setting{.counts = 50, .background = 0.1},
                                           Setting{.counts = 100, .background = 0.3},
                                           Setting{.counts = 300, .background = 1},
                                           Setting{.iodine = true, .counts = 100, .background = 0.3},
                                           kAtTheSkin, kAtTheBack));

}  // namespace
}  // namespace remnant::quantify

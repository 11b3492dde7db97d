#include "remnant/phantom/monte_carlo_engine.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <numeric>

#include "phantom/example_cohort.h"
#include "remnant/base/error.h"
#include "remnant/phantom/setting.h"
#include "remnant/phantom/simulation.h"

namespace remnant::phantom {
namespace {

using testing::coldTechnetiumCohort;

double sumOf(const image::Image& image) {
  return std::accumulate(image.pixels().begin(), image.pixels().end(), 0.0);
}

/// A study as Simulation sets it up, seen without scatter.
struct Scene {
  Cohort cohort;
  std::uint64_t seed;
  std::vector<CentreCamera> cameras;
  Setting setting;
  StudyView unscattered;
  CountingConditions conditions;

  explicit Scene(const Cohort& who, std::uint64_t seedOfAll = 4)
      : cohort(who),
        seed(seedOfAll),
        cameras(camerasOf(cohort, seed)),
        setting(settingOf(cohort, cameras, seed, 1, 0)),
        unscattered(setting.scene, setting.acquisitions, cameras[0].camera.pixelMm128 / 2,
                    nuclide().photopeakKeV, withoutScatter()),
        conditions{cameras[0], setting.day, nuclide(), cohort.camera.fullSpectrumFraction} {}

  const physics::Nuclide& nuclide() const { return physics::nuclideNamed(cohort.acquisition.nuclide); }
  MonteCarloFrames frames(const AcquisitionPlan& plan, std::uint32_t photonSeed,
                          const MonteCarloConfig& config) const {
    RandomStream seeds(photonSeed, 0);
    return monteCarloFrames(unscattered, plan, conditions, seeds, config);
  }
  /// The anterior head alone, on pixels of about 2 cm, where runs are cheap.
  AcquisitionPlan quickPlan() const {
    AcquisitionPlan plan = setting.acquisitions.front();
    plan.heads.resize(1);
    plan.picture.rows = plan.picture.columns = 32;
    plan.picture.pixelMm *= 4;
    return plan;
  }

 private:
  static projection::ProjectorConfig withoutScatter() {
    projection::ProjectorConfig config;
    config.scatter = projection::ScatterModel::kNone;
    return config;
  }
  static std::vector<CentreCamera> camerasOf(const Cohort& cohort, std::uint64_t seed) {
    RandomStream random = streamOfCentre(seed, 0);
    return {centreCameraOf(cohort, cohort.centres[0], random)};
  }
};

MonteCarloConfig photons(std::size_t histories) {
  MonteCarloConfig config;
  config.histories = histories;
  return config;
}

/// Gains, a table that halves the posterior view and more, and counts lost to dead time: all that must reach
/// both engines alike.
Cohort nuisancesCohort() {
  Cohort cohort = coldTechnetiumCohort();
  cohort.camera.headGainSigma = 0.2;
  cohort.camera.sensitivitySigma = 0.1;
  cohort.camera.tableOpticalDepth = {1, 1};
  cohort.camera.uniformityRms = {0.05, 0.05};
  cohort.camera.ambientCpsPerCm2 = {0.0095, 0.0095};
  return cohort;
}

/// docs/physics.md: in photopeak windows the fast model of scatter is right to 2.3 %.
constexpr double kFastModelTolerance = 0.023;

TEST(MonteCarloEngine, CountsWhatTheFastEngineCountsInThePhotopeak) {
  const Cohort cohort = nuisancesCohort();
  const Scene scene(cohort);
  const auto fast = Simulation(cohort, scene.seed).expected(1, 0).front();
  const auto reference = scene.frames(scene.setting.acquisitions.front(), 5, photons(40'000));
  ASSERT_EQ(reference.expected.size(), 2U);
  EXPECT_LT(reference.noise.ofCounts, 0.01);
  for (std::size_t head = 0; head < 2; ++head) {
    const double expected = sumOf(fast[head]);
    EXPECT_NEAR(sumOf(reference.expected[head]), expected,
                expected * (kFastModelTolerance + 3 * reference.noise.ofCounts));
  }
}

// Were there no scatter, the photopeak would lack a tenth at the least (physics.md 2: S/P 0.18 at 30 mm).
TEST(MonteCarloEngine, AddsScatterToTheUnscatteredPhotons) {
  const Scene scene(coldTechnetiumCohort());
  const AcquisitionPlan plan = scene.quickPlan();
  const auto primary =
      expectedCounts(scene.unscattered.rates(plan.heads[0], plan.picture, scene.cameras[0].windows), plan, 0,
                     plan.heads[0], 0, scene.conditions);
  const auto reference = scene.frames(plan, 5, photons(40'000));
  EXPECT_GT(sumOf(reference.expected[0]), 1.05 * sumOf(primary[0]));
}

TEST(MonteCarloEngine, TellsTheNoiseThatRepetitionsShow) {
  const Scene scene(coldTechnetiumCohort());
  constexpr int kRuns = 16;
  std::vector<MonteCarloFrames> runs;
  double toldOfCounts = 0, toldOfVariance = 0;
  for (std::uint32_t run = 0; run < kRuns; ++run) {
    runs.push_back(scene.frames(scene.quickPlan(), run, photons(1'000)));
    toldOfCounts += runs.back().noise.ofCounts / kRuns;
    toldOfVariance += runs.back().noise.ofCountingVariance / kRuns;
  }
  const auto spread = [&](const auto& valueOf) {
    double sum = 0, squares = 0;
    for (const MonteCarloFrames& run : runs) {
      const double value = valueOf(run.expected[0]);
      sum += value;
      squares += value * value;
    }
    return (squares - sum * sum / kRuns) / (kRuns - 1);
  };
  const double mean = sumOf(runs[0].expected[0]);
  const double ofCounts = std::sqrt(spread(sumOf)) / mean;
  double variance = 0;
  for (std::size_t pixel = 0; pixel < runs[0].expected[0].pixels().size(); ++pixel)
    variance += spread([&](const image::Image& image) { return image.pixels()[pixel]; });
  // A standard deviation from 16 values is known to 18 %; photons beyond the field of view are in what is
  // told.
  EXPECT_GT(toldOfCounts, 0.6 * ofCounts);
  EXPECT_LT(toldOfCounts, 1.7 * ofCounts);
  EXPECT_NEAR(toldOfVariance, variance / mean, 0.3 * variance / mean);
}

TEST(MonteCarloEngine, PhotonsForANoiseGoInProportionAndUpToTwoDigits) {
  EXPECT_DOUBLE_EQ(historiesForNoise(0.1, {0, 30}, 1'000), 300'000);    // 300 times as many
  EXPECT_DOUBLE_EQ(historiesForNoise(0.1, {0, 30.1}, 1'000), 310'000);  // 301 times
  EXPECT_DOUBLE_EQ(historiesForNoise(0.5, {0, 0.25}, 40'000), 20'000);  // half
  EXPECT_EQ(historiesForNoise(0.1, {0, 0}, 1'000), 0);
}

TEST(MonteCarloEngine, HidesCountingAboveItsVariance) {
  EXPECT_FALSE(MonteCarloNoise({0.5, 1}).hidesCounting());
  EXPECT_TRUE(MonteCarloNoise({0, 1.01}).hidesCounting());
}

TEST(MonteCarloEngine, FollowsAllPhotonsAndTellsOfThem) {
  const Scene scene(coldTechnetiumCohort());
  std::atomic<std::size_t> followed = 0;
  MonteCarloConfig config = photons(1'019);
  config.followed = [&](std::size_t histories) { followed += histories; };
  scene.frames(scene.quickPlan(), 1, config);
  EXPECT_EQ(config.historiesOfView(), 1'000U);
  EXPECT_EQ(followed, config.historiesOfView());
}

TEST(MonteCarloEngine, IsTheSameOnTwoThreads) {
  const Scene scene(coldTechnetiumCohort());
  MonteCarloConfig two = photons(2'000);
  two.threads = 2;
  EXPECT_EQ(scene.frames(scene.quickPlan(), 1, photons(2'000)).expected,
            scene.frames(scene.quickPlan(), 1, two).expected);
}

/// The key that the refusal names.
std::string refusedKeyOf(const Cohort& cohort) {
  try {
    requireMonteCarloCan(cohort);
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), "engine-cannot");
    return error.tag();
  }
  return {};
}

TEST(MonteCarloEngine, RefusesWhatItCannotMakeByTheKey) {
  Cohort cohort = coldTechnetiumCohort();
  EXPECT_EQ(refusedKeyOf(cohort), "");
  cohort.acquisition.spect = true;
  EXPECT_EQ(refusedKeyOf(cohort), "acquisition.spect");
  cohort.acquisition.dynamicFrames = 2;
  EXPECT_EQ(refusedKeyOf(cohort), "acquisition.dynamicFrames");
}

TEST(MonteCarloEngine, StudyIsTheFastOneButForItsScatter) {
  const Simulation simulation(coldTechnetiumCohort(), 4);
  const MonteCarloStudy reference = simulation.simulateByMonteCarlo(1, 0, photons(4'000));
  const SimulatedStudy fast = simulation.simulate(1, 0);
  EXPECT_EQ(reference.study.record.studyInstanceUid, fast.record.studyInstanceUid);
  EXPECT_NE(reference.study.anterior(), fast.anterior());
  const auto counts = static_cast<double>(image::sumOf(fast.anterior()));
  // Both are Poisson.
  EXPECT_NEAR(static_cast<double>(image::sumOf(reference.study.anterior())), counts,
              counts * (kFastModelTolerance + 3 * reference.noise.ofCounts) + 4 * std::sqrt(2 * counts));
}

}  // namespace
}  // namespace remnant::phantom

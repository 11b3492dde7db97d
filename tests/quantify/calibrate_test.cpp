#include "remnant/quantify/calibrate.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "remnant/base/error.h"
#include "remnant/base/random.h"
#include "remnant/physics/camera.h"
#include "remnant/physics/dead_time.h"
#include "support/refusal_code.h"

namespace remnant::quantify {
namespace {

constexpr double kPixelMm = 4.418;
constexpr std::size_t kPixels = 128;

const physics::Nuclide& iodine() {
  return physics::nuclideNamed("I-131");
}

physics::PointResponse response() {
  return physics::CameraLibrary::standard().response("GE Infinia", "GE HEGP", iodine(), {328, 401});
}

/// Photon by photon: a place in the source, and how far the core or a tail carries it.
class Photons {
 public:
  explicit Photons(std::uint64_t seed, double sourceMm) : random_(seed, 1), sourceMm_(sourceMm) {}

  void addCore(image::Counts& counts, double expected, double sigmaMm) {
    for (std::uint32_t left = random_.poisson(expected); left > 0; --left)
      count(counts, random_.normal(0, sigmaMm), random_.normal(0, sigmaMm));
  }

  void addTail(image::Counts& counts, double expected, double lengthMm) {
    for (std::uint32_t left = random_.poisson(expected); left > 0; --left) {
      const double radius = random_.gamma(2, lengthMm), angle = random_.uniform(0, 2 * std::numbers::pi);
      count(counts, radius * std::cos(angle), radius * std::sin(angle));
    }
  }

  void addBackground(image::Counts& counts, double perPixel) {
    for (std::int32_t& pixel : counts.pixels()) pixel += static_cast<std::int32_t>(random_.poisson(perPixel));
  }

 private:
  void count(image::Counts& counts, double x, double y) {
    const double radius = sourceMm_ * std::sqrt(random_.uniform());
    const double angle = random_.uniform(0, 2 * std::numbers::pi);
    const double column = 60.3 + (x + radius * std::cos(angle)) / kPixelMm;
    const double row = 66.8 + (y + radius * std::sin(angle)) / kPixelMm;
    if (column < 0 || row < 0 || column >= kPixels || row >= kPixels) return;
    ++counts.at(static_cast<std::size_t>(row), static_cast<std::size_t>(column));
  }

  RandomStream random_;
  double sourceMm_;
};

struct Scene {
  double coreCpsPerMBq = 25;
  double tailScale = 1.2;
  double activityMBq = 2;
  double seconds = 100;
  double diameterMm = 0;
};

SourceAcquisition acquisitionOf(const Scene& scene, std::uint64_t seed) {
  const physics::PointResponse shape = response();
  SourceAcquisition acquisition;
  acquisition.pixelMm = kPixelMm;
  acquisition.activityMBq = {scene.activityMBq, 0.03 * scene.activityMBq};
  acquisition.geometry.diameterMm = scene.diameterMm;
  acquisition.source = {image::Counts(kPixels, kPixels), scene.seconds};
  acquisition.background = Exposure{image::Counts(kPixels, kPixels), scene.seconds};
  Photons photons(seed, scene.diameterMm / 2);
  const double expected = scene.coreCpsPerMBq * scene.activityMBq * scene.seconds;
  photons.addCore(acquisition.source.counts, expected, shape.sigmaMm(100));
  for (const physics::Tail& tail : shape.tails)
    photons.addTail(acquisition.source.counts,
                    expected * scene.tailScale * tail.fraction / shape.coreFraction, tail.lengthMm);
  photons.addBackground(acquisition.source.counts, 0.4);
  photons.addBackground(acquisition.background->counts, 0.4);
  return acquisition;
}

/// No dead time, and counting alone uncertain.
CalibrateConfig plainConfig() {
  CalibrateConfig config;
  config.deadTimeSeconds = 0;
  config.deadTimeUncertaintySeconds = 0;
  return config;
}

Estimate sensitivityOf(const SourceAcquisition& acquisition, const CalibrateConfig& config = plainConfig()) {
  return std::get<Estimate>(headSensitivity(acquisition, iodine(), response(), config));
}

TEST(SourceActivity, IsWhatLeftTheSyringe) {
  SyringeAssay assay;
  assay.full = {100, iodine().halfLifeHours};   // half of it at the start
  assay.empty = {10, -iodine().halfLifeHours};  // read a half-life later: twice as much at the start
  const Known activity = sourceActivity(iodine(), assay);
  EXPECT_NEAR(activity.value, 50 - 20, 1e-9);
  EXPECT_NEAR(activity.sigma, std::sqrt(0.9 * 0.9 + 0.25 * 0.25 + 0.1 * 0.1), 1e-9);
  assay.empty.activityMBq = 30;
  EXPECT_EQ(testing::refusalCodeOf([&] { sourceActivity(iodine(), assay); }), "bad-source");
}

/// The truth is what the photons were drawn with.
TEST(HeadSensitivity, OfPointAndDishIsWhatPhotonsWereDrawnWith) {
  for (const double diameterMm : {0.0, 90.0}) {
    Scene scene;
    scene.diameterMm = diameterMm;
    scene.seconds = 1000;
    const Estimate estimate = sensitivityOf(acquisitionOf(scene, 11));
    const double decay = physics::meanDecayDuring(iodine(), scene.seconds / 3600);
    EXPECT_NEAR(estimate.value * decay, 25, 4 * estimate.statistical) << diameterMm;
    EXPECT_LT(estimate.statistical / estimate.value, 0.006);
  }
}

/// Nearly all of the tails is then in the sum: 282 mm is the disc of the picture's area.
TEST(HeadSensitivity, OfTheWholePictureIsTheSame) {
  CalibrateConfig config = plainConfig();
  config.wholePictureRadiusMm = kPixelMm * kPixels / std::sqrt(std::numbers::pi);
  Scene scene;
  scene.seconds = 1000;
  const Estimate estimate = sensitivityOf(acquisitionOf(scene, 12), config);
  EXPECT_NEAR(estimate.value * physics::meanDecayDuring(iodine(), scene.seconds / 3600), 25,
              4 * estimate.statistical + 0.05);
}

TEST(HeadSensitivity, StatisticalUncertaintyIsTheSpreadOfTheTrials) {
  constexpr int kTrials = 60;
  double squares = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    Scene scene;
    scene.seconds = 20;
    const Estimate estimate = sensitivityOf(acquisitionOf(scene, 100 + static_cast<std::uint64_t>(trial)));
    squares += std::pow((estimate.value - 25) / estimate.statistical, 2);
  }
  // Chi squared of 60: 60 +- 11; three and a half of them.
  EXPECT_NEAR(squares, kTrials, 3.5 * std::sqrt(2.0 * kTrials));
}

TEST(HeadSensitivity, SystematicUncertaintyHoldsActivityDaysAndTails) {
  const SourceAcquisition acquisition = acquisitionOf({}, 5);
  CalibrateConfig config = plainConfig();
  config.tailScale.sigma = 0;
  const Estimate without = sensitivityOf(acquisition, config);
  EXPECT_NEAR(without.systematic / without.value, std::hypot(0.03, 0.02), 1e-9);
  // With another scale of the tails the answer moves by what their uncertainty says.
  config.tailScale = {1.2, 0.2};
  const Estimate with = sensitivityOf(acquisition, config);
  config.tailScale.value = 1.4;
  const double moved = sensitivityOf(acquisition, config).value / with.value - 1;
  EXPECT_NEAR(with.systematic / with.value, std::hypot(0.03, 0.02, moved), 0.002);
}

/// Half-way through 10 mm of water: exp(-0.0110 5) (1 + 0.002339 5), physics.md 2.
TEST(HeadSensitivity, IsThatInAir) {
  SourceAcquisition acquisition = acquisitionOf({}, 6);
  const double bare = sensitivityOf(acquisition).value;
  acquisition.geometry.liquidMm = 10;
  EXPECT_NEAR(bare / sensitivityOf(acquisition).value, std::exp(-0.055) * 1.0117, 0.001);
}

TEST(HeadSensitivity, TakesDeadTimeBack) {
  const SourceAcquisition acquisition = acquisitionOf({}, 7);
  const double bare = sensitivityOf(acquisition).value;
  CalibrateConfig config = plainConfig();
  config.deadTimeSeconds = 1e-3;
  config.fullSpectrumFraction = 0.9;
  const double rate =
      static_cast<double>(image::sumOf(acquisition.source.counts)) / acquisition.source.seconds / 0.9;
  const double gain = physics::trueRate(rate, 1e-3) / rate;
  EXPECT_GT(gain, 1.05);
  EXPECT_NEAR(sensitivityOf(acquisition, config).value / bare, gain, 0.01);
  config.deadTimeSeconds = 1e-1;
  EXPECT_EQ(std::get<Refusal>(headSensitivity(acquisition, iodine(), response(), config)).code,
            "dead-time-saturated");
}

TEST(HeadSensitivity, RefusesPicturesWithoutASource) {
  SourceAcquisition acquisition = acquisitionOf({}, 8);
  acquisition.source.counts = acquisition.background->counts;
  // The brightest place of noise may lie at the edge.
  const Refusal none = std::get<Refusal>(headSensitivity(acquisition, iodine(), response()));
  EXPECT_TRUE(none.code == "no-source" || none.code == "source-at-edge") << none.code;
  acquisition = acquisitionOf({}, 8);
  acquisition.geometry.diameterMm = 600;
  EXPECT_EQ(std::get<Refusal>(headSensitivity(acquisition, iodine(), response())).code, "source-at-edge");
  acquisition.pixelMm = 0;
  EXPECT_THROW(headSensitivity(acquisition, iodine(), response()), ProgramError);
}

/// Counts spread over 40 cm, of which a disc for a point has a few per cent; a dish of that size is one.
TEST(HeadSensitivity, RefusesSourcesThatAreNotCompact) {
  Scene scene;
  scene.diameterMm = 400;
  SourceAcquisition acquisition = acquisitionOf(scene, 13);
  acquisition.geometry.diameterMm = 0;
  const Result result = headSensitivity(acquisition, iodine(), response(), plainConfig());
  const auto* refusal = std::get_if<Refusal>(&result);
  ASSERT_NE(refusal, nullptr);
  EXPECT_EQ(refusal->code, "not-compact");
  EXPECT_NE(refusal->sentence.find("kind = \"extended\""), std::string::npos) << refusal->sentence;
}

TEST(HeadSensitivity, AcceptsCompactSourcesWithTwiceTheTails) {
  Scene scene;
  scene.tailScale = 2.4;
  EXPECT_GT(sensitivityOf(acquisitionOf(scene, 14)).value, 25);
}

TEST(HeadSensitivity, BecomesAnEntryOfTheFile) {
  const Estimate estimate = sensitivityOf(acquisitionOf({}, 9));
  const physics::HeadSensitivity entry = sensitivityEntry(estimate, 2, iodine(), response());
  EXPECT_EQ(entry.head, 2);
  EXPECT_EQ(entry.collimator, "GE HEGP");
  EXPECT_EQ(entry.window, (physics::Window{328, 401}));
  EXPECT_EQ(entry.relativeUncertainty,
            std::hypot(estimate.statistical, estimate.systematic) / estimate.value);
}

TEST(HeadGain, IsTheRatioOfTheCounts) {
  image::Counts first(2, 2, 2500), second(2, 2, 3000);
  const Estimate gain = std::get<Estimate>(headGain(first, second, 0.01));
  EXPECT_NEAR(gain.value, 1.2, 1e-12);
  EXPECT_NEAR(gain.statistical, 1.2 * std::sqrt(1.0 / 10000 + 1.0 / 12000), 1e-12);
  EXPECT_NEAR(gain.systematic, 0.012, 1e-12);
  EXPECT_EQ(std::get<Refusal>(headGain(first, image::Counts(2, 2, 1), 0)).code, "no-source");
}

/// What a paralysable counter of 3 microseconds makes of two activities.
DeadTimeMeasurement measurementOf(double deadTimeSeconds, double trueLow, double ratio) {
  DeadTimeMeasurement measurement;
  measurement.fullSpectrumFraction = 0.3;
  measurement.lowSeconds = 60;
  measurement.highSeconds = 30;
  measurement.lowCounts = 0.3 * 60 * physics::observedRate(trueLow, deadTimeSeconds);
  measurement.highCounts = 0.3 * 30 * physics::observedRate(ratio * trueLow, deadTimeSeconds);
  measurement.activityRatio = {ratio, 0};
  return measurement;
}

TEST(DeadTime, FollowsFromTwoActivities) {
  for (const double ratio : {1.5, 4.0, 20.0}) {
    const Estimate tau = std::get<Estimate>(deadTime(measurementOf(3e-6, 1e4, ratio)));
    EXPECT_NEAR(tau.value, 3e-6, 1e-15) << ratio;
  }
  EXPECT_EQ(std::get<Refusal>(deadTime(measurementOf(3e-6, 5e5, 1.5))).code, "dead-time-saturated");
}

TEST(DeadTime, UncertaintiesAreTheSpreadOfTheTrials) {
  constexpr int kTrials = 4000;
  const DeadTimeMeasurement truth = measurementOf(3e-6, 3e4, 4);
  DeadTimeMeasurement uncertain = truth;
  uncertain.activityRatio.sigma = 0.04;
  const Estimate expected = std::get<Estimate>(deadTime(uncertain));
  RandomStream random(7, 1);
  double counting = 0, activity = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    DeadTimeMeasurement drawn = truth;
    drawn.lowCounts = random.normal(truth.lowCounts, std::sqrt(truth.lowCounts));
    drawn.highCounts = random.normal(truth.highCounts, std::sqrt(truth.highCounts));
    counting += std::pow(std::get<Estimate>(deadTime(drawn)).value - 3e-6, 2);
    drawn = truth;
    drawn.activityRatio.value = random.normal(4, 0.04);
    activity += std::pow(std::get<Estimate>(deadTime(drawn)).value - 3e-6, 2);
  }
  // A standard deviation from 4000 trials is known to 1.1 %.
  EXPECT_NEAR(std::sqrt(counting / kTrials) / expected.statistical, 1, 0.045);
  EXPECT_NEAR(std::sqrt(activity / kTrials) / expected.systematic, 1, 0.045);
}

}  // namespace
}  // namespace remnant::quantify

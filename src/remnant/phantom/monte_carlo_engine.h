#pragma once

#include <functional>

#include "remnant/base/random.h"
#include "remnant/phantom/counting.h"

/// Expected counts of a study's objects with its scatter followed photon by photon: the reference for the
/// fast engine (expectedFrames).
///
/// Both engines share the scene, the unscattered photons, the tails of septal penetration, and all that
/// stands between rates and counts. The Monte Carlo (montecarlo/acquisition.h) replaces the model of scatter
/// in the patient: photons of the imaged line, five scatterings, in the matter of the whole scene.
namespace remnant::phantom {

struct MonteCarloConfig {
  /// Photons emitted for each view of a head: a neck in a minute on two cores. Rounded down to whole batches
  /// of 40.
  std::size_t histories = 15'000'000;
  unsigned threads = 1;  ///< 0: one a core; has no influence on the result
  /// Told of photons that were followed, from any thread; for progress.
  std::function<void(std::size_t histories)> followed;

  std::size_t historiesOfView() const { return histories / kBatchesOfView * kBatchesOfView; }
  /// Two halves, whose difference tells the noise of a pixel, of ten batches for each of two grids.
  static constexpr std::size_t kHalves = 2, kBatches = 10, kGrids = 2;
  static constexpr std::size_t kBatchesOfView = kHalves * kBatches * kGrids;
};

/// What is left of the Monte Carlo's own statistics in expected counts, in the worst of the frames.
struct MonteCarloNoise {
  double ofCounts = 0;            ///< standard error of a frame's counts, relative
  double ofCountingVariance = 0;  ///< variance of a pixel over that of its Poisson noise, mean over the frame
  void include(const MonteCarloNoise& other);
  /// More than the Poisson counts' own variance: a picture of the engine rather than of the camera.
  bool hidesCounting() const { return ofCountingVariance > 1; }
};

/// Photons of a view that bring the noise of pixels down to `wanted` of the variance of counting, from what
/// `histories` left of it: it falls in proportion to them. Rounded up to two digits.
double historiesForNoise(double wanted, const MonteCarloNoise& noise, std::size_t histories);

struct MonteCarloFrames {
  std::vector<image::Image> expected;  ///< in the order of the object's frames
  MonteCarloNoise noise;
};

/// Static pictures and sweeps only. Throws InputError "engine-cannot" naming the key of the cohort's file
/// that asks for more.
void requireMonteCarloCan(const Cohort& cohort);

/// unscattered  the study's view made with ScatterModel::kNone
/// seeds        of the photons; drawn from view by view
MonteCarloFrames monteCarloFrames(const StudyView& unscattered, const AcquisitionPlan& plan,
                                  const CountingConditions& conditions, RandomStream& seeds,
                                  const MonteCarloConfig& config);

}  // namespace remnant::phantom

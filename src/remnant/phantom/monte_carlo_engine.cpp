#include "remnant/phantom/monte_carlo_engine.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numeric>

#include "remnant/base/error.h"
#include "remnant/montecarlo/acquisition.h"

namespace remnant::phantom {
namespace {

using image::Image;

double sumOf(const std::vector<float>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

std::uint64_t drawSeed(RandomStream& seeds) {
  const std::uint64_t high = seeds.nextWord();
  return high << 32 | seeds.nextWord();
}

void add(const Image& more, Image& sum) {
  for (std::size_t pixel = 0; pixel < sum.pixels().size(); ++pixel)
    sum.pixels()[pixel] += more.pixels()[pixel];
}

/// Scatter of one view from half of its photons, window by window.
struct ScatterHalf {
  std::vector<Image> rates;
  std::vector<double> varianceCps2;  ///< of all scattered counts a second
};

class ViewSimulator {
 public:
  ViewSimulator(const StudyView& unscattered, const AcquisitionPlan& plan,
                const CountingConditions& conditions, const MonteCarloConfig& config)
      : view_(unscattered),
        plan_(plan),
        conditions_(conditions),
        config_(config),
        windows_(conditions.camera.windows.begin(),
                 conditions.camera.windows.begin() + static_cast<std::ptrdiff_t>(plan.windows.size())) {}

  /// One head's frames, a window each.
  MonteCarloFrames simulate(std::size_t head, RandomStream& seeds) const;

 private:
  ScatterHalf scatter(const projection::HeadPosition& position, RandomStream& seeds) const;
  std::array<std::size_t, 2> historiesOfGrids() const;
  std::vector<Image> counted(std::vector<Image> rates, std::size_t head) const;
  void addScatter(const image::Volume& activityMBq, std::size_t histories,
                  const projection::HeadPosition& position, std::uint64_t seed, ScatterHalf& half) const;

  const StudyView& view_;
  const AcquisitionPlan& plan_;
  const CountingConditions& conditions_;
  const MonteCarloConfig& config_;
  std::vector<projection::WindowModel> windows_;
};

/// Of half a view, whole batches: in proportion to the activity, but a tenth at least, so that no part of the
/// scene is known by chance alone.
std::array<std::size_t, 2> ViewSimulator::historiesOfGrids() const {
  constexpr double kLeastShare = 0.1;
  const double coarse = sumOf(view_.activityMBq(StudyView::Grid::kCoarse).values());
  const double fine = sumOf(view_.activityMBq(StudyView::Grid::kFine).values());
  const std::size_t half = config_.historiesOfView() / MonteCarloConfig::kHalves;
  if (fine <= 0) return {half, 0};
  if (coarse <= 0) return {0, half};
  const double share = std::clamp(fine / (coarse + fine), kLeastShare, 1 - kLeastShare);
  const std::size_t aBatch = half / MonteCarloConfig::kBatches;
  const auto ofFine =
      static_cast<std::size_t>(std::ceil(share * static_cast<double>(aBatch))) * MonteCarloConfig::kBatches;
  return {half - ofFine, ofFine};
}

void ViewSimulator::addScatter(const image::Volume& activityMBq, std::size_t histories,
                               const projection::HeadPosition& position, std::uint64_t seed,
                               ScatterHalf& half) const {
  if (histories == 0) return;
  montecarlo::AcquisitionConfig config;
  config.histories = histories;
  config.seed = seed;
  config.batches = MonteCarloConfig::kBatches;
  config.threads = config_.threads;
  config.batchDone = config_.followed;
  const auto scattered = montecarlo::simulateScatter(activityMBq, view_.matter(), position, plan_.picture,
                                                     conditions_.nuclide, windows_, config);
  for (std::size_t window = 0; window < scattered.size(); ++window) {
    add(scattered[window].rates, half.rates[window]);
    half.varianceCps2[window] += std::pow(scattered[window].scatteredCps.standardError, 2);
  }
}

ScatterHalf ViewSimulator::scatter(const projection::HeadPosition& position, RandomStream& seeds) const {
  ScatterHalf half{std::vector<Image>(windows_.size(), Image(plan_.picture.rows, plan_.picture.columns)),
                   std::vector<double>(windows_.size(), 0)};
  const auto [coarse, fine] = historiesOfGrids();
  addScatter(view_.activityMBq(StudyView::Grid::kCoarse), coarse, position, drawSeed(seeds), half);
  addScatter(view_.activityMBq(StudyView::Grid::kFine), fine, position, drawSeed(seeds), half);
  return half;
}

/// The mean of two halves is off by half their difference.
double varianceOverCounts(const Image& first, const Image& second) {
  double variance = 0, counts = 0;
  for (std::size_t pixel = 0; pixel < first.pixels().size(); ++pixel) {
    const double difference = first.pixels()[pixel] - second.pixels()[pixel];
    variance += difference * difference / 4;
    counts += (first.pixels()[pixel] + second.pixels()[pixel]) / 2;
  }
  return counts > 0 ? variance / counts : 0;
}

Image meanOf(const Image& first, const Image& second) {
  Image mean = first;
  for (std::size_t pixel = 0; pixel < mean.pixels().size(); ++pixel)
    mean.pixels()[pixel] = (first.pixels()[pixel] + second.pixels()[pixel]) / 2;
  return mean;
}

std::vector<Image> ViewSimulator::counted(std::vector<Image> rates, std::size_t head) const {
  return expectedCounts(std::move(rates), plan_, head, positionAt(plan_, head, 0), 0, conditions_);
}

MonteCarloFrames ViewSimulator::simulate(std::size_t head, RandomStream& seeds) const {
  const projection::HeadPosition position = positionAt(plan_, head, 0);
  std::vector<Image> first = view_.rates(position, plan_.picture, windows_), second = first, mean;
  const ScatterHalf firstHalf = scatter(position, seeds), secondHalf = scatter(position, seeds);
  MonteCarloFrames frames;
  for (std::size_t window = 0; window < windows_.size(); ++window) {
    add(firstHalf.rates[window], first[window]);
    add(secondHalf.rates[window], second[window]);
    mean.push_back(meanOf(first[window], second[window]));
    const double error = std::sqrt(firstHalf.varianceCps2[window] + secondHalf.varianceCps2[window]) / 2;
    const double cps = sumOf(mean[window].pixels());
    if (cps > 0) frames.noise.include({error / cps, 0});
  }
  frames.expected = counted(std::move(mean), head);
  first = counted(std::move(first), head);
  second = counted(std::move(second), head);
  for (std::size_t window = 0; window < windows_.size(); ++window)
    frames.noise.include({0, varianceOverCounts(first[window], second[window])});
  return frames;
}

}  // namespace

void MonteCarloNoise::include(const MonteCarloNoise& other) {
  ofCounts = std::max(ofCounts, other.ofCounts);
  ofCountingVariance = std::max(ofCountingVariance, other.ofCountingVariance);
}

double historiesForNoise(double wanted, const MonteCarloNoise& noise, std::size_t histories) {
  const double exact = static_cast<double>(histories) * noise.ofCountingVariance / wanted;
  if (!(exact > 0)) return 0;
  const double secondDigit = std::pow(10, std::floor(std::log10(exact)) - 1);
  return std::ceil(exact / secondDigit) * secondDigit;
}

void requireMonteCarloCan(const Cohort& cohort) {
  const auto refuse = [](const std::string& what, const std::string& key) {
    throw InputError(
        "engine-cannot",
        "the Monte Carlo engine makes static pictures and whole-body sweeps, and this cohort asks for " +
            what,
        {}, key);
  };
  if (cohort.acquisition.dynamicFrames > 0) refuse("a dynamic series", "acquisition.dynamicFrames");
  if (cohort.acquisition.spect) refuse("tomography", "acquisition.spect");
}

MonteCarloFrames monteCarloFrames(const StudyView& unscattered, const AcquisitionPlan& plan,
                                  const CountingConditions& conditions, RandomStream& seeds,
                                  const MonteCarloConfig& config) {
  if (plan.framesPerHead != 1 || config.historiesOfView() == 0)
    throw ProgramError("the Monte Carlo engine was asked for a series, or for no photons");
  const ViewSimulator simulator(unscattered, plan, conditions, config);
  MonteCarloFrames frames;
  for (std::size_t head = 0; head < plan.heads.size(); ++head) {
    MonteCarloFrames view = simulator.simulate(head, seeds);
    std::move(view.expected.begin(), view.expected.end(), std::back_inserter(frames.expected));
    frames.noise.include(view.noise);
  }
  return frames;
}

}  // namespace remnant::phantom

#include "remnant/quantify/focus_detector.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "remnant/base/error.h"
#include "remnant/base/interrupt.h"
#include "remnant/base/random.h"
#include "remnant/quantify/focus_score.h"
#include "remnant/quantify/joint_solver.h"
#include "remnant/quantify/joint_start.h"

namespace remnant::quantify {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr double kLeastMaximaAbove = 10;  ///< simulated maxima above the threshold, so that it is well known
constexpr double kMarginFwhm = 1.5;
constexpr std::size_t kMostTimesSimulations = 10;

/// The photopeak views alone: scatter windows say little of where a focus is.
PlanarProblem photopeakOf(const PlanarProblem& problem) {
  PlanarProblem photopeak = problem;
  std::erase_if(photopeak.views, [](const CalibratedView& view) { return view.windowNumber != 0; });
  if (photopeak.views.empty()) throw InputError("no-views", "there is no picture of the photopeak to search");
  return photopeak;
}

std::vector<double> places(double least, double most, double spacing) {
  const auto steps = static_cast<int>(std::max(1.0, std::ceil((most - least) / spacing)));
  std::vector<double> values;
  for (int i = 0; i <= steps; ++i) values.push_back(least + (most - least) * i / steps);
  return values;
}

/// A study in search: the model of as many foci as found so far.
class Search {
 public:
  Search(const PlanarProblem& problem, const NeckOptics& optics, const SearchArea& area,
         const DetectorConfig& config)
      : problem_(problem), optics_(optics), config_(config) {
    const std::vector<FocusSeed> corners{{area.leastX, area.leastZ}, {area.mostX, area.mostZ}};
    patches_ = boxAround(problem, optics, corners, kMarginFwhm);
    fwhmMm_ = responseFwhmMm(problem.views.front(), optics,
                             {(area.leastX + area.mostX) / 2, (area.leastZ + area.mostZ) / 2});
    grid_ = {places(area.leastX, area.mostX, config.spacingFwhm * fwhmMm_),
             places(area.leastZ, area.mostZ, config.spacingFwhm * fwhmMm_)};
  }

  Detection run() {
    Detection detection;
    std::vector<FocusSeed> seeds;
    for (;;) {
      JointModel model(problem_, optics_, seeds.size(), patches_, config_.fit);
      const VectorXd parameters = fit(model, seeds);
      for (std::size_t k = 0; k < seeds.size(); ++k) {
        const Focus focus = model.focusOf(k, parameters);
        seeds[k] = detection.foci[k].place = {focus.x, focus.z};
        detection.foci[k].activityMBq = focus.activityMBq;
      }
      if (seeds.size() >= config_.mostFoci) return detection;
      const FocusScore score(model, parameters, grid_, config_);
      detection.threshold = threshold(score, static_cast<std::uint32_t>(seeds.size()));
      std::vector<VectorXd> counts;
      for (std::size_t patch = 0; patch < patches_.size(); ++patch) counts.push_back(model.counts(patch));
      const ScoredPlace best = score.best(counts, seeds, config_.leastSeparationFwhm * fwhmMm_);
      if (!(best.deviate > detection.threshold)) return detection;
      detection.foci.push_back({best.place, best.deviate, 0});
      seeds.push_back(best.place);
    }
  }

 private:
  VectorXd fit(JointModel& model, const std::vector<FocusSeed>& seeds) const {
    for (std::size_t k = 0; k < seeds.size(); ++k) model.keepNear(k, seeds[k], fwhmMm_ / 2);
    const VectorXd start = startOf(model, seeds);
    return minimise(model, start, nuisancesHeld(model), config_.fit.maximumIterations, config_.fit.tolerance)
        .parameters;
  }

  /// The deviate that the best place of a study of no further focus passes with the chance asked for.
  double threshold(const FocusScore& score, std::uint32_t foci) const {
    const double chance = -std::expm1(-config_.falseFociPerStudy);
    const auto wanted = static_cast<std::size_t>(std::ceil(kLeastMaximaAbove / chance));
    const std::size_t number =
        std::clamp(wanted, config_.simulations, kMostTimesSimulations * config_.simulations);
    std::vector<double> maxima;
    for (std::size_t i = 0; i < number; ++i)
      maxima.push_back(simulatedMaximum(score, static_cast<std::uint32_t>(i), foci));
    std::sort(maxima.begin(), maxima.end());
    const double rank = (1 - chance) * static_cast<double>(number + 1) - 1;
    const auto below = static_cast<std::size_t>(std::clamp(rank, 0.0, static_cast<double>(number - 1)));
    const std::size_t above = std::min(below + 1, number - 1);
    const double share = std::clamp(rank - static_cast<double>(below), 0.0, 1.0);
    // A surplus is asked for even where false foci may be many.
    return std::max(0.0, std::lerp(maxima[below], maxima[above], share));
  }

  double simulatedMaximum(const FocusScore& score, std::uint32_t study, std::uint32_t foci) const {
    stopIfInterrupted();
    std::vector<VectorXd> counts;
    for (std::size_t view = 0; view < patches_.size(); ++view) {
      RandomStream random(config_.seed, study, static_cast<std::uint32_t>(view), foci);
      counts.emplace_back(
          score.expected(view).unaryExpr([&](double mean) -> double { return random.poisson(mean); }));
    }
    return score.best(counts, {}, 0).deviate;
  }

  const PlanarProblem& problem_;
  const NeckOptics& optics_;
  const DetectorConfig& config_;
  std::vector<JointPatch> patches_;
  PlaceGrid grid_;
  double fwhmMm_ = 0;
};

}  // namespace

Detection detectFoci(const PlanarProblem& problem, const NeckOptics& optics, const SearchArea& area,
                     const DetectorConfig& config) {
  if (!(config.falseFociPerStudy > 0))
    throw InputError("bad-rate", fmt::format("the number of false foci a study is {}, which is not above 0",
                                             config.falseFociPerStudy));
  const PlanarProblem photopeak = photopeakOf(problem);
  return Search(photopeak, optics, area, config).run();
}

}  // namespace remnant::quantify

#include "remnant/quantify/joint_fit.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "remnant/base/error.h"
#include "remnant/quantify/joint_estimates.h"
#include "remnant/quantify/joint_labels.h"
#include "remnant/quantify/joint_solver.h"
#include "remnant/quantify/joint_start.h"

namespace remnant::quantify {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// A focus stays within so many widths of its seed, or so many standard deviations of a mark.
constexpr double kReachFwhm = 1.0, kReachSigmas = 4.5;
/// Where one is found further from the middle of its pixels, pixels are taken about where it was found.
constexpr double kOffCentreFwhm = 0.35;
constexpr int kMostCentrings = 3;
constexpr int kWeightingRounds = 2;
constexpr int kFlatIterations = 20;
constexpr double kFlatTolerance = 0.1;
/// Bumps that stand for what is known of irregularity beforehand; and how often that of the configuration a
/// background's may be at most.
constexpr double kSeenBefore = 5, kLeastIrregularity = 0.4, kMostIrregularity = 5;

Index at(std::size_t index) {
  return static_cast<Index>(index);
}

std::vector<FocusSeed> seedsOf(const std::vector<Focus>& foci) {
  std::vector<FocusSeed> seeds;
  for (const Focus& focus : foci) seeds.push_back({focus.x, focus.z});
  return seeds;
}

std::vector<FocusBound> boundsOf(const JointModel& model, const MatrixXd& covariance, double extra) {
  std::vector<FocusBound> bounds;
  for (std::size_t k = 0; k < model.layout().foci; ++k) {
    const auto sigma = [&](FocusParameter parameter) {
      const Index index = at(model.layout().focus(k, parameter));
      return std::sqrt(covariance(index, index));
    };
    bounds.push_back(
        {std::hypot(sigma(kLogActivity), extra), sigma(kDepth), sigma(kX), sigma(kZ), sigma(kLogWidth)});
  }
  return bounds;
}

void requireFoci(std::size_t foci) {
  if (foci == 0) throw InputError("no-foci", "there is no focus to fit");
}

void keepNear(JointModel& model, const std::vector<FocusSeed>& seeds) {
  for (std::size_t k = 0; k < seeds.size(); ++k) {
    const double fwhmMm = responseFwhmMm(model.problem().views.front(), model.optics().optics(), seeds[k]);
    model.keepNear(k, seeds[k], std::max(kReachFwhm * fwhmMm, kReachSigmas * model.config().seedSigmaMm));
  }
}

/// How irregular a background is its bumps away from the foci tell: their mean square over the number of them
/// that the counts determine (MacKay 1992, Neural Computation 4:415), about the prior's as if that had been
/// seen before.
void learnIrregularity(JointModel& model, JointSolution& solution, const std::vector<bool>& held) {
  const JointLayout& layout = model.layout();
  const MatrixXd covariance = covarianceOf(model, solution.evaluation.information, held);
  for (std::size_t patch = 0; patch < layout.patches(); ++patch) {
    const Index first = at(layout.background(patch, layout.smoothTerms)),
                bumps = at(layout.irregularities[patch]);
    const VectorXd& away = model.bumpsAway(patch);
    const double squares = away.dot(solution.parameters.segment(first, bumps).cwiseAbs2());
    const double determined = away.sum() - away.dot(covariance.diagonal().segment(first, bumps));
    // The deviates are of the bumps as they are scaled now, what was seen before is of the configuration's.
    const double now = model.irregularityScale(patch), before = kSeenBefore / (now * now);
    const double factor = std::sqrt((squares + before) / (std::max(0.0, determined) + kSeenBefore));
    const double scale = std::clamp(now * factor, kLeastIrregularity, kMostIrregularity);
    model.scaleIrregularity(patch, scale / now, solution.parameters);
  }
}

/// With flat backgrounds, so that none takes the place of a focus that is not yet where it belongs.
VectorXd flatMinimum(JointModel& model, const VectorXd& start, std::vector<bool> held) {
  const JointLayout& layout = model.layout();
  held.resize(layout.size(), false);
  for (std::size_t patch = 0; patch < layout.patches(); ++patch)
    for (std::size_t term = 1; term < layout.backgroundTerms(patch); ++term)
      held[layout.background(patch, term)] = true;
  for (std::size_t i = layout.firstNuisance(); i < layout.size(); ++i) held[i] = true;
  JointSolution best = minimise(model, start, held, kFlatIterations, kFlatTolerance);
  for (std::size_t k = 0; k < layout.foci; ++k) {
    if (held[layout.focus(k, kLogActivity)] || !isLost(model, k, best.parameters)) continue;
    VectorXd again = best.parameters;
    restartFocus(model, k, again);
    JointSolution found = minimise(model, again, held, kFlatIterations, kFlatTolerance);
    if (found.evaluation.objective() < best.evaluation.objective()) best = std::move(found);
  }
  return best.parameters;
}

/// The better of two valleys: that below the start, and that below the best fit with flat backgrounds.
JointSolution deeperMinimum(JointModel& model, const VectorXd& start, const std::vector<bool>& held) {
  const JointConfig& config = model.config();
  const auto from = [&](const VectorXd& parameters) {
    return minimise(model, parameters, held, config.maximumIterations, config.tolerance);
  };
  JointSolution below = from(start), belowFlat = from(flatMinimum(model, start, held));
  return below.evaluation.objective() < belowFlat.evaluation.objective() ? below : belowFlat;
}

/// The weights of the pixels and the irregularity depend on the fit, so it is made again with those of the
/// last one.
JointSolution weightedMinimum(JointModel& model, const VectorXd& start, const std::vector<bool>& held) {
  const JointConfig& config = model.config();
  JointSolution solution = deeperMinimum(model, start, held);
  for (int round = 0; round < kWeightingRounds; ++round) {
    if (config.modelError > 0) model.weigh(solution.parameters);
    if (config.irregularitySigma > 0) learnIrregularity(model, solution, held);
    solution =
        minimise(model, VectorXd(solution.parameters), held, config.maximumIterations, config.tolerance);
  }
  return solution;
}

/// Where the foci of a fit lie; where that is outside of a picture, the place of before.
std::vector<FocusSeed> placesOf(const JointModel& model, const NeckOptics& optics,
                                const JointSolution& solution, std::vector<FocusSeed> places) {
  for (std::size_t k = 0; k < places.size(); ++k) {
    const Focus focus = model.focusOf(k, solution.parameters);
    const FocusSeed found{focus.x, focus.z};
    if (isInPictures(model.problem(), optics, found)) places[k] = found;
  }
  return places;
}

bool isCentred(const JointModel& model, const NeckOptics& optics, const std::vector<FocusSeed>& found,
               const std::vector<FocusSeed>& places) {
  for (std::size_t k = 0; k < found.size(); ++k)
    if (std::hypot(found[k].x - places[k].x, found[k].z - places[k].z) >
        kOffCentreFwhm * responseFwhmMm(model.problem().views.front(), optics, places[k]))
      return false;
  return true;
}

/// A model with its best fit.
struct Fitted {
  std::unique_ptr<JointModel> model;
  JointSolution solution;
};

/// places: about which pixels are taken.
Fitted fittedAbout(const std::vector<FocusSeed>& places, const PlanarProblem& problem,
                   const NeckOptics& optics, const std::vector<FocusSeed>& seeds, const JointConfig& config) {
  auto model = std::make_unique<JointModel>(problem, optics, seeds.size(),
                                            patchesAround(problem, optics, places, config), config);
  keepNear(*model, seeds);
  auto solution = settled(*model, weightedMinimum(*model, startOf(*model, places), {}), {});
  return {std::move(model), std::move(solution)};
}

/// A mark may lie off its focus, and its pixels would then be more to one side of it.
Fitted centredFit(const PlanarProblem& problem, const NeckOptics& optics, const std::vector<FocusSeed>& seeds,
                  const JointConfig& config) {
  std::vector<FocusSeed> places = seeds;
  Fitted fit = fittedAbout(places, problem, optics, seeds, config);
  for (int centring = 0; centring < kMostCentrings; ++centring) {
    const std::vector<FocusSeed> found = placesOf(*fit.model, optics, fit.solution, places);
    if (isCentred(*fit.model, optics, found, places)) break;
    places = found;
    fit = fittedAbout(places, problem, optics, seeds, config);
  }
  return fit;
}

}  // namespace

JointFit jointFit(const PlanarProblem& problem, const NeckOptics& optics, const std::vector<FocusSeed>& seeds,
                  const JointConfig& config) {
  requireFoci(seeds.size());
  const Fitted fit = centredFit(problem, optics, seeds, config);
  JointFit result;
  result.foci = estimatesOf(*fit.model, fit.solution);
  result.logLikelihood = -fit.solution.evaluation.misfit;
  result.pixels = static_cast<double>(fit.model->pixels());
  result.converged = fit.solution.converged;
  result.iterations = fit.solution.iterations;
  return result;
}

JointBound cramerRao(const PlanarProblem& problem, const NeckOptics& optics, const std::vector<Focus>& foci,
                     const JointConfig& config) {
  requireFoci(foci.size());
  const auto seeds = seedsOf(foci);
  JointModel model(problem, optics, foci.size(), patchesAround(problem, optics, seeds, config), config);
  keepNear(model, seeds);
  VectorXd parameters = startOf(model, seeds);
  for (std::size_t k = 0; k < foci.size(); ++k) model.setFocus(k, foci[k], parameters);
  std::vector<bool> held = nuisancesHeld(model);
  std::fill(held.begin(), held.begin() + at(model.layout().background(0, 0)), true);
  const JointSolution solution = weightedMinimum(model, parameters, held);
  const MatrixXd& information = solution.evaluation.information;
  const Known& sensitivity = problem.nuisances.sensitivity;
  return {boundsOf(model, covarianceOf(model, information, nuisancesHeld(model)), 0),
          boundsOf(model, covarianceOf(model, information, noneHeld(model)),
                   sensitivity.sigma / sensitivity.value)};
}

}  // namespace remnant::quantify

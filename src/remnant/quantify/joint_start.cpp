#include "remnant/quantify/joint_start.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr double kMiddlingShare = 0.2;  ///< of the neck's thickness
constexpr double kAwayFwhm = 1.2, kAroundFwhm = 0.8;
constexpr double kSearchStepMm = 2, kLeastThicknessMm = 5;

/// Squared distance of a pixel of the window from a seed's image, mm^2.
struct Places {
  Places(const PixelModel& picture, const NeckOptics& optics, const FocusSeed& seed)
      : window(picture.window()) {
    const CalibratedView& view = picture.view();
    const auto seen = seenAtMiddlingDepth(view, optics, seed);
    column = view.picture.columnOf(seen.u) - static_cast<double>(window.x);
    row = view.picture.rowOf(seen.z) - static_cast<double>(window.y);
    pixelMm = view.picture.pixelMm;
    fwhmMm = responseFwhmMm(view, optics, seed);
  }
  double distanceMm(Index pixel) const {
    const auto index = static_cast<std::size_t>(pixel);
    const std::size_t ownRow = index / window.width, ownColumn = index % window.width;
    const double down = static_cast<double>(ownRow) - row, right = static_cast<double>(ownColumn) - column;
    return std::hypot(down, right) * pixelMm;
  }
  image::Box window;
  double column, row, pixelMm, fwhmMm;
};

double flatBackground(const JointModel& model, const NeckOptics& optics, const std::vector<FocusSeed>& seeds,
                      std::size_t patch) {
  const VectorXd& counts = model.counts(patch);
  std::vector<bool> away;
  for (Index pixel = 0; pixel < counts.size(); ++pixel)
    away.push_back(model.patch(patch).takes(static_cast<std::size_t>(pixel)));
  for (const FocusSeed& seed : seeds) {
    const Places places(model.picture(patch), optics, seed);
    for (Index pixel = 0; pixel < counts.size(); ++pixel)
      if (places.distanceMm(pixel) < kAwayFwhm * places.fwhmMm) away[static_cast<std::size_t>(pixel)] = false;
  }
  double sum = 0, number = 0;
  for (Index pixel = 0; pixel < counts.size(); ++pixel)
    if (away[static_cast<std::size_t>(pixel)]) {
      sum += counts(pixel);
      ++number;
    }
  return number > 0 ? (sum + 0.5) / number : 0.1 * counts.mean() + 0.01;
}

/// Counts around one focus in one patch.
struct LocalSum {
  double counts = 0, background = 0;
};

LocalSum localSum(const VectorXd& counts, const VectorXd& background, const Places& places) {
  LocalSum sum;
  for (Index pixel = 0; pixel < counts.size(); ++pixel)
    if (places.distanceMm(pixel) < kAroundFwhm * places.fwhmMm) {
      sum.counts += counts(pixel);
      sum.background += background(pixel);
    }
  return sum;
}

/// Activity from the sums at one depth, and how badly it fits them.
struct Guess {
  double activityMBq = 0;
  double misfit = std::numeric_limits<double>::max();
};

Guess guessAt(const std::vector<LocalSum>& sums, const std::vector<double>& perMBq) {
  double net = 0, response = 0;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    net += sums[i].counts - sums[i].background;
    response += perMBq[i];
  }
  Guess guess{std::max(net, 1.0) / std::max(response, 1e-12), 0};
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const double expected = guess.activityMBq * perMBq[i] + sums[i].background + 1e-6;
    guess.misfit += expected - sums[i].counts * std::log(expected);
  }
  return guess;
}

/// Those in which the focus is to be seen.
std::vector<std::size_t> patchesOf(const JointModel& model, std::size_t k) {
  std::vector<std::size_t> patches;
  for (std::size_t patch = 0; patch < model.layout().patches(); ++patch) {
    const std::vector<std::size_t>& foci = model.patch(patch).foci;
    if (foci.empty() || std::find(foci.begin(), foci.end(), k) != foci.end()) patches.push_back(patch);
  }
  return patches;
}

/// explained: counts of each of the focus's patches that are not its own.
void startFocus(JointModel& model, const FocusSeed& seed, std::size_t k,
                const std::vector<VectorXd>& explained, VectorXd& parameters) {
  const NeckOptics& optics = model.optics().optics();
  const auto patches = patchesOf(model, k);
  std::vector<Places> places;
  std::vector<LocalSum> sums;
  for (std::size_t i = 0; i < patches.size(); ++i) {
    places.emplace_back(model.picture(patches[i]), optics, seed);
    sums.push_back(localSum(model.counts(patches[i]), explained[i], places.back()));
  }
  const double thickness = optics.columnAt(seed.x, seed.z).thicknessMm;
  Guess best;
  double bestDepth = kMiddlingShare * thickness;
  for (const double depth : {4., 9., 15., 22., 30., 42., 60., 85., 110.}) {
    if (depth >= thickness) break;
    model.setFocus(k, {1, seed.x, seed.z, depth, model.config().widthMedianMm, model.config().stretchMedian},
                   parameters);
    std::vector<double> perMBq;
    for (std::size_t i = 0; i < patches.size(); ++i) {
      VectorXd counts(model.counts(patches[i]).size());
      model.picture(patches[i]).evaluate(model.seen(patches[i], k, parameters), counts.data(), false);
      perMBq.push_back(localSum(counts, counts, places[i]).counts);
    }
    const Guess guess = guessAt(sums, perMBq);
    if (guess.misfit >= best.misfit) continue;
    best = guess;
    bestDepth = depth;
  }
  model.setFocus(k,
                 {best.activityMBq, seed.x, seed.z, bestDepth, model.config().widthMedianMm,
                  model.config().stretchMedian},
                 parameters);
}

std::vector<VectorXd> backgroundsOf(const JointModel& model, std::size_t k, const VectorXd& parameters) {
  std::vector<VectorXd> backgrounds;
  for (const std::size_t patch : patchesOf(model, k))
    backgrounds.push_back(model.expectedBackground(patch, parameters));
  return backgrounds;
}

/// What a disc about a place has above what explains it, over its noise.
double excessAbout(const JointModel& model, std::size_t patch, const VectorXd& explained,
                   const FocusSeed& place) {
  const LocalSum sum =
      localSum(model.counts(patch), explained, {model.picture(patch), model.optics().optics(), place});
  return (sum.counts - sum.background) / std::sqrt(std::max(sum.background, 1.0));
}

/// Of a square grid about the mark.
FocusSeed brightestExcess(const JointModel& model, std::size_t patch, std::size_t k,
                          const VectorXd& explained) {
  const FocusSeed& mark = model.seed(k);
  const int steps = static_cast<int>(model.reachMm(k) / kSearchStepMm);
  FocusSeed best = mark;
  double most = -std::numeric_limits<double>::infinity();
  for (int down = -steps; down <= steps; ++down)
    for (int across = -steps; across <= steps; ++across) {
      const FocusSeed place{mark.x + across * kSearchStepMm, mark.z + down * kSearchStepMm};
      if (model.optics().optics().columnAt(place.x, place.z).thicknessMm < kLeastThicknessMm) continue;
      const double excess = excessAbout(model, patch, explained, place);
      if (excess <= most) continue;
      most = excess;
      best = place;
    }
  return best;
}

}  // namespace

double countsOfFocus(JointModel& model, std::size_t k, const VectorXd& parameters) {
  const std::size_t patch = patchesOf(model, k).front();
  VectorXd counts(model.counts(patch).size());
  model.picture(patch).evaluate(model.seen(patch, k, parameters), counts.data(), false);
  return counts.sum();
}

bool isLost(JointModel& model, std::size_t k, const VectorXd& parameters) {
  return countsOfFocus(model, k, parameters) < 1;
}

void restartFocus(JointModel& model, std::size_t k, VectorXd& parameters) {
  parameters(static_cast<Index>(model.layout().focus(k, kLogActivity))) = kNoLogActivity;
  std::vector<VectorXd> explained;
  const auto patches = patchesOf(model, k);
  for (const std::size_t patch : patches) explained.push_back(model.expected(patch, parameters));
  const FocusSeed place = brightestExcess(model, patches.front(), k, explained.front());
  startFocus(model, place, k, explained, parameters);
}

VectorXd startOf(JointModel& model, const std::vector<FocusSeed>& seeds) {
  const JointLayout& layout = model.layout();
  VectorXd parameters = VectorXd::Zero(static_cast<Index>(layout.size()));
  for (std::size_t patch = 0; patch < layout.patches(); ++patch) {
    const double flat = flatBackground(model, model.optics().optics(), seeds, patch);
    // With coefficients of zero the background is its shape, of any scale.
    const double unit = model.expectedBackground(patch, parameters).mean();
    parameters(static_cast<Index>(layout.background(patch, 0))) = std::log(flat / unit);
  }
  for (std::size_t k = 0; k < seeds.size(); ++k)
    startFocus(model, seeds[k], k, backgroundsOf(model, k, parameters), parameters);
  return parameters;
}

}  // namespace remnant::quantify

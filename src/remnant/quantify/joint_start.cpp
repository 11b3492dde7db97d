#include "remnant/quantify/joint_start.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr double kFwhmPerSigma = 2.354820045;
constexpr double kMiddlingShare = 0.2;  ///< of the neck's thickness
constexpr double kAwayFwhm = 1.2, kAroundFwhm = 0.8;

projection::SeenPoint seenAtMiddlingDepth(const CalibratedView& view, const NeckOptics& optics,
                                          const FocusSeed& seed) {
  const Column column = optics.columnAt(seed.x, seed.z);
  return projection::seenFrom(view.head,
                              {seed.x, column.anteriorSkinY + kMiddlingShare * column.thicknessMm, seed.z});
}

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
    const double down = static_cast<double>(index / window.width) - row,
                 right = static_cast<double>(index % window.width) - column;
    return std::hypot(down, right) * pixelMm;
  }
  image::Box window;
  double column, row, pixelMm, fwhmMm;
};

double flatBackground(const JointModel& model, const NeckOptics& optics, const std::vector<FocusSeed>& seeds,
                      std::size_t view) {
  const VectorXd& counts = model.counts(view);
  std::vector<bool> away(static_cast<std::size_t>(counts.size()), true);
  for (const FocusSeed& seed : seeds) {
    const Places places(model.picture(view), optics, seed);
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

/// Counts around one focus in one view.
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
  for (std::size_t view = 0; view < sums.size(); ++view) {
    net += sums[view].counts - sums[view].background;
    response += perMBq[view];
  }
  Guess guess{std::max(net, 1.0) / std::max(response, 1e-12), 0};
  for (std::size_t view = 0; view < sums.size(); ++view) {
    const double expected = guess.activityMBq * perMBq[view] + sums[view].background + 1e-6;
    guess.misfit += expected - sums[view].counts * std::log(expected);
  }
  return guess;
}

void startFocus(JointModel& model, const FocusSeed& seed, std::size_t k, VectorXd& parameters) {
  const NeckOptics& optics = model.optics().optics();
  const std::size_t views = model.layout().views;
  std::vector<Places> places;
  std::vector<LocalSum> sums;
  for (std::size_t view = 0; view < views; ++view) {
    places.emplace_back(model.picture(view), optics, seed);
    sums.push_back(localSum(model.counts(view), model.expectedBackground(view, parameters), places.back()));
  }
  const double thickness = optics.columnAt(seed.x, seed.z).thicknessMm;
  Guess best;
  double bestDepth = kMiddlingShare * thickness;
  for (const double depth : {4., 9., 15., 22., 30., 42., 60., 85., 110.}) {
    if (depth >= thickness) break;
    model.setFocus(k, {1, seed.x, seed.z, depth, model.config().widthMedianMm, model.config().stretchMedian},
                   parameters);
    std::vector<double> perMBq;
    for (std::size_t view = 0; view < views; ++view) {
      VectorXd counts(model.counts(view).size());
      model.picture(view).evaluate(model.seen(view, k, parameters), counts.data(), false);
      perMBq.push_back(localSum(counts, counts, places[view]).counts);
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

}  // namespace

double responseFwhmMm(const CalibratedView& view, const NeckOptics& optics, const FocusSeed& seed) {
  return kFwhmPerSigma * view.model.response.sigmaMm(seenAtMiddlingDepth(view, optics, seed).distanceMm);
}

std::vector<image::Box> fitWindows(const PlanarProblem& problem, const NeckOptics& optics,
                                   const std::vector<FocusSeed>& seeds, double marginFwhm) {
  std::vector<image::Box> windows;
  for (const CalibratedView& view : problem.views) {
    double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
    const double columns = static_cast<double>(view.picture.columns),
                 rows = static_cast<double>(view.picture.rows);
    for (const FocusSeed& seed : seeds) {
      const auto seen = seenAtMiddlingDepth(view, optics, seed);
      const double column = view.picture.columnOf(seen.u), row = view.picture.rowOf(seen.z);
      if (!(column >= -0.5 && row >= -0.5 && column < columns - 0.5 && row < rows - 0.5))
        throw InputError("focus-outside-picture", "a focus to fit is outside of a picture");
      const double margin = marginFwhm * responseFwhmMm(view, optics, seed) / view.picture.pixelMm;
      left = std::min(left, column - margin);
      right = std::max(right, column + margin);
      top = std::min(top, row - margin);
      bottom = std::max(bottom, row + margin);
    }
    const auto inside = [](double place, double count) {
      return static_cast<std::size_t>(std::clamp(std::round(place), 0.0, count - 1));
    };
    image::Box box{inside(left, columns), inside(top, rows), 0, 0};
    box.width = inside(right, columns) - box.x + 1;
    box.height = inside(bottom, rows) - box.y + 1;
    windows.push_back(box);
  }
  return windows;
}

VectorXd startOf(JointModel& model, const std::vector<FocusSeed>& seeds) {
  const JointLayout& layout = model.layout();
  VectorXd parameters = VectorXd::Zero(static_cast<Index>(layout.size()));
  for (std::size_t view = 0; view < layout.views; ++view) {
    const double flat = flatBackground(model, model.optics().optics(), seeds, view);
    // The mean of the template was 1 with coefficients of zero.
    const double unit = model.expectedBackground(view, parameters).mean();
    parameters(static_cast<Index>(layout.background(view, 0))) = std::log(flat / unit);
  }
  for (std::size_t k = 0; k < seeds.size(); ++k) startFocus(model, seeds[k], k, parameters);
  return parameters;
}

}  // namespace remnant::quantify

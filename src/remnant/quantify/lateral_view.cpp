#include <algorithm>
#include <cmath>
#include <numbers>

#include <Eigen/Cholesky>
#include <Eigen/LU>

#include "remnant/base/error.h"
#include "remnant/quantify/planar_methods.h"

namespace remnant::quantify {
namespace {

constexpr double kLateralDegrees = 5;
constexpr int kIterations = 50;
constexpr double kDeviate = 1.959964;

/// u, z, ln amplitude, ln background of a focus on a level background.
using Parameters = Eigen::Vector4d;

struct Centroid {
  double u = 0, sigmaMm = 0;
  bool found = false;
};

bool isLateral(const CalibratedView& view) {
  const double angle = view.head.angleDegrees;
  return view.windowNumber == 0 && std::min(std::abs(std::remainder(angle - 90, 360.0)),
                                            std::abs(std::remainder(angle - 270, 360.0))) <= kLateralDegrees;
}

struct Evaluation {
  double misfit = 0;
  Parameters slope = Parameters::Zero();
  Eigen::Matrix4d information = Eigen::Matrix4d::Zero();
};

/// The image of the focus by the pixel model, and its likelihood in the pixels about the disc.
class LateralFit {
 public:
  LateralFit(const CalibratedView& view, const image::Box& box, const SeenFocus& start, double waterPerMm)
      : model_(view, box, waterPerMm), start_(start), columns_(kFocusColumns * model_.pixels()) {
    const image::Counts inside = image::cropped(view.counts, box);
    counts_.assign(inside.pixels().begin(), inside.pixels().end());
  }

  Evaluation at(const Parameters& p) {
    SeenFocus seen = start_;
    seen.u = p(0);
    seen.z = p(1);
    seen.amplitude = std::exp(p(2));
    model_.evaluate(seen, columns_.data(), true);
    Evaluation all;
    const std::size_t pixels = model_.pixels();
    for (std::size_t i = 0; i < pixels; ++i) {
      const double focus = columns_[kLogAmplitude * pixels + i], level = std::exp(p(3));
      const double expected = focus + level, count = counts_[i];
      const Parameters gradient{columns_[kAcross * pixels + i], columns_[kAlong * pixels + i], focus, level};
      all.misfit += expected - count * std::log(expected);
      all.slope += gradient * (1 - count / expected);
      all.information += gradient * gradient.transpose() / expected;
    }
    return all;
  }

  /// Fisher scoring, halving steps that lead uphill.
  Centroid fit(Parameters p, double reachMm) {
    const Parameters first = p;
    Evaluation now = at(p);
    for (int step = 0; step < kIterations; ++step) {
      Parameters move = -now.information.ldlt().solve(now.slope);
      move = move.cwiseMax(Parameters(-reachMm / 2, -reachMm / 2, -1, -1))
                 .cwiseMin(Parameters(reachMm / 2, reachMm / 2, 1, 1));
      Evaluation next = at(p + move);
      for (int halved = 0; halved < 20 && !(next.misfit <= now.misfit + 1e-9); ++halved)
        next = at(p + (move /= 2));
      p += move;
      now = next;
      if (move.head<2>().cwiseAbs().maxCoeff() < 1e-4 && move.tail<2>().cwiseAbs().maxCoeff() < 1e-5) break;
    }
    const double variance = now.information.inverse()(0, 0);
    return {p(0), std::sqrt(variance), variance > 0 && (p - first).head<2>().norm() < reachMm};
  }

 private:
  PixelModel model_;
  SeenFocus start_;
  std::vector<double> columns_;
  std::vector<double> counts_;
};

Result depthIn(const PlanarProblem& problem, const NeckOptics& optics, const std::vector<FocusDiscs>& foci,
               std::size_t k, std::size_t v, const Known& skinU, const RegionConfig& config) {
  const CalibratedView& view = problem.views[v];
  const Disc& disc = foci[k][v];
  std::vector<Disc> others;
  for (std::size_t focus = 0; focus < foci.size(); ++focus)
    if (focus != k) others.push_back(foci[focus][v]);
  for (const Disc& other : others)
    if (std::hypot(other.column - disc.column, other.row - disc.row) < (1 + config.ringOuter) * disc.radius)
      return Refusal{"overlapping-focus",
                     "another focus lies within the region about this one in the lateral view"};
  const RegionPixels pixels(view, disc, others, config);
  if (pixels.greatest(view.counts) >= config.saturatedAt)
    return Refusal{"saturated-pixels", "a pixel of the focus stands at the largest value that can be stored"};
  const auto ring = static_cast<double>(pixels.ringCounts(view.counts));
  const double net = static_cast<double>(pixels.discCounts(view.counts)) - pixels.areaRatio() * ring;
  if (!(net > 0))
    return Refusal{"no-counts", "the region of the focus holds no more counts than its background"};
  // The depth at which the image has its width hardly matters; half the neck's width lies before it.
  const image::Point axis{view.head.axisX, view.head.axisY, 0};
  SeenFocus start =
      seenFocus(problem, v, disc, axis, 65 * optics.waterAttenuationPerMm(), config.sourceWidthMm.value);
  LateralFit fit(view, pixels.box(), start, optics.waterAttenuationPerMm());
  const PixelModel model(view, pixels.box(), optics.waterAttenuationPerMm());
  std::vector<double> unit(model.pixels());
  start.amplitude = 1;
  model.evaluate(start, unit.data(), false);
  const double perAmplitude = pixels.net(unit.data());
  const double perPixel =
      std::max(ring, 0.5) * pixels.areaRatio() / std::max(1.0, std::numbers::pi * disc.radius * disc.radius);
  if (!(perAmplitude > 0)) return Refusal{"no-counts", "the region is too small for the image of a focus"};
  const Centroid centroid = fit.fit({start.u, start.z, std::log(net / perAmplitude), std::log(perPixel)},
                                    disc.radius * view.picture.pixelMm);
  if (!centroid.found) return Refusal{"no-counts", "no focus is found within its region in the lateral view"};
  const double sign = std::sin(view.head.angleDegrees * std::numbers::pi / 180) > 0 ? 1 : -1;
  Estimate depth;
  depth.value = std::max(0.0, sign * (centroid.u - skinU.value));
  depth.statistical = centroid.sigmaMm;
  depth.systematic = skinU.sigma;
  const double reach = kDeviate * depth.standardUncertainty(), middle = sign * (centroid.u - skinU.value);
  depth.lower = std::max(0.0, middle - reach);
  depth.upper = std::max(0.0, middle + reach);
  depth.method = "lateral view";
  depth.inputs = {"skin in the lateral view"};
  return depth;
}

}  // namespace

Result depthByLateralView(const PlanarProblem& problem, const NeckOptics& optics,
                          const std::vector<FocusDiscs>& foci, std::size_t k, const Known& skinU,
                          const RegionConfig& config) {
  const auto view = std::find_if(problem.views.begin(), problem.views.end(), isLateral);
  if (view == problem.views.end()) return Refusal{"no-lateral-view", "no photopeak view is from the side"};
  const auto number = static_cast<std::size_t>(view - problem.views.begin());
  if (k >= foci.size() || number >= foci[k].size())
    throw ProgramError("a lateral view was given discs that do not match its views");
  try {
    return depthIn(problem, optics, foci, k, number, skinU, config);
  } catch (const InputError& error) {
    return Refusal{error.code(), error.what()};
  }
}

}  // namespace remnant::quantify

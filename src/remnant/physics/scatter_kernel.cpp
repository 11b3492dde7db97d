#include <algorithm>
#include <cmath>

#include "remnant/physics/scatter.h"
#include "remnant/physics/scatter_first_order.h"
#include "remnant/physics/scatter_neck.h"

namespace remnant::physics {
namespace {

constexpr std::size_t kWidths = ScatterKernel::kWidths;
constexpr std::size_t kRadii = 29;
constexpr double kFirstRadiusMm = 0.7, kRadiusRatio = 1.25;
constexpr double kMeanDepthMm = 30;

using Vector = std::array<double, kWidths>;

/// Radii at which the cumulative profile is fitted, and what the Gaussians hold within them.
struct FitGrid {
  std::array<double, kRadii> radiiMm;
  std::array<Vector, kRadii> within;
  std::array<Vector, kWidths> normal;  ///< of the least-squares problem
};

FitGrid makeFitGrid() {
  FitGrid grid{};
  for (std::size_t index = 0; index < kRadii; ++index) {
    const double radius = kFirstRadiusMm * std::pow(kRadiusRatio, static_cast<double>(index));
    grid.radiiMm[index] = radius;
    for (std::size_t width = 0; width < kWidths; ++width) {
      const double ratio = radius / ScatterKernel::kSigmaMm[width];
      grid.within[index][width] = -std::expm1(-0.5 * ratio * ratio);
    }
  }
  for (const Vector& row : grid.within)
    for (std::size_t first = 0; first < kWidths; ++first)
      for (std::size_t second = 0; second < kWidths; ++second)
        grid.normal[first][second] += row[first] * row[second];
  return grid;
}

const FitGrid& fitGrid() {
  static const FitGrid grid = makeFitGrid();
  return grid;
}

/// Share of all scatter within each radius of the grid.
std::array<double, kRadii> cumulativeProfile(const FirstOrderScatter& first, const LateralShape& shape,
                                             double depthMm) {
  const auto& radii = fitGrid().radiiMm;
  std::array<double, kRadii> sources{}, profile{};
  std::transform(radii.begin(), radii.end(), sources.begin(),
                 [&](double radius) { return radius / shape.stretch; });
  const std::vector<double> within = first.withinEach(sources, depthMm);
  double sum = 0, previous = 0, previousRadius = 0;
  for (std::size_t index = 0; index < kRadii; ++index) {
    sum += (within[index] - previous) * std::exp(-0.5 * (radii[index] + previousRadius) / shape.reachMm);
    profile[index] = sum;
    previous = within[index];
    previousRadius = radii[index];
  }
  if (sum > 0)
    for (double& share : profile) share /= sum;
  return profile;
}

/// Non-negative least squares by cyclic coordinate descent from the weights given, which converges since the
/// problem is convex.
void fitWeights(const std::array<double, kRadii>& profile, Vector& weights) {
  const FitGrid& grid = fitGrid();
  Vector right{};
  for (std::size_t index = 0; index < kRadii; ++index)
    for (std::size_t width = 0; width < kWidths; ++width)
      right[width] += grid.within[index][width] * profile[index];
  for (int sweep = 0; sweep < 400; ++sweep) {
    double change = 0;
    for (std::size_t width = 0; width < kWidths; ++width) {
      double residual = right[width];
      for (std::size_t other = 0; other < kWidths; ++other)
        residual -= grid.normal[width][other] * weights[other];
      const double next = std::max(0.0, weights[width] + residual / grid.normal[width][width]);
      change = std::max(change, std::abs(next - weights[width]));
      weights[width] = next;
    }
    if (change < 1e-6) return;
  }
}

ScatterKernel::Weights scaled(const Vector& weights, double total) {
  double sum = 0;
  for (double weight : weights) sum += weight;
  ScatterKernel::Weights result{};
  if (sum <= 0) return result;
  for (std::size_t width = 0; width < kWidths; ++width)
    result[width] = static_cast<float>(weights[width] / sum * total);
  return result;
}

/// A place in the table: the millimetre below and how far on to the next.
struct Place {
  std::size_t index;
  double fraction;
};

Place placeOf(double depthMm) {
  const double last = static_cast<double>(ScatterKernel::kDepths - 1);
  const double inside = std::min(depthMm, last);
  const auto index = std::min(static_cast<std::size_t>(inside), ScatterKernel::kDepths - 2);
  return {index, inside - static_cast<double>(index)};
}

}  // namespace

ScatterKernel::ScatterKernel(const Nuclide& nuclide, const Window& window, const Detector& detector)
    : window_(window),
      detector_(detector),
      emittedKeV_(nuclide.photopeakKeV),
      primaryFraction_(detector.windowFraction(window, nuclide.photopeakKeV)) {
  const ScatterWindow known = scatterWindowOf(nuclide, window);
  const FirstOrderScatter first(nuclide.photopeakKeV, window, detector);
  multiple_ = known.multiple;
  multipleInNeck_ = multipleScatterInNeck(nuclide, window);
  meanKeV_ = first.meanKeV(kMeanDepthMm);
  Vector weights{1};
  for (std::size_t index = 0; index < kDepths; ++index) {
    const auto depthMm = static_cast<double>(index);
    totals_.push_back(multiple_.at(depthMm) * first.total(depthMm));
    fitWeights(cumulativeProfile(first, known.shape, depthMm), weights);
    weights_.push_back(scaled(weights, totals_.back()));
  }
}

ScatterKernel::Weights ScatterKernel::weightsAt(double depthMm) const {
  Weights result{};
  if (depthMm < 0) return result;
  const Place place = placeOf(depthMm);
  const Weights& low = weights_[place.index];
  const Weights& high = weights_[place.index + 1];
  const auto fraction = static_cast<float>(place.fraction);
  for (std::size_t width = 0; width < kWidths; ++width)
    result[width] = low[width] + fraction * (high[width] - low[width]);
  return result;
}

double ScatterKernel::totalAt(double depthMm) const {
  if (depthMm < 0) return 0;
  const Place place = placeOf(depthMm);
  return std::lerp(totals_[place.index], totals_[place.index + 1], place.fraction);
}

double ScatterKernel::slopeAt(double depthMm) const {
  if (depthMm < 0 || depthMm > static_cast<double>(kDepths - 1)) return 0;
  const auto difference = [&](std::size_t index) {
    const std::size_t low = index == 0 ? 0 : index - 1, high = std::min(index + 1, kDepths - 1);
    return (totals_[high] - totals_[low]) / static_cast<double>(high - low);
  };
  const Place place = placeOf(depthMm);
  return std::lerp(difference(place.index), difference(place.index + 1), place.fraction);
}

double ScatterKernel::multipleFactorAt(double depthMm) const {
  return multiple_.at(depthMm);
}

double ScatterKernel::multipleFactorInNeckAt(double depthMm) const {
  return multipleInNeck_.at(depthMm);
}

}  // namespace remnant::physics

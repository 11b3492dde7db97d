#include "remnant/quantify/spect.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include <Eigen/Cholesky>

#include <fmt/format.h>

#include "remnant/base/random.h"

namespace remnant::quantify {
namespace {

using image::Point;
using Parameters = Eigen::Matrix<double, 6, 1>;  ///< x, y, z, ln sigma, height, level

constexpr double kDeviate = 1.959964;
constexpr int kIterations = 60;
/// Of a reconstructed point, standard deviation.
constexpr double kBlurMm = 4;

double distance(const Point& a, const Point& b) {
  return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}

struct Voxel {
  Point at;
  double value;
  double tissue = 1;  ///< share of it, blurred
};

std::vector<Voxel> ballOf(const image::Volume& volume, const Point& centre, double radiusMm) {
  std::vector<Voxel> voxels;
  const image::VoxelGrid& grid = volume.grid();
  for (std::size_t slice = 0; slice < grid.slices; ++slice)
    for (std::size_t row = 0; row < grid.rows; ++row)
      for (std::size_t column = 0; column < grid.columns; ++column) {
        const Point at{grid.x(static_cast<double>(column)), grid.y(static_cast<double>(slice)),
                       grid.z(static_cast<double>(row))};
        if (distance(at, centre) <= radiusMm) voxels.push_back({at, volume.at(slice, row, column)});
      }
  return voxels;
}

/// Of a point's neighbourhood, as blurred as the reconstruction is; air and what lies outside the map are
/// none.
double tissueAbout(const projection::Medium& body, const Point& at) {
  const image::VoxelGrid& grid = body.attenuationPerMm.grid();
  const double perTissue = 1 / body.attenuationOfWaterPerMm();
  const auto steps = static_cast<int>(std::ceil(3 * kBlurMm / grid.voxelMm));
  const auto nearest = [&](double place, double corner) {
    return static_cast<int>(std::floor((place - corner) / grid.voxelMm));
  };
  const int column = nearest(at.x, grid.corner.x), slice = nearest(at.y, grid.corner.y),
            row = nearest(at.z, grid.corner.z);
  double all = 0, tissue = 0;
  for (int s = slice - steps; s <= slice + steps; ++s)
    for (int r = row - steps; r <= row + steps; ++r)
      for (int c = column - steps; c <= column + steps; ++c) {
        const double away = distance(at, {grid.x(c), grid.y(s), grid.z(r)}) / kBlurMm;
        const double weight = std::exp(-away * away / 2);
        all += weight;
        const auto outside = [](int index, std::size_t size) {
          return index < 0 || index >= static_cast<int>(size);
        };
        if (outside(s, grid.slices) || outside(r, grid.rows) || outside(c, grid.columns)) continue;
        const double attenuation = body.attenuationPerMm.at(
            static_cast<std::size_t>(s), static_cast<std::size_t>(r), static_cast<std::size_t>(c));
        tissue += weight * std::clamp(attenuation * perTissue, 0.0, 1.0);
      }
  return tissue / all;
}

double gaussianAt(const Point& at, const Parameters& p) {
  const double r = distance(at, {p(0), p(1), p(2)});
  return std::exp(-r * r / (2 * std::exp(2 * p(3))));
}

/// Of a round Gaussian within so many standard deviations of its centre.
double shareInBall(double t) {
  return std::erf(t / std::numbers::sqrt2) -
         t * std::exp(-t * t / 2) * std::numbers::sqrt2 * std::numbers::inv_sqrtpi;
}

struct Misfit {
  double sum = 0;
  Eigen::Matrix<double, 6, 6> curvature = Eigen::Matrix<double, 6, 6>::Zero();
  Parameters slope = Parameters::Zero();
};

Misfit misfitAt(const std::vector<Voxel>& voxels, const Parameters& p) {
  Misfit misfit;
  const double perVariance = std::exp(-2 * p(3));
  for (const Voxel& voxel : voxels) {
    const double shape = gaussianAt(voxel.at, p), height = p(4) * shape;
    const double dx = voxel.at.x - p(0), dy = voxel.at.y - p(1), dz = voxel.at.z - p(2);
    Parameters gradient;
    gradient << height * dx * perVariance, height * dy * perVariance, height * dz * perVariance,
        height * (dx * dx + dy * dy + dz * dz) * perVariance, shape, voxel.tissue;
    const double left = voxel.value - height - p(5) * voxel.tissue;
    misfit.sum += left * left;
    misfit.curvature += gradient * gradient.transpose();
    misfit.slope += gradient * left;
  }
  return misfit;
}

/// Levenberg and Marquardt's descent.
Parameters descended(const std::vector<Voxel>& voxels, Parameters p) {
  double damping = 1e-3;
  Misfit now = misfitAt(voxels, p);
  for (int step = 0; step < kIterations; ++step) {
    Eigen::Matrix<double, 6, 6> damped = now.curvature;
    damped.diagonal() *= 1 + damping;
    const Parameters next = p + damped.ldlt().solve(now.slope);
    const Misfit after = next.allFinite() ? misfitAt(voxels, next) : now;
    if (!(after.sum < now.sum)) {
      damping *= 5;
      if (damping > 1e8) break;
      continue;
    }
    const bool settled = now.sum - after.sum < 1e-10 * now.sum;
    p = next;
    now = after;
    damping /= 3;
    if (settled) break;
  }
  return p;
}

struct Spread {
  double depthMm = 0, logActivity = 0;
};

TomographicProblem resampled(const TomographicProblem& problem, std::uint64_t seed, std::size_t sample) {
  TomographicProblem drawn = problem;
  for (std::size_t view = 0; view < drawn.views.size(); ++view) {
    RandomStream random(seed, static_cast<std::uint32_t>(sample), static_cast<std::uint32_t>(view));
    for (std::int32_t& pixel : drawn.views[view].counts.pixels())
      pixel = static_cast<std::int32_t>(random.poisson(std::max(0, pixel)));
  }
  return drawn;
}

/// Standard deviations about the values found, over the resampled projections; one a focus.
std::vector<Spread> spreads(const TomographicProblem& problem, const std::vector<BallFit>& found,
                            const SpectConfig& config) {
  std::vector<Spread> sums(found.size());
  std::vector<int> counts(found.size(), 0);
  for (std::size_t sample = 0; sample < config.resamplings; ++sample) {
    const image::Volume volume = reconstruct(resampled(problem, config.seed, sample), config.tomography);
    for (std::size_t k = 0; k < found.size(); ++k) {
      const BallFit again =
          found[k].found ? fitBall(volume, found[k].centroid, config.radiusMm, &problem.map) : BallFit{};
      if (!again.found) continue;
      const double moved = again.centroid.y - found[k].centroid.y,
                   changed = std::log(again.activityMBq / found[k].activityMBq);
      sums[k].depthMm += moved * moved;
      sums[k].logActivity += changed * changed;
      ++counts[k];
    }
  }
  for (std::size_t k = 0; k < sums.size(); ++k) {
    const double count = std::max(1, counts[k]);
    sums[k] = {std::sqrt(sums[k].depthMm / count), std::sqrt(sums[k].logActivity / count)};
  }
  return sums;
}

/// The optical depth of the focus, mean over the views.
double meanOpticalDepth(const TomographicProblem& problem, const Point& point) {
  double sum = 0;
  for (const TomographicView& view : problem.views)
    sum += projection::opticalDepth(problem.map, view.head, point);
  return sum / static_cast<double>(problem.views.size());
}

Point skinBefore(const TomographicProblem& problem, const Point& point) {
  const image::VoxelGrid& grid = problem.map.attenuationPerMm.grid();
  projection::HeadPosition front = problem.views.front().head;
  front.angleDegrees = 0;
  front.planeMm = front.axisY - grid.corner.y + grid.voxelMm;
  return projection::skinTowards(problem.map, front, point);
}

Estimate depthEstimate(double depthMm, double statistical, const TomographicProblem& problem,
                       const SpectConfig& config) {
  Estimate depth;
  depth.value = depthMm;
  depth.statistical = statistical;
  depth.systematic =
      std::hypot(config.registrationSigmaMm, problem.map.attenuationPerMm.grid().voxelMm / std::sqrt(12.0));
  const double reach = kDeviate * depth.standardUncertainty();
  depth.lower = std::max(0.0, depthMm - reach);
  depth.upper = depthMm + reach;
  depth.method = "SPECT";
  depth.inputs = {"attenuation map"};
  return depth;
}

/// Symmetric in the logarithm.
Estimate activityEstimate(const BallFit& fit, double logSigma, double opticalDepth, const Known& sensitivity,
                          const SpectConfig& config) {
  Estimate activity;
  activity.value = fit.activityMBq / sensitivity.value;
  const double background = config.backgroundRelativeSigma * std::max(0.0, fit.backgroundUnderMBq);
  const double common = std::hypot(std::hypot(sensitivity.sigma, config.mapRelativeSigma * opticalDepth),
                                   std::hypot(config.modelRelativeSigma, background / fit.activityMBq));
  activity.statistical = activity.value * logSigma;
  activity.systematic = activity.value * common;
  const double reach = std::exp(kDeviate * std::hypot(logSigma, common));
  activity.lower = activity.value / reach;
  activity.upper = activity.value * reach;
  activity.method = "SPECT";
  activity.inputs = {"attenuation map"};
  return activity;
}

Refusal notSeen(const Estimate& activity) {
  return {"not-significant", fmt::format("what is seen at its place is {:.1f} of its standard uncertainties",
                                         activity.value / activity.standardUncertainty())};
}

std::optional<Refusal> refusalOf(const std::vector<Point>& seeds, std::size_t k, const BallFit& fit,
                                 const SpectConfig& config) {
  for (std::size_t other = 0; other < seeds.size(); ++other)
    if (other != k && std::hypot(seeds[other].x - seeds[k].x, seeds[other].z - seeds[k].z) < config.radiusMm)
      return Refusal{"overlapping-focus", "another focus lies within the ball about this one"};
  if (!fit.found) return Refusal{"no-counts", "no focus is found near its place in the tomography"};
  return std::nullopt;
}

}  // namespace

BallFit fitBall(const image::Volume& activity, const Point& seed, double radiusMm,
                const projection::Medium* body) {
  BallFit fit;
  fit.centroid = seed;
  const auto near = ballOf(activity, seed, radiusMm / 2);
  if (near.empty()) return fit;
  const Voxel peak = *std::max_element(near.begin(), near.end(),
                                       [](const Voxel& a, const Voxel& b) { return a.value < b.value; });
  std::vector<Voxel> voxels = ballOf(activity, peak.at, radiusMm);
  if (body)
    for (Voxel& voxel : voxels) voxel.tissue = tissueAbout(*body, voxel.at);
  std::vector<double> values;
  for (const Voxel& voxel : voxels) values.push_back(voxel.value);
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::nth_element(values.begin(), middle, values.end());
  Parameters start;
  start << peak.at.x, peak.at.y, peak.at.z, std::log(radiusMm / 4), peak.value - *middle, *middle;
  if (!(start(4) > 0) || voxels.size() < 20) return fit;
  const Parameters p = descended(voxels, start);
  double above = 0;
  for (const Voxel& voxel : voxels) above += voxel.value - p(5) * voxel.tissue;
  const double share = shareInBall(radiusMm / std::exp(p(3)));
  fit.sigmaMm = std::exp(p(3));
  fit.backgroundMBq = p(5);
  fit.backgroundUnderMBq =
      p(5) * std::pow(4 * std::numbers::pi, 1.5) * std::pow(fit.sigmaMm / activity.grid().voxelMm, 3);
  const Point centroid{p(0), p(1), p(2)};
  fit.found = p.allFinite() && p(4) > 0 && above > 0 && share > 0.3 &&
              distance(centroid, peak.at) < radiusMm / 2 && fit.sigmaMm < radiusMm;
  if (!fit.found) return fit;
  fit.centroid = centroid;
  fit.activityMBq = above / share;
  return fit;
}

std::vector<SpectAnswer> quantifySpect(const TomographicProblem& problem, const std::vector<Point>& seeds,
                                       const Known& sensitivity, double activityToUptakePercent,
                                       const SpectConfig& config) {
  const image::Volume volume = reconstruct(problem, config.tomography);
  std::vector<BallFit> fits;
  for (const Point& seed : seeds) fits.push_back(fitBall(volume, seed, config.radiusMm, &problem.map));
  const std::vector<Spread> spread = spreads(problem, fits, config);
  std::vector<SpectAnswer> answers;
  for (std::size_t k = 0; k < seeds.size(); ++k) {
    const BallFit& fit = fits[k];
    if (const auto refusal = refusalOf(seeds, k, fit, config)) {
      answers.push_back({*refusal, *refusal, *refusal, seeds[k]});
      continue;
    }
    const Estimate activity = activityEstimate(fit, spread[k].logActivity,
                                               meanOpticalDepth(problem, fit.centroid), sensitivity, config);
    if (activity.value < config.leastSignificance * activity.standardUncertainty()) {
      const Refusal refusal = notSeen(activity);
      answers.push_back({refusal, refusal, refusal, seeds[k]});
      continue;
    }
    SpectAnswer answer{Refusal{"no-thickness", "the map has no tissue before the focus"}, activity, noDose(),
                       fit.centroid};
    const double depth = fit.centroid.y - skinBefore(problem, fit.centroid).y;
    if (depth > 0) answer.depthMm = depthEstimate(depth, spread[k].depthMm, problem, config);
    answer.uptakePercent = uptakeOf(std::get<Estimate>(answer.activityMBq), activityToUptakePercent);
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace remnant::quantify

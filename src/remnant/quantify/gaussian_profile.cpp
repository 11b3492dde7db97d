#include "remnant/quantify/gaussian_profile.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace remnant::quantify {
namespace {

constexpr std::size_t kLeastPixels = 8;
constexpr double kLeastCounts = 50;
constexpr double kLeastSigma = 0.1;
constexpr int kMostSteps = 200;
constexpr int kMostHalvings = 40;
constexpr double kConverged = 1e-9;  // of the logarithm of the likelihood
/// Keeps the information invertible where there is no background.
constexpr double kLeastInformation = 1e-6;

/// Logarithms of counts, of sigma and of the background, and the centre as it is.
using Parameters = Eigen::Vector4d;

double normalDensity(double z) {
  return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
}
double normalDistribution(double z) {
  return std::erfc(-z / std::numbers::sqrt2) / 2;
}

/// A pixel's expectation and its derivatives by the parameters.
struct PixelExpectation {
  double mean;
  Parameters slope;
};

PixelExpectation expectationAt(const Parameters& parameters, double pixel) {
  const double counts = std::exp(parameters[0]), sigma = std::exp(parameters[2]);
  const double background = std::exp(parameters[3]);
  const double low = (pixel - 0.5 - parameters[1]) / sigma, high = (pixel + 0.5 - parameters[1]) / sigma;
  const double inside = counts * (normalDistribution(high) - normalDistribution(low));
  const double byCentre = counts / sigma * (normalDensity(low) - normalDensity(high));
  const double byLogSigma = counts * (low * normalDensity(low) - high * normalDensity(high));
  return {inside + background, {inside, byCentre, byLogSigma, background}};
}

double logLikelihood(const std::vector<double>& counts, const Parameters& parameters) {
  double sum = 0;
  for (std::size_t pixel = 0; pixel < counts.size(); ++pixel) {
    const double mean = expectationAt(parameters, static_cast<double>(pixel)).mean;
    sum += counts[pixel] * std::log(mean) - mean;
  }
  return sum;
}

struct ScoreAndInformation {
  Parameters score = Parameters::Zero();
  Eigen::Matrix4d information = Eigen::Matrix4d::Zero();
};

ScoreAndInformation scoreAt(const std::vector<double>& counts, const Parameters& parameters) {
  ScoreAndInformation sums;
  sums.information(3, 3) = kLeastInformation;
  for (std::size_t pixel = 0; pixel < counts.size(); ++pixel) {
    const PixelExpectation expected = expectationAt(parameters, static_cast<double>(pixel));
    sums.score += (counts[pixel] / expected.mean - 1) * expected.slope;
    sums.information += expected.slope * expected.slope.transpose() / expected.mean;
  }
  return sums;
}

/// Background from the four outermost pixels, the rest by moments.
Parameters start(const std::vector<double>& counts) {
  const std::size_t last = counts.size() - 1;
  const double background = (counts[0] + counts[1] + counts[last - 1] + counts[last]) / 4;
  double sum = 0, first = 0, second = 0;
  for (std::size_t pixel = 0; pixel <= last; ++pixel) {
    const double net = std::max(0.0, counts[pixel] - background), x = static_cast<double>(pixel);
    sum += net;
    first += net * x;
    second += net * x * x;
  }
  sum = std::max(sum, 1.0);
  const double variance = std::max(second / sum - first * first / (sum * sum), 0.25);
  return {std::log(sum), first / sum, std::log(variance) / 2, std::log(std::max(background, 0.1))};
}

/// Fisher scoring; steps that lower the likelihood are halved. Without any background its logarithm runs
/// away, but the likelihood comes to rest.
bool climb(const std::vector<double>& counts, Parameters& parameters) {
  double likelihood = logLikelihood(counts, parameters);
  for (int iteration = 0; iteration < kMostSteps; ++iteration) {
    const ScoreAndInformation at = scoreAt(counts, parameters);
    Parameters step = at.information.ldlt().solve(at.score);
    // No parameter more than a unit at once: logarithms by a factor e.
    step *= 1 / std::max(1.0, step.cwiseAbs().maxCoeff());
    if (!step.allFinite()) return false;
    double gain = logLikelihood(counts, parameters + step) - likelihood;
    for (int halving = 0; halving < kMostHalvings && !(gain >= 0); ++halving) {
      step /= 2;
      gain = logLikelihood(counts, parameters + step) - likelihood;
    }
    if (!(gain > kConverged)) return true;
    parameters += step;
    likelihood += gain;
  }
  return false;
}

}  // namespace

std::optional<GaussianProfile> fitGaussianProfile(const std::vector<double>& counts) {
  if (counts.size() < kLeastPixels || std::accumulate(counts.begin(), counts.end(), 0.0) < kLeastCounts)
    return std::nullopt;
  Parameters parameters = start(counts);
  if (!climb(counts, parameters)) return std::nullopt;
  const double sigma = std::exp(parameters[2]);
  const double most = static_cast<double>(counts.size()) / 2;
  if (!(sigma >= kLeastSigma && sigma <= most && parameters[1] > 0 && parameters[1] < 2 * most - 1))
    return std::nullopt;
  const Eigen::Matrix4d covariance = scoreAt(counts, parameters).information.inverse();
  const double gaussian = std::exp(parameters[0]);
  return GaussianProfile{gaussian,
                         parameters[1],
                         sigma,
                         std::exp(parameters[3]),
                         sigma * std::sqrt(covariance(2, 2)),
                         gaussian * std::sqrt(covariance(0, 0)),
                         std::sqrt(covariance(1, 1))};
}

}  // namespace remnant::quantify

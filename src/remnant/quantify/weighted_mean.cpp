#include "remnant/quantify/weighted_mean.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

Eigen::Index indexOf(std::size_t index) {
  return static_cast<Eigen::Index>(index);
}

/// Variances of what each measurement has alone.
Eigen::VectorXd ownVariances(const std::vector<Measurement>& measurements) {
  Eigen::VectorXd variances(indexOf(measurements.size()));
  for (std::size_t i = 0; i < measurements.size(); ++i)
    variances[indexOf(i)] =
        measurements[i].counting * measurements[i].counting + measurements[i].own * measurements[i].own;
  return variances;
}

/// One column a common thing.
Eigen::MatrixXd commonParts(const std::vector<Measurement>& measurements) {
  const std::size_t things = measurements.front().common.size();
  Eigen::MatrixXd parts(indexOf(measurements.size()), indexOf(things));
  for (std::size_t i = 0; i < measurements.size(); ++i) {
    if (measurements[i].common.size() != things)
      throw ProgramError("measurements of one quantity differ in what they have in common");
    for (std::size_t thing = 0; thing < things; ++thing)
      parts(indexOf(i), indexOf(thing)) = measurements[i].common[thing];
  }
  return parts;
}

/// Of what sets a measurement apart from the others: its own, and how far the common things move it more than
/// the least moved.
Eigen::VectorXd variancesApart(const Eigen::VectorXd& own, const Eigen::MatrixXd& common) {
  Eigen::VectorXd variances = own;
  for (Eigen::Index thing = 0; thing < common.cols(); ++thing) {
    const Eigen::VectorXd moved = common.col(thing).cwiseAbs();
    variances.array() += (moved.array() - moved.minCoeff()).square();
  }
  return variances;
}

/// Least over all means: y' V y - (1' V y)^2 / 1' V 1, V the inverse of the covariance.
double chiSquaredOf(const Eigen::VectorXd& values, const Eigen::VectorXd& own,
                    const Eigen::MatrixXd& common) {
  Eigen::MatrixXd covariance = common * common.transpose();
  covariance.diagonal() += own;
  const Eigen::LDLT<Eigen::MatrixXd> solver(covariance);
  const Eigen::VectorXd apart = values.array() - values.mean();
  const Eigen::VectorXd ones = Eigen::VectorXd::Ones(values.size());
  const Eigen::VectorXd weighted = solver.solve(apart), unit = solver.solve(ones);
  return std::max(0.0, apart.dot(weighted) - std::pow(ones.dot(weighted), 2) / ones.dot(unit));
}

}  // namespace

WeightedMean weightedMean(const std::vector<Measurement>& measurements) {
  if (measurements.empty()) throw ProgramError("no measurement to take the mean of");
  const Eigen::VectorXd own = ownVariances(measurements);
  if (!(own.minCoeff() > 0)) throw ProgramError("a measurement has no uncertainty of its own");
  const Eigen::MatrixXd common = commonParts(measurements);
  const Eigen::VectorXd apart = variancesApart(own, common);
  const double apartVariance = 1 / apart.cwiseInverse().sum();
  const Eigen::VectorXd weights = apart.cwiseInverse() * apartVariance;
  Eigen::VectorXd values(own.size()), counting(own.size());
  for (std::size_t i = 0; i < measurements.size(); ++i) {
    values[indexOf(i)] = measurements[i].value;
    counting[indexOf(i)] = measurements[i].counting;
  }
  WeightedMean mean;
  mean.value = weights.dot(values);
  mean.statistical = weights.cwiseProduct(counting).norm();
  const double ownVariance = weights.cwiseAbs2().dot(own);
  const double variance = ownVariance + (common.transpose() * weights).squaredNorm();
  mean.systematic = std::sqrt(std::max(0.0, variance - mean.statistical * mean.statistical));
  mean.degrees = static_cast<int>(measurements.size()) - 1;
  if (mean.degrees == 0) return mean;
  mean.chiSquared = chiSquaredOf(values, own, common);
  mean.probability = chiSquaredAbove(mean.chiSquared, mean.degrees);
  const double excess = std::max(0.0, mean.chiSquared / mean.degrees - 1);
  mean.systematic = std::sqrt(mean.systematic * mean.systematic + excess * apartVariance);
  return mean;
}

/// Abramowitz and Stegun 26.4.4 and 26.4.5, by the recurrence Q(x | k + 2) = Q(x | k) + (x/2)^{k/2} e^{-x/2}
/// / Gamma(k/2 + 1).
double chiSquaredAbove(double x, int degrees) {
  if (!(x > 0)) return 1;
  const bool odd = degrees % 2 == 1;
  double above = odd ? std::erfc(std::sqrt(x / 2)) : std::exp(-x / 2);
  for (int k = odd ? 1 : 2; k < degrees; k += 2)
    above += std::exp(k / 2.0 * std::log(x / 2) - x / 2 - std::lgamma(k / 2.0 + 1));
  return std::min(1.0, above);
}

}  // namespace remnant::quantify

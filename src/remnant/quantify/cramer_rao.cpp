#include "remnant/quantify/cramer_rao.h"

#include <cmath>

#include <Eigen/Cholesky>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

double squared(double value) {
  return value * value;
}

/// How the observation's ln lambda moves with (ln a, d, nuisances).
Eigen::VectorXd gradient(const BoundObservation& observation, Eigen::Index nuisances) {
  Eigen::VectorXd row = Eigen::VectorXd::Zero(2 + nuisances);
  row(0) = 1;
  row(1) = observation.slopePerMm;
  row.segment(2, observation.nuisanceEffects.size()) = observation.nuisanceEffects;
  return row;
}

}  // namespace

double BoundObservation::weight() const {
  return squared(signal) / (signal + background * (1 + 1 / backgroundAreaRatio));
}

SourceBound cramerRaoBound(const std::vector<BoundObservation>& observations,
                           const Eigen::VectorXd& nuisanceSigmas) {
  const Eigen::Index nuisances = nuisanceSigmas.size();
  Eigen::MatrixXd information = Eigen::MatrixXd::Zero(2 + nuisances, 2 + nuisances);
  information.diagonal().tail(nuisances) = nuisanceSigmas.array().square().inverse();
  for (const BoundObservation& observation : observations) {
    if (observation.nuisanceEffects.size() > nuisances)
      throw ProgramError("an observation of a bound has more nuisances than there are priors");
    const Eigen::VectorXd row = gradient(observation, nuisances);
    information += observation.weight() * row * row.transpose();
  }
  // Depths in mm and logarithms differ in scale; the unit diagonal keeps the solution exact to rounding.
  const Eigen::VectorXd scale = information.diagonal().array().sqrt().inverse();
  const Eigen::LDLT<Eigen::MatrixXd> solver(scale.asDiagonal() * information * scale.asDiagonal());
  if (!scale.allFinite() || !(solver.vectorD().minCoeff() > 1e-14))
    throw ProgramError("the observations of a bound do not determine depth and activity");
  const Eigen::MatrixXd solved = solver.solve(Eigen::MatrixXd::Identity(2 + nuisances, 2 + nuisances));
  const Eigen::MatrixXd covariance = scale.asDiagonal() * solved * scale.asDiagonal();
  return {std::sqrt(covariance(0, 0)), std::sqrt(covariance(1, 1)), covariance(0, 1)};
}

double depthSigmaMm(const DepthBudget& budget) {
  const double ratio = 1 / budget.anteriorWeight + 1 / budget.posteriorWeight + squared(budget.gainSigma) +
                       squared(budget.tableSigma) + squared(budget.regionSigma) + squared(budget.tissueSigma);
  const double lever = (budget.thicknessMm - 2 * budget.depthMm) / (2 * budget.attenuationPerMm);
  return std::sqrt(ratio / squared(2 * budget.attenuationPerMm) +
                   squared(lever * budget.attenuationSigmaPerMm) + squared(budget.thicknessSigmaMm) / 4);
}

double logActivitySigma(const DepthBudget& budget) {
  return std::sqrt((1 / budget.anteriorWeight + 1 / budget.posteriorWeight) / 4 +
                   squared(budget.thicknessMm / 2 * budget.attenuationSigmaPerMm) +
                   squared(budget.attenuationPerMm / 2 * budget.thicknessSigmaMm) +
                   squared(budget.calibrationSigma));
}

double detectionLimit(double background, double backgroundAreaRatio) {
  return 2.71 + 3.29 * std::sqrt(background * (1 + 1 / backgroundAreaRatio));
}

}  // namespace remnant::quantify

#include "remnant/measure/logistic_regression.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "remnant/base/error.h"

namespace remnant::measure {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;

double logistic(double logit) {
  return 1 / (1 + std::exp(-logit));
}

/// log(1 + exp(x)) without overflow.
double softplus(double value) {
  return std::max(value, 0.0) + std::log1p(std::exp(-std::abs(value)));
}

/// The penalised log loss of (intercept, weights), the first column of the design being 1.
struct Objective {
  Matrix design;
  Vector labels;
  Vector penalty;  ///< per coefficient; 0 for the intercept

  double value(const Vector& coefficients) const {
    const Vector logits = design * coefficients;
    double sum = 0.5 * coefficients.cwiseAbs2().dot(penalty);
    for (Eigen::Index row = 0; row < logits.size(); ++row)
      sum += softplus(logits[row]) - labels[row] * logits[row];
    return sum;
  }
  Vector gradient(const Vector& coefficients) const {
    const Vector probabilities = (design * coefficients).unaryExpr(&logistic);
    return design.transpose() * (probabilities - labels) + penalty.cwiseProduct(coefficients);
  }
  Vector newtonStep(const Vector& coefficients) const {
    const Vector probabilities = (design * coefficients).unaryExpr(&logistic);
    const Vector variances = probabilities.array() * (1 - probabilities.array());
    Matrix curvature = design.transpose() * variances.asDiagonal() * design;
    curvature.diagonal() += penalty;
    return curvature.ldlt().solve(gradient(coefficients));
  }
};

void standardise(LogisticModel& model, const Eigen::Map<const Matrix>& features) {
  const auto count = static_cast<double>(features.rows());
  for (Eigen::Index column = 0; column < features.cols(); ++column) {
    const double mean = features.col(column).sum() / count;
    const double spread = std::sqrt((features.col(column).array() - mean).square().sum() / count);
    model.mean.push_back(mean);
    model.standardDeviation.push_back(spread > 0 ? spread : 1);
  }
}

Objective objectiveOf(const LogisticModel& model, const Eigen::Map<const Matrix>& features,
                      std::span<const int> labels, double ridge) {
  Objective objective{Matrix::Ones(features.rows(), features.cols() + 1), Vector(features.rows()),
                      Vector::Constant(features.cols() + 1, ridge)};
  objective.penalty[0] = 0;
  for (Eigen::Index column = 0; column < features.cols(); ++column)
    objective.design.col(column + 1) =
        (features.col(column).array() - model.mean[static_cast<std::size_t>(column)]) /
        model.standardDeviation[static_cast<std::size_t>(column)];
  for (Eigen::Index row = 0; row < features.rows(); ++row)
    objective.labels[row] = labels[static_cast<std::size_t>(row)];
  return objective;
}

/// Newton's method; a step that does not lessen the objective is halved until it does.
Vector minimise(const Objective& objective, const LogisticConfig& config) {
  Vector coefficients = Vector::Zero(objective.design.cols());
  for (int step = 0; step < config.maximumSteps; ++step) {
    if (objective.gradient(coefficients).cwiseAbs().maxCoeff() <= config.gradientTolerance)
      return coefficients;
    Vector change = objective.newtonStep(coefficients);
    const double before = objective.value(coefficients);
    // Near the optimum the objective changes by less than its rounding.
    const double rounding = 1e-14 * std::max(1.0, std::abs(before));
    while (objective.value(coefficients - change) > before + rounding) change *= 0.5;
    coefficients -= change;
  }
  throw ProgramError("logistic regression did not converge");
}

}  // namespace

double LogisticModel::probability(std::span<const double> features) const {
  double logit = intercept;
  for (std::size_t feature = 0; feature < weights.size(); ++feature)
    logit += weights[feature] * (features[feature] - mean[feature]) / standardDeviation[feature];
  return logistic(logit);
}

LogisticModel fitLogistic(std::span<const double> features, std::size_t featureCount,
                          std::span<const int> labels, const LogisticConfig& config) {
  if (features.size() != featureCount * labels.size() || config.ridge <= 0)
    throw ProgramError("logistic regression was given features, labels or a ridge that do not fit");
  const auto positives = std::count(labels.begin(), labels.end(), 1);
  if (positives == 0 || positives == std::ssize(labels))
    throw InputError("one-class-only", "the training studies all carry the same label");
  const Eigen::Map<const Matrix> matrix(features.data(), static_cast<Eigen::Index>(labels.size()),
                                        static_cast<Eigen::Index>(featureCount));
  LogisticModel model;
  standardise(model, matrix);
  const Vector coefficients = minimise(objectiveOf(model, matrix, labels, config.ridge), config);
  model.intercept = coefficients[0];
  model.weights.assign(coefficients.data() + 1, coefficients.data() + coefficients.size());
  return model;
}

}  // namespace remnant::measure

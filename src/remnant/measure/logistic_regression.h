#pragma once

#include <cstddef>
#include <span>
#include <vector>

/// Logistic regression with a ridge penalty, by Newton's method.
namespace remnant::measure {

struct LogisticConfig {
  /// Weight of the penalty ridge / 2 x |weights|^2 beside the summed log loss; the intercept is not
  /// penalised. It keeps the weights finite where a feature parts the classes completely. Must be > 0.
  double ridge = 1.0;
  double gradientTolerance = 1e-9;  ///< stops where no component of the gradient exceeds it
  int maximumSteps = 100;
};

/// Features are standardised by the training examples' mean and standard deviation before they are weighted.
struct LogisticModel {
  std::vector<double> mean;
  std::vector<double> standardDeviation;  ///< 1 for a feature that never varies
  std::vector<double> weights;            ///< of the standardised features
  double intercept = 0;

  /// Probability of label 1.
  double probability(std::span<const double> features) const;
};

/// features: example by example, featureCount each; labels 0 or 1, as many as there are examples. Source:
/// Hastie, Tibshirani and Friedman 2009, sections 4.4.1 and 4.4.4. Throws InputError "one-class-only" where
/// the labels are all alike (no finite intercept), ProgramError where Newton's method does not converge.
LogisticModel fitLogistic(std::span<const double> features, std::size_t featureCount,
                          std::span<const int> labels, const LogisticConfig& config = {});

}  // namespace remnant::measure

#include "remnant/measure/logistic_regression.h"

#include <gtest/gtest.h>

#include <cmath>

#include "remnant/base/error.h"
#include "remnant/base/random.h"

namespace remnant::measure {
namespace {

TEST(LogisticRegression, MeetsTheClosedFormOfABinaryFeature) {
  // At feature 0 one of four is positive, at feature 1 three of four. Without a penalty the fitted
  // probabilities are those shares; a ridge of 1e-9 moves them by less than 1e-8.
  const std::vector<double> features{0, 0, 0, 0, 1, 1, 1, 1};
  const std::vector<int> labels{1, 0, 0, 0, 1, 1, 1, 0};
  const auto model = fitLogistic(features, 1, labels, {.ridge = 1e-9});
  EXPECT_NEAR(model.probability(std::vector{0.0}), 0.25, 1e-8);
  EXPECT_NEAR(model.probability(std::vector{1.0}), 0.75, 1e-8);
}

TEST(LogisticRegression, MeetsTheStationaryEquationOfAPenalisedSymmetricSample) {
  // Features -1 and 1 (already standardised), perfectly parted: the intercept is 0 by symmetry, and the
  // weight w of two examples solves 2 / (1 + e^w) = ridge w. With w = ln 3 that is 0.5 = ridge ln 3.
  const double weight = std::log(3.0);
  const auto model = fitLogistic(std::vector{-1.0, 1.0}, 1, std::vector{0, 1}, {.ridge = 0.5 / weight});
  EXPECT_NEAR(model.intercept, 0, 1e-9);
  EXPECT_NEAR(model.weights[0], weight, 1e-9);
  EXPECT_NEAR(model.probability(std::vector{1.0}), 0.75, 1e-9);
}

TEST(LogisticRegression, FindsThePenalisedOptimumOfSeveralFeatures) {
  RandomStream random(11, 1);
  std::vector<double> features;
  std::vector<int> labels;
  for (int example = 0; example < 60; ++example) {
    const double first = random.normal(), second = random.normal(5, 3);
    features.insert(features.end(), {first, second});
    labels.push_back(first + 0.2 * second + random.normal() > 1 ? 1 : 0);
  }
  const double ridge = 0.7;
  const auto model = fitLogistic(features, 2, labels, {.ridge = ridge});
  double interceptGradient = 0;
  std::vector<double> gradient{ridge * model.weights[0], ridge * model.weights[1]};
  for (std::size_t example = 0; example < labels.size(); ++example) {
    const std::span<const double> row{&features[2 * example], 2};
    const double error = model.probability(row) - labels[example];
    interceptGradient += error;
    for (std::size_t feature = 0; feature < 2; ++feature)
      gradient[feature] += error * (row[feature] - model.mean[feature]) / model.standardDeviation[feature];
  }
  EXPECT_NEAR(interceptGradient, 0, 1e-8);
  EXPECT_NEAR(gradient[0], 0, 1e-8);
  EXPECT_NEAR(gradient[1], 0, 1e-8);
}

TEST(LogisticRegression, StaysFiniteOnPartedClassesFarApart) {
  const auto model =
      fitLogistic(std::vector{-1e6, -1e6, 1e6, 1e6}, 1, std::vector{0, 0, 1, 1}, {.ridge = 1e-6});
  EXPECT_TRUE(std::isfinite(model.weights[0]));
  EXPECT_GT(model.probability(std::vector{1e6}), 0.999);
}

TEST(LogisticRegression, IgnoresAFeatureThatNeverVaries) {
  const auto model = fitLogistic(std::vector{3.0, 3.0, 3.0, 3.0}, 1, std::vector{0, 0, 0, 1});
  EXPECT_NEAR(model.weights[0], 0, 1e-12);
  EXPECT_NEAR(model.probability(std::vector{3.0}), 0.25, 1e-9);
}

TEST(LogisticRegression, RefusesOneClass) {
  EXPECT_THROW(fitLogistic(std::vector{1.0, 2.0}, 1, std::vector{1, 1}), InputError);
}

}  // namespace
}  // namespace remnant::measure

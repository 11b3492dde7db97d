#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Figures of merit over the test sets of several fits, with intervals that respect that studies of one
/// patient are alike.
namespace remnant::measure {

enum class Figure { kAuc, kSensitivity, kSpecificity, kF1, kAccuracy };
constexpr Figure kFigures[] = {Figure::kAuc, Figure::kSensitivity, Figure::kSpecificity, Figure::kF1,
                               Figure::kAccuracy};
std::string_view figureName(Figure figure);  ///< "auc", "sensitivity", "specificity", "f1", "accuracy"

/// The test set of one fit. A score ranks studies within its fit only: scores of different fits are never put
/// into one ranking. The three vectors are of one length, an element a study.
struct TestSet {
  std::vector<std::string> patients;
  std::vector<int> labels;
  std::vector<double> scores;
  double threshold = 0;  ///< chosen on this fit's training studies
};

std::optional<double> figureOf(Figure figure, const TestSet& set);

/// The mean over the test sets where the figure is defined; nullopt where it is defined in none.
std::optional<double> meanFigure(Figure figure, std::span<const TestSet> sets);

struct BootstrapConfig {
  std::size_t resamples = 2000;
  double confidence = 0.95;
  std::uint64_t seed = 1;
};

struct Estimate {
  std::optional<double> value;         ///< meanFigure of the test sets themselves
  std::optional<double> lower, upper;  ///< percentiles of the resampled means, by linear interpolation
  std::size_t undefinedSets = 0;       ///< test sets left out of the mean
  std::size_t undefinedResamples = 0;  ///< resamples in which the figure is defined in no set
};

/// Percentile bootstrap over patients. A resample draws as many patients as there are, with replacement; a
/// patient drawn k times counts with all its studies k times in every test set it stands in, so repeats and
/// seeds that test the same patients are not taken for new evidence. The fits themselves are not repeated:
/// the interval tells the chance in who was tested, not in who was trained on. The draws depend on the seed
/// and the set of patients alone, so contestants judged on the same patients are resampled alike. Source:
/// Efron and Tibshirani 1993, section 13.3; grouped as in Field and Welsh, J R Stat Soc B 2007;69:369.
Estimate patientBootstrap(Figure figure, std::span<const TestSet> sets, const BootstrapConfig& config);

}  // namespace remnant::measure

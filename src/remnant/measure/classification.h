#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

/// Figures of merit of scores against binary labels. Labels are 0 or 1; a higher score speaks for label 1;
/// labels and scores are of one length. A figure whose denominator is zero is not defined (nullopt), never 0.
namespace remnant::measure {

/// The probability that a positive scores above a negative, ties counting one half (Mann-Whitney). Undefined
/// where either class is absent. Source: Hanley and McNeil, Radiology 1982;143:29.
std::optional<double> areaUnderCurve(std::span<const int> labels, std::span<const double> scores);

/// Counts of studies, where score >= threshold reads as label 1.
struct Confusion {
  std::size_t truePositives = 0;
  std::size_t falsePositives = 0;
  std::size_t trueNegatives = 0;
  std::size_t falseNegatives = 0;
  bool operator==(const Confusion&) const = default;
};
Confusion confusionAt(std::span<const int> labels, std::span<const double> scores, double threshold);

std::optional<double> sensitivity(const Confusion& confusion);  ///< TP / (TP + FN)
std::optional<double> specificity(const Confusion& confusion);  ///< TN / (TN + FP)
std::optional<double> f1(const Confusion& confusion);           ///< 2 TP / (2 TP + FP + FN)
std::optional<double> accuracy(const Confusion& confusion);     ///< (TP + TN) / all

/// A corner of the empirical ROC curve: the rates where score >= threshold reads as label 1.
struct RocPoint {
  double falsePositiveRate = 0;
  double truePositiveRate = 0;
  double threshold = 0;
};

/// From (0, 0) at an infinite threshold to (1, 1) at the lowest score, a point a distinct score; joined by
/// straight lines its area is areaUnderCurve. Empty where either class is absent.
std::vector<RocPoint> rocCurve(std::span<const int> labels, std::span<const double> scores);

/// The threshold of the greatest sensitivity + specificity - 1, half way between the two scores it parts; the
/// lowest such threshold where several are equally good, since a missed remnant is the worse mistake.
/// Undefined where either class is absent. Source: Youden, Cancer 1950;3:32.
std::optional<double> youdenThreshold(std::span<const int> labels, std::span<const double> scores);

}  // namespace remnant::measure

#include "remnant/measure/classification.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "remnant/base/error.h"

namespace remnant::measure {
namespace {

void checkLengths(std::span<const int> labels, std::span<const double> scores) {
  if (labels.size() != scores.size()) throw ProgramError("labels and scores differ in number");
}

/// All studies of one score.
struct ScoreGroup {
  double score = 0;
  std::size_t positives = 0;
  std::size_t negatives = 0;
};

/// Distinct scores, highest first.
std::vector<ScoreGroup> groupedByScore(std::span<const int> labels, std::span<const double> scores) {
  checkLengths(labels, scores);
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t left, std::size_t right) { return scores[left] > scores[right]; });
  std::vector<ScoreGroup> groups;
  for (const std::size_t study : order) {
    if (groups.empty() || groups.back().score != scores[study]) groups.push_back({scores[study], 0, 0});
    (labels[study] == 1 ? groups.back().positives : groups.back().negatives) += 1;
  }
  return groups;
}

std::optional<double> share(std::size_t part, std::size_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::optional<double> areaUnderCurve(std::span<const int> labels, std::span<const double> scores) {
  // Twice the number of ordered pairs, ties once: an integer, so that the order of the sum cannot matter.
  std::size_t doubledPairs = 0;
  std::size_t positivesAbove = 0;
  std::size_t negatives = 0;
  for (const ScoreGroup& group : groupedByScore(labels, scores)) {
    doubledPairs += group.negatives * (2 * positivesAbove + group.positives);
    positivesAbove += group.positives;
    negatives += group.negatives;
  }
  return share(doubledPairs, 2 * positivesAbove * negatives);
}

Confusion confusionAt(std::span<const int> labels, std::span<const double> scores, double threshold) {
  checkLengths(labels, scores);
  Confusion confusion;
  for (std::size_t study = 0; study < labels.size(); ++study) {
    const bool called = scores[study] >= threshold;
    if (labels[study] == 1)
      ++(called ? confusion.truePositives : confusion.falseNegatives);
    else
      ++(called ? confusion.falsePositives : confusion.trueNegatives);
  }
  return confusion;
}

std::optional<double> sensitivity(const Confusion& confusion) {
  return share(confusion.truePositives, confusion.truePositives + confusion.falseNegatives);
}

std::optional<double> specificity(const Confusion& confusion) {
  return share(confusion.trueNegatives, confusion.trueNegatives + confusion.falsePositives);
}

std::optional<double> f1(const Confusion& confusion) {
  return share(2 * confusion.truePositives,
               2 * confusion.truePositives + confusion.falsePositives + confusion.falseNegatives);
}

std::optional<double> accuracy(const Confusion& confusion) {
  return share(confusion.truePositives + confusion.trueNegatives,
               confusion.truePositives + confusion.trueNegatives + confusion.falsePositives +
                   confusion.falseNegatives);
}

std::vector<RocPoint> rocCurve(std::span<const int> labels, std::span<const double> scores) {
  const auto positives = static_cast<double>(std::count(labels.begin(), labels.end(), 1));
  const double negatives = static_cast<double>(labels.size()) - positives;
  if (positives == 0 || negatives == 0) return {};
  std::vector<RocPoint> points{{0, 0, std::numeric_limits<double>::infinity()}};
  std::size_t falsePositives = 0;
  std::size_t truePositives = 0;
  for (const ScoreGroup& group : groupedByScore(labels, scores)) {
    falsePositives += group.negatives;
    truePositives += group.positives;
    points.push_back({static_cast<double>(falsePositives) / negatives,
                      static_cast<double>(truePositives) / positives, group.score});
  }
  return points;
}

std::optional<double> youdenThreshold(std::span<const int> labels, std::span<const double> scores) {
  const auto points = rocCurve(labels, scores);
  if (points.empty()) return std::nullopt;
  // The first point stands for calling nobody, which no finite threshold of the training scores needs.
  std::size_t best = 1;
  const auto index = [&](std::size_t place) {
    return points[place].truePositiveRate - points[place].falsePositiveRate;
  };
  for (std::size_t place = 2; place < points.size(); ++place)
    if (index(place) >= index(best)) best = place;
  if (best + 1 == points.size()) return points[best].threshold;
  return std::midpoint(points[best].threshold, points[best + 1].threshold);
}

}  // namespace remnant::measure

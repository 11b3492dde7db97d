#pragma once

#include <string>
#include <vector>

#include "remnant/benchmark/run_folder.h"
#include "remnant/chart/chart.h"
#include "remnant/measure/classification.h"

/// From the scores of a run to the curves and counts that the report shows.
namespace remnant::benchmark {

/// The scores of one fit, with the threshold it was judged at.
struct FitScores {
  double threshold = 0;
  std::vector<int> labels;
  std::vector<double> scores;
};

/// The fits of a contestant on an image set, in the order of cells.csv. Throws InputError "bad-run" where a
/// score belongs to no fit of cells.csv.
std::vector<FitScores> fitsOf(const Run& run, const std::string& imageSet, const std::string& contestant);

/// The sensitivity at falsePositiveRate, between the corners by straight lines; where the curve rises there,
/// the upper end.
double sensitivityAt(const std::vector<measure::RocPoint>& curve, double falsePositiveRate);

/// The mean sensitivity of the curves at steps + 1 equally spaced false positive rates, led by (0, 0); empty
/// for no curve. Source: Fawcett, Pattern Recognition Letters 2006;27:861, vertical averaging.
std::vector<chart::ChartPoint> meanCurve(const std::vector<std::vector<measure::RocPoint>>& curves,
                                         int steps = 100);

/// The ROC of a contestant on an image set, its legend and its operating point from figures.csv.
chart::RocSeries rocSeries(const Run& run, const std::string& imageSet, const std::string& contestant);

/// Studies of all fits at each fit's own threshold, added up.
measure::Confusion summedConfusion(const std::vector<FitScores>& fits);

}  // namespace remnant::benchmark

#include "remnant/benchmark/report_roc.h"

#include <map>
#include <tuple>

#include "remnant/base/error.h"
#include "remnant/benchmark/report_words.h"

namespace remnant::benchmark {
namespace {

using Fit = std::tuple<int, int, std::uint64_t>;

std::vector<chart::ChartPoint> pointsOf(const std::vector<measure::RocPoint>& curve) {
  std::vector<chart::ChartPoint> points;
  for (const measure::RocPoint& corner : curve)
    points.push_back({corner.falsePositiveRate, corner.truePositiveRate});
  return points;
}

std::optional<chart::ChartPoint> operatingPoint(const Run& run, const std::string& imageSet,
                                                const std::string& contestant) {
  const FigureRow sensitivity = figureOf(run, imageSet, contestant, "sensitivity");
  const FigureRow specificity = figureOf(run, imageSet, contestant, "specificity");
  if (!sensitivity.value || !specificity.value) return std::nullopt;
  return chart::ChartPoint{1 - *specificity.value, *sensitivity.value};
}

}  // namespace

std::vector<FitScores> fitsOf(const Run& run, const std::string& imageSet, const std::string& contestant) {
  std::vector<FitScores> fits;
  std::map<Fit, std::size_t> indexOf;
  for (const CellRow& cell : run.cells)
    if (cell.imageSet == imageSet && cell.contestant == contestant) {
      indexOf[{cell.repeat, cell.fold, cell.seed}] = fits.size();
      fits.push_back({.threshold = cell.threshold, .labels = {}, .scores = {}});
    }
  for (const ScoreRow& score : run.scores) {
    if (score.imageSet != imageSet || score.contestant != contestant) continue;
    const auto found = indexOf.find({score.repeat, score.fold, score.seed});
    if (found == indexOf.end())
      throw InputError("bad-run", "scores.csv holds scores of a fit that cells.csv does not name",
                       (run.folder / "scores.csv").string());
    fits[found->second].labels.push_back(score.label);
    fits[found->second].scores.push_back(score.score);
  }
  return fits;
}

double sensitivityAt(const std::vector<measure::RocPoint>& curve, double falsePositiveRate) {
  double sensitivity = 0;
  for (std::size_t index = 0; index < curve.size(); ++index) {
    const measure::RocPoint& corner = curve[index];
    if (corner.falsePositiveRate <= falsePositiveRate) {
      sensitivity = corner.truePositiveRate;
      continue;
    }
    const measure::RocPoint& before = curve[index - 1];
    const double part = (falsePositiveRate - before.falsePositiveRate) /
                        (corner.falsePositiveRate - before.falsePositiveRate);
    return before.truePositiveRate + part * (corner.truePositiveRate - before.truePositiveRate);
  }
  return sensitivity;
}

std::vector<chart::ChartPoint> meanCurve(const std::vector<std::vector<measure::RocPoint>>& curves,
                                         int steps) {
  if (curves.empty()) return {};
  std::vector<chart::ChartPoint> mean{{0, 0}};
  for (int step = 0; step <= steps; ++step) {
    const double rate = static_cast<double>(step) / steps;
    double sum = 0;
    for (const auto& curve : curves) sum += sensitivityAt(curve, rate);
    mean.push_back({rate, sum / static_cast<double>(curves.size())});
  }
  return mean;
}

chart::RocSeries rocSeries(const Run& run, const std::string& imageSet, const std::string& contestant) {
  chart::RocSeries series;
  std::vector<std::vector<measure::RocPoint>> curves;
  for (const FitScores& fit : fitsOf(run, imageSet, contestant)) {
    const auto curve = measure::rocCurve(fit.labels, fit.scores);
    if (curve.empty()) continue;
    series.fits.push_back(pointsOf(curve));
    curves.push_back(curve);
  }
  series.mean = meanCurve(curves);
  series.legend =
      contestantTitle(run, contestant) + ": " + intervalText(figureOf(run, imageSet, contestant, "auc"));
  series.operatingPoint = operatingPoint(run, imageSet, contestant);
  return series;
}

measure::Confusion summedConfusion(const std::vector<FitScores>& fits) {
  measure::Confusion sum;
  for (const FitScores& fit : fits) {
    const measure::Confusion one = measure::confusionAt(fit.labels, fit.scores, fit.threshold);
    sum.truePositives += one.truePositives;
    sum.falsePositives += one.falsePositives;
    sum.trueNegatives += one.trueNegatives;
    sum.falseNegatives += one.falseNegatives;
  }
  return sum;
}

}  // namespace remnant::benchmark

#include "remnant/benchmark/report_cases.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "remnant/base/error.h"
#include "remnant/benchmark/report_words.h"

namespace remnant::benchmark {
namespace {

using Fit = std::tuple<int, int, std::uint64_t>;

std::map<Fit, double> thresholdsOf(const Run& run, const std::string& imageSet,
                                   const std::string& contestant) {
  std::map<Fit, double> thresholds;
  for (const CellRow& cell : run.cells)
    if (cell.imageSet == imageSet && cell.contestant == contestant)
      thresholds[{cell.repeat, cell.fold, cell.seed}] = cell.threshold;
  return thresholds;
}

double thresholdFor(const std::map<Fit, double>& thresholds, const ScoreRow& row, const Run& run) {
  const auto found = thresholds.find({row.repeat, row.fold, row.seed});
  if (found != thresholds.end()) return found->second;
  throw InputError("bad-run", "scores.csv holds scores of a fit that cells.csv does not name",
                   (run.folder / "scores.csv").string());
}

bool moreConfident(const ScoredCase& first, const ScoredCase& second) {
  if (first.confidence() != second.confidence()) return first.confidence() > second.confidence();
  return first.study < second.study;
}

std::vector<ScoredCase> mostConfident(std::vector<ScoredCase> cases, std::size_t count) {
  std::sort(cases.begin(), cases.end(), moreConfident);
  std::set<std::string> patients;
  std::vector<ScoredCase> chosen;
  for (const ScoredCase& one : cases)
    if (chosen.size() < count && patients.insert(one.patient).second) chosen.push_back(one);
  return chosen;
}

}  // namespace

std::vector<ScoredCase> scoredCases(const Run& run, const std::string& imageSet,
                                    const std::string& contestant) {
  const auto thresholds = thresholdsOf(run, imageSet, contestant);
  std::vector<ScoredCase> cases;
  std::map<std::string, std::size_t> indexOf;
  for (const ScoreRow& row : run.scores) {
    if (row.imageSet != imageSet || row.contestant != contestant) continue;
    const auto [place, isNew] = indexOf.emplace(row.study, cases.size());
    if (isNew)
      cases.push_back({.patient = row.patient,
                       .study = row.study,
                       .label = row.label,
                       .score = 0,
                       .threshold = 0,
                       .fits = 0});
    ScoredCase& one = cases[place->second];
    one.score += row.score;
    one.threshold += thresholdFor(thresholds, row, run);
    ++one.fits;
  }
  for (ScoredCase& one : cases) {
    one.score /= static_cast<double>(one.fits);
    one.threshold /= static_cast<double>(one.fits);
  }
  return cases;
}

CaseGroups chooseCases(const std::vector<ScoredCase>& cases, std::size_t casesPerGroup) {
  CaseGroups groups;
  for (const ScoredCase& one : cases) {
    auto& right = one.label == 1 ? groups.truePositives : groups.trueNegatives;
    auto& wrong = one.label == 1 ? groups.falseNegatives : groups.falsePositives;
    (one.readAsPositive() == (one.label == 1) ? right : wrong).push_back(one);
  }
  for (auto* group :
       {&groups.truePositives, &groups.trueNegatives, &groups.falsePositives, &groups.falseNegatives})
    *group = mostConfident(std::move(*group), casesPerGroup);
  return groups;
}

std::string shownContestant(const Run& run, const std::string& imageSet) {
  FigureRow best;
  for (const std::string& contestant : contestantsOf(run, imageSet)) {
    const FigureRow row = figureOf(run, imageSet, contestant, "auc");
    if (isNetwork(run, contestant) && row.value && (!best.value || *row.value > *best.value)) best = row;
  }
  return best.value ? best.contestant : bestContestant(run, imageSet);
}

}  // namespace remnant::benchmark

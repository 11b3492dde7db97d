#include "remnant/benchmark/run_tables.h"

#include <map>
#include <tuple>

#include "remnant/base/csv.h"
#include "remnant/base/progress.h"
#include "remnant/dataset/schema.h"
#include "remnant/measure/patient_bootstrap.h"

namespace remnant::benchmark {
namespace {

/// Image set, contestant, repeat, fold, seed.
using CellPlace = std::tuple<std::string, std::string, int, int, std::uint64_t>;
template <class Row>
CellPlace placeOf(const Row& row) {
  return {row.imageSet, row.contestant, row.repeat, row.fold, row.seed};
}

std::map<CellPlace, measure::TestSet> testSetsOf(const std::vector<ScoreRow>& scores,
                                                 const std::vector<CellRow>& cells) {
  std::map<CellPlace, measure::TestSet> sets;
  for (const CellRow& cell : cells) sets[placeOf(cell)].threshold = cell.threshold;
  for (const ScoreRow& row : scores) {
    measure::TestSet& set = sets.at(placeOf(row));
    set.patients.push_back(row.patient);
    set.labels.push_back(row.label);
    set.scores.push_back(row.score);
  }
  return sets;
}

void tellUndefined(const FigureRow& row, const measure::Estimate& estimate, std::size_t sets) {
  if (estimate.undefinedSets == 0) return;
  say("bench: " + row.figure + " of " + row.contestant + " on " + row.imageSet + " is not defined in " +
      std::to_string(estimate.undefinedSets) + " of " + std::to_string(sets) +
      " test sets (one class only, or nothing called); the mean is over the others");
}

FigureRow figureRow(const std::string& imageSet, const std::string& contestant, measure::Figure figure,
                    const std::vector<measure::TestSet>& sets, const Protocol& protocol) {
  const measure::Estimate estimate = measure::patientBootstrap(
      figure, sets, {.resamples = protocol.bootstrapResamples, .seed = protocol.bootstrapSeed});
  FigureRow row{.imageSet = imageSet,
                .contestant = contestant,
                .figure = std::string(measure::figureName(figure)),
                .value = estimate.value,
                .lower = estimate.lower,
                .upper = estimate.upper};
  tellUndefined(row, estimate, sets.size());
  return row;
}

}  // namespace

std::vector<FigureRow> figuresOf(const std::vector<ScoreRow>& scores, const std::vector<CellRow>& cells,
                                 const Protocol& protocol) {
  std::map<std::pair<std::string, std::string>, std::vector<measure::TestSet>> groups;
  for (auto& [place, set] : testSetsOf(scores, cells))
    groups[{std::get<0>(place), std::get<1>(place)}].push_back(set);
  std::vector<FigureRow> rows;
  for (const auto& [group, sets] : groups)
    for (const measure::Figure figure : measure::kFigures)
      rows.push_back(figureRow(group.first, group.second, figure, sets, protocol));
  return rows;
}

void writeScores(const std::vector<ScoreRow>& rows, const std::filesystem::path& file) {
  CsvTable table = dataset::emptyTable("scores.csv");
  for (const ScoreRow& row : rows)
    table.append({row.imageSet, row.contestant, std::to_string(row.repeat), std::to_string(row.fold),
                  std::to_string(row.seed), row.patient, row.study, std::to_string(row.label),
                  numberText(row.score)});
  table.write(file);
}

void writeCells(const std::vector<CellRow>& rows, const std::filesystem::path& file) {
  CsvTable table = dataset::emptyTable("cells.csv");
  for (const CellRow& row : rows)
    table.append({row.imageSet, row.contestant, std::to_string(row.repeat), std::to_string(row.fold),
                  std::to_string(row.seed), numberText(row.threshold), std::to_string(row.trainStudies),
                  std::to_string(row.testStudies), numberText(row.seconds)});
  table.write(file);
}

void writeFigures(const std::vector<FigureRow>& rows, const std::filesystem::path& file) {
  CsvTable table = dataset::emptyTable("figures.csv");
  for (const FigureRow& row : rows)
    table.append({row.imageSet, row.contestant, row.figure, numberText(row.value), numberText(row.lower),
                  numberText(row.upper)});
  table.write(file);
}

}  // namespace remnant::benchmark

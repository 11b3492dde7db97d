#include "remnant/benchmark/cells.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "remnant/base/atomic_file.h"
#include "remnant/base/csv.h"

namespace remnant::benchmark {
namespace {

using nlohmann::json;

const std::vector<std::string> kColumns{"part", "patient", "study", "label", "score"};

std::vector<std::size_t> contestantsByName(const Protocol& protocol) {
  std::vector<std::size_t> order(protocol.contestants.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return protocol.contestants[left].name < protocol.contestants[right].name;
  });
  return order;
}

template <class Value>
std::vector<Value> sorted(std::vector<Value> values) {
  std::sort(values.begin(), values.end());
  return values;
}

void appendPart(CsvTable& table, const std::string& part, const std::vector<std::size_t>& places,
                const std::vector<double>& scores, const std::vector<Case>& cases) {
  if (places.size() != scores.size()) throw ProgramError("a contestant left studies unscored");
  for (std::size_t row = 0; row < places.size(); ++row) {
    const Case& scored = cases[places[row]];
    table.append({part, scored.patient, scored.study, std::to_string(scored.label), numberText(scores[row])});
  }
}

/// The scores of one part, checked row by row against the studies it should be about.
std::vector<double> readPart(const CsvTable& table, std::size_t firstRow, const std::string& part,
                             const std::vector<std::size_t>& places, const std::vector<Case>& cases,
                             const std::string& file) {
  std::vector<double> scores;
  for (std::size_t row = firstRow; row < firstRow + places.size(); ++row) {
    const Case& expected = cases[places[row - firstRow]];
    const auto score = table.number(row, "score");
    if (table.text(row, "part") != part || table.text(row, "study") != expected.study ||
        table.integer(row, "label") != expected.label || !score)
      throw InputError("foreign-cell",
                       "line " + std::to_string(table.line(row)) +
                           " is not about the study of this place; remove the file to repeat the fit",
                       file);
    scores.push_back(*score);
  }
  return scores;
}

double secondsIn(const std::filesystem::path& file) {
  try {
    return json::parse(readWholeFile(file)).at("seconds");
  } catch (const json::exception&) {
    throw InputError("foreign-cell", "the seconds of this fit cannot be read; remove the file to repeat it",
                     file.string());
  }
}

}  // namespace

std::vector<Cell> cellsOf(const Protocol& protocol, const std::vector<Fold>& folds) {
  std::vector<Cell> cells;
  for (const std::string& imageSet : sorted(protocol.imageSets))
    for (const std::size_t contestant : contestantsByName(protocol))
      for (std::size_t fold = 0; fold < folds.size(); ++fold)
        for (const std::uint64_t seed : sorted(protocol.seeds))
          cells.push_back({imageSet, contestant, fold, seed});
  return cells;
}

std::string cellKey(const Cell& cell, const Protocol& protocol, const std::vector<Fold>& folds) {
  const Fold& fold = folds[cell.fold];
  return cell.imageSet + "_" + protocol.contestants[cell.contestant].name + "_repeat" +
         std::to_string(fold.repeat) + "_fold" + std::to_string(fold.fold) + "_seed" +
         std::to_string(cell.seed);
}

bool CellFolder::holds(const std::string& key) const {
  return std::filesystem::exists(tableFile(key)) && std::filesystem::exists(factsFile(key));
}

void CellFolder::write(const std::string& key, const FinishedCell& cell, const Fold& fold,
                       const std::vector<Case>& cases) const {
  CsvTable table(kColumns);
  appendPart(table, "train", fold.train, cell.scores.train, cases);
  appendPart(table, "test", fold.test, cell.scores.test, cases);
  writeWholeFile(factsFile(key), json{{"seconds", cell.seconds}}.dump() + "\n");
  table.write(tableFile(key));
}

FinishedCell CellFolder::read(const std::string& key, const Fold& fold,
                              const std::vector<Case>& cases) const {
  const std::string file = tableFile(key).string();
  const CsvTable table = CsvTable::read(file);
  if (table.rowCount() != fold.train.size() + fold.test.size())
    throw InputError("foreign-cell", "has another number of studies; remove the file to repeat the fit",
                     file);
  return {.scores = {readPart(table, 0, "train", fold.train, cases, file),
                     readPart(table, fold.train.size(), "test", fold.test, cases, file)},
          .seconds = secondsIn(factsFile(key))};
}

}  // namespace remnant::benchmark

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "remnant/benchmark/contestant.h"

/// A cell is one fit of the benchmark: the unit that is done or not done.
namespace remnant::benchmark {

struct Cell {
  std::string imageSet;
  std::size_t contestant = 0;  ///< place in the protocol's contestants
  std::size_t fold = 0;        ///< place in the folds of the division
  std::uint64_t seed = 0;
};

/// All cells, by image set, contestant's name, repeat, fold, seed.
std::vector<Cell> cellsOf(const Protocol& protocol, const std::vector<Fold>& folds);

/// "neck-region_resnet18_repeat0_fold3_seed1".
std::string cellKey(const Cell& cell, const Protocol& protocol, const std::vector<Fold>& folds);

struct FinishedCell {
  FoldScores scores;
  double seconds = 0;
};

/// The folder cells/ of a run: <key>.csv holds the scores of a finished cell (part, patient, study, label,
/// score) and marks it as done; <key>.json, written before, the seconds it took.
class CellFolder {
 public:
  explicit CellFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  bool holds(const std::string& key) const;
  void write(const std::string& key, const FinishedCell& cell, const Fold& fold,
             const std::vector<Case>& cases) const;
  /// Throws InputError "foreign-cell" where the file is not about this fold's studies and labels.
  FinishedCell read(const std::string& key, const Fold& fold, const std::vector<Case>& cases) const;

 private:
  std::filesystem::path tableFile(const std::string& key) const { return folder_ / (key + ".csv"); }
  std::filesystem::path factsFile(const std::string& key) const { return folder_ / (key + ".json"); }

  std::filesystem::path folder_;
};

}  // namespace remnant::benchmark

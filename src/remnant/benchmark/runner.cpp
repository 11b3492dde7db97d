#include "remnant/benchmark/runner.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include "remnant/base/atomic_file.h"
#include "remnant/base/interrupt.h"
#include "remnant/base/parallel.h"
#include "remnant/base/progress.h"
#include "remnant/benchmark/cells.h"
#include "remnant/benchmark/run_record.h"
#include "remnant/benchmark/run_tables.h"
#include "remnant/measure/classification.h"

namespace remnant::benchmark {
namespace {

namespace fs = std::filesystem;

dataset::ImageSet imageSetNamed(const std::string& name) {
  return name == dataset::imageSetText(dataset::ImageSet::kFullBody) ? dataset::ImageSet::kFullBody
                                                                     : dataset::ImageSet::kNeckRegion;
}

/// Contestants that have read their images, by image set and place in the protocol.
using Prepared = std::map<std::pair<std::string, std::size_t>, std::unique_ptr<const Contestant>>;

class Benchmark {
 public:
  Benchmark(const dataset::Dataset& dataset, const Protocol& protocol, const RunnerConfig& config)
      : dataset_(dataset),
        protocol_(protocol),
        config_(config),
        cases_(casesOf(dataset, protocol)),
        folds_(divide(dataset, cases_, protocol)),
        cells_(cellsOf(protocol, folds_)),
        cellFolder_(config.folder / "cells") {}

  Run run() {
    requireBothClasses();
    openFolder();
    const auto missing = missingCells();
    if (!missing.empty()) {
      loadFitterIfNeeded();
      recordEnvironment();
      runCells(missing, prepareFor(missing));
    }
    writeTables();
    return readRun(config_.folder);
  }

 private:
  void openFolder() {
    if (fs::exists(config_.folder / "run.json"))
      checkSameRun(readRunRecord(config_.folder), describeRun(protocol_, dataset_, environmentRecord("")));
    else
      refuseForeignFolder();
    createFolder(config_.folder / "cells");
    removeAbandonedTemporaries(config_.folder / "cells");
    removeAbandonedTemporaries(config_.folder);
    const fs::path protocol = config_.folder / "protocol.toml";
    if (!protocol_.source.empty() && !fs::exists(protocol)) writeWholeFile(protocol, protocol_.source);
  }

  /// What a run leaves before it has its run.json is no reason to refuse.
  void refuseForeignFolder() const {
    if (!fs::exists(config_.folder)) return;
    for (const auto& entry : fs::directory_iterator(config_.folder)) {
      const fs::path name = entry.path().filename();
      if (name == "cells" || name == "protocol.toml" || name.extension() == ".remnant-part") continue;
      throw InputError("foreign-folder", "the folder holds other files; choose an empty or a new one",
                       config_.folder.string());
    }
  }

  /// A model of one class has no ranking to learn.
  void requireBothClasses() const {
    for (const Fold& fold : folds_) {
      const auto isPositive = [&](std::size_t place) { return cases_[place].label == 1; };
      const auto positives = std::count_if(fold.train.begin(), fold.train.end(), isPositive);
      if (positives > 0 && positives < std::ssize(fold.train)) continue;
      throw InputError("one-class-only",
                       "repeat " + std::to_string(fold.repeat) + ", fold " + std::to_string(fold.fold) +
                           ": the training studies all carry the same label, on each image set",
                       (dataset_.folder() / "splits.csv").string());
    }
  }

  std::vector<Cell> missingCells() const {
    std::vector<Cell> missing;
    for (const Cell& cell : cells_)
      if (!cellFolder_.holds(keyOf(cell))) missing.push_back(cell);
    return missing;
  }

  void loadFitterIfNeeded() {
    for (const ContestantEntry& entry : protocol_.contestants)
      if (!fitter_ && std::holds_alternative<NetworkSettings>(entry.settings)) fitter_ = train::loadFitter();
  }

  void recordEnvironment() const {
    const EnvironmentRecord environment = environmentRecord(fitter_ ? fitter_->version() : "");
    if (fs::exists(config_.folder / "run.json"))
      checkSameEnvironment(readRunRecord(config_.folder), environment);
    writeRunRecord(describeRun(protocol_, dataset_, environment), config_.folder);
  }

  std::unique_ptr<const Contestant> prepared(const Cell& cell) const {
    const Arena arena{dataset_, imageSetNamed(cell.imageSet), cases_, config_.threads};
    const ContestantSettings& settings = protocol_.contestants[cell.contestant].settings;
    if (const auto* network = std::get_if<NetworkSettings>(&settings))
      return prepare(*network, arena, fitter_);
    return prepare(std::get<RatioSettings>(settings), arena);
  }

  Prepared prepareFor(const std::vector<Cell>& missing) const {
    Prepared contestants;
    for (const Cell& cell : missing) {
      auto& contestant = contestants[{cell.imageSet, cell.contestant}];
      if (!contestant) contestant = prepared(cell);
    }
    return contestants;
  }

  void runCells(const std::vector<Cell>& missing, const Prepared& contestants) const {
    std::size_t steps = 0;
    for (const Cell& cell : missing) steps += contestants.at({cell.imageSet, cell.contestant})->stepsPerFit();
    Progress progress("bench", "training steps", steps);
    parallelFor(missing.size(), config_.threads, [&](std::size_t place) {
      const Cell& cell = missing[place];
      runCell(cell, *contestants.at({cell.imageSet, cell.contestant}), progress);
    });
  }

  void runCell(const Cell& cell, const Contestant& contestant, Progress& progress) const {
    const std::string key = keyOf(cell);
    const Fold& fold = folds_[cell.fold];
    const auto started = std::chrono::steady_clock::now();
    FinishedCell finished;
    finished.scores = contestant.score(fold, cell.seed, [&] { progress.advance(1, key); });
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - started;
    finished.seconds = std::round(elapsed.count() * 1000) / 1000;
    cellFolder_.write(key, finished, fold, cases_);
  }

  void writeTables() const {
    std::vector<ScoreRow> scores;
    std::vector<CellRow> cells;
    for (const Cell& cell : cells_) {
      const FinishedCell finished = cellFolder_.read(keyOf(cell), folds_[cell.fold], cases_);
      cells.push_back(cellRow(cell, finished));
      appendScoreRows(cell, finished, scores);
    }
    writeScores(scores, config_.folder / "scores.csv");
    writeCells(cells, config_.folder / "cells.csv");
    writeFigures(figuresOf(scores, cells, protocol_), config_.folder / "figures.csv");
  }

  CellRow cellRow(const Cell& cell, const FinishedCell& finished) const {
    const Fold& fold = folds_[cell.fold];
    std::vector<int> labels;
    labels.reserve(fold.train.size());
    for (const std::size_t place : fold.train) labels.push_back(cases_[place].label);
    const auto threshold = measure::youdenThreshold(labels, finished.scores.train);
    if (!threshold) throw ProgramError("a contestant was trained on one class");
    return {.imageSet = cell.imageSet,
            .contestant = protocol_.contestants[cell.contestant].name,
            .repeat = fold.repeat,
            .fold = fold.fold,
            .seed = cell.seed,
            .threshold = *threshold,
            .trainStudies = fold.train.size(),
            .testStudies = fold.test.size(),
            .seconds = finished.seconds};
  }

  void appendScoreRows(const Cell& cell, const FinishedCell& finished, std::vector<ScoreRow>& rows) const {
    const Fold& fold = folds_[cell.fold];
    for (std::size_t row = 0; row < fold.test.size(); ++row) {
      const Case& scored = cases_[fold.test[row]];
      rows.push_back({.imageSet = cell.imageSet,
                      .contestant = protocol_.contestants[cell.contestant].name,
                      .repeat = fold.repeat,
                      .fold = fold.fold,
                      .seed = cell.seed,
                      .patient = scored.patient,
                      .study = scored.study,
                      .label = scored.label,
                      .score = finished.scores.test[row]});
    }
  }

  std::string keyOf(const Cell& cell) const { return cellKey(cell, protocol_, folds_); }

  const dataset::Dataset& dataset_;
  const Protocol& protocol_;
  const RunnerConfig& config_;
  std::vector<Case> cases_;
  std::vector<Fold> folds_;
  std::vector<Cell> cells_;
  CellFolder cellFolder_;
  std::shared_ptr<const train::Fitter> fitter_;
};

}  // namespace

Run runBenchmark(const dataset::Dataset& dataset, const Protocol& protocol, const RunnerConfig& config) {
  return Benchmark(dataset, protocol, config).run();
}

}  // namespace remnant::benchmark

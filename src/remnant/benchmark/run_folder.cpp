#include "remnant/benchmark/run_folder.h"

#include <nlohmann/json.hpp>

#include "remnant/base/atomic_file.h"
#include "remnant/base/csv.h"

namespace remnant::benchmark {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

json readRunJson(const fs::path& file) {
  if (!fs::exists(file)) throw InputError("not-a-run", "this folder holds no run.json", file.string());
  try {
    json run = json::parse(readWholeFile(file));
    if (run.at("format") == 1) return run;
    throw InputError("not-a-run", "this run has a format other than 1", file.string(), "format");
  } catch (const json::exception& fault) {
    throw InputError("not-a-run", std::string("run.json cannot be read: ") + fault.what(), file.string());
  }
}

ProtocolRecord protocolOf(const json& protocol) {
  return {.name = protocol.at("name"),
          .kind = protocol.at("kind"),
          .folds = protocol.at("folds"),
          .repeats = protocol.at("repeats"),
          .seeds = protocol.at("seeds"),
          .imageSets = protocol.at("imageSets"),
          .bootstrapResamples = protocol.at("bootstrapResamples"),
          .bootstrapSeed = protocol.value("bootstrapSeed", std::uint64_t{1}),
          .permuteLabels = protocol.at("permuteLabels")};
}

DatasetRecord datasetOf(const json& dataset) {
  return {.folder = dataset.at("folder"),
          .name = dataset.at("name"),
          .version = dataset.at("version"),
          .contentHash = dataset.at("contentHash"),
          .simulated = dataset.at("simulated"),
          .studies = dataset.at("studies"),
          .patients = dataset.at("patients"),
          .positives = dataset.at("positives")};
}

EnvironmentRecord environmentOf(const json& environment) {
  return {.remnant = environment.at("remnant"),
          .compiler = environment.at("compiler"),
          .libtorch = environment.at("libtorch"),
          .instructionSet = environment.at("instructionSet"),
          .threadsPerFit = environment.at("threadsPerFit")};
}

std::vector<ContestantRecord> contestantsOf(const json& contestants) {
  std::vector<ContestantRecord> records;
  for (const json& contestant : contestants)
    records.push_back({.name = contestant.at("name"),
                       .kind = contestant.at("kind"),
                       .description = contestant.at("description"),
                       .settings = contestant.at("settings")});
  return records;
}

/// A table of a finished run, with typed cells that must not be empty.
class Table {
 public:
  explicit Table(const fs::path& file) : file_(file), table_(CsvTable::read(existing(file))) {}

  std::size_t rowCount() const { return table_.rowCount(); }
  const std::string& text(std::size_t row, const char* column) const { return table_.text(row, column); }
  std::optional<double> number(std::size_t row, const char* column) const {
    return table_.number(row, column);
  }
  double known(std::size_t row, const char* column) const {
    return required(table_.number(row, column), row, column);
  }
  template <class Integer>
  Integer integer(std::size_t row, const char* column) const {
    return static_cast<Integer>(required(table_.integer(row, column), row, column));
  }

 private:
  static const fs::path& existing(const fs::path& file) {
    if (!fs::exists(file))
      throw InputError("unfinished-run", "this run is not finished; run bench run again to go on",
                       file.string());
    return file;
  }
  template <class Value>
  Value required(std::optional<Value> value, std::size_t row, const char* column) const {
    if (value) return *value;
    throw InputError("bad-csv", "line " + std::to_string(table_.line(row)) + " has an empty cell",
                     file_.string(), column);
  }

  fs::path file_;
  CsvTable table_;
};

std::vector<ScoreRow> readScores(const fs::path& file) {
  const Table table(file);
  std::vector<ScoreRow> rows;
  for (std::size_t row = 0; row < table.rowCount(); ++row)
    rows.push_back({.imageSet = table.text(row, "imageSet"),
                    .contestant = table.text(row, "contestant"),
                    .repeat = table.integer<int>(row, "repeat"),
                    .fold = table.integer<int>(row, "fold"),
                    .seed = table.integer<std::uint64_t>(row, "seed"),
                    .patient = table.text(row, "patient"),
                    .study = table.text(row, "study"),
                    .label = table.integer<int>(row, "label"),
                    .score = table.known(row, "score")});
  return rows;
}

std::vector<CellRow> readCells(const fs::path& file) {
  const Table table(file);
  std::vector<CellRow> rows;
  for (std::size_t row = 0; row < table.rowCount(); ++row)
    rows.push_back({.imageSet = table.text(row, "imageSet"),
                    .contestant = table.text(row, "contestant"),
                    .repeat = table.integer<int>(row, "repeat"),
                    .fold = table.integer<int>(row, "fold"),
                    .seed = table.integer<std::uint64_t>(row, "seed"),
                    .threshold = table.known(row, "threshold"),
                    .trainStudies = table.integer<std::size_t>(row, "trainStudies"),
                    .testStudies = table.integer<std::size_t>(row, "testStudies"),
                    .seconds = table.known(row, "seconds")});
  return rows;
}

std::vector<FigureRow> readFigures(const fs::path& file) {
  const Table table(file);
  std::vector<FigureRow> rows;
  for (std::size_t row = 0; row < table.rowCount(); ++row)
    rows.push_back({.imageSet = table.text(row, "imageSet"),
                    .contestant = table.text(row, "contestant"),
                    .figure = table.text(row, "figure"),
                    .value = table.number(row, "value"),
                    .lower = table.number(row, "lower"),
                    .upper = table.number(row, "upper")});
  return rows;
}

Run describedBy(const json& run) {
  return {.folder = {},
          .protocol = protocolOf(run.at("protocol")),
          .protocolHash = run.at("protocolHash"),
          .dataset = datasetOf(run.at("dataset")),
          .environment = environmentOf(run.at("environment")),
          .contestants = contestantsOf(run.at("contestants")),
          .scores = {},
          .cells = {},
          .figures = {}};
}

}  // namespace

Run readRunRecord(const fs::path& folder) {
  const json description = readRunJson(folder / "run.json");
  try {
    Run run = describedBy(description);
    run.folder = folder;
    run.dataset.folder = (fs::weakly_canonical(folder) / run.dataset.folder).lexically_normal().string();
    return run;
  } catch (const json::exception& fault) {
    throw InputError("not-a-run", std::string("run.json cannot be read: ") + fault.what(),
                     (folder / "run.json").string());
  }
}

Run readRun(const fs::path& folder) {
  Run run = readRunRecord(folder);
  run.scores = readScores(folder / "scores.csv");
  run.cells = readCells(folder / "cells.csv");
  run.figures = readFigures(folder / "figures.csv");
  return run;
}

}  // namespace remnant::benchmark

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// The folder that `remnant bench run` leaves behind, as typed values: run.json (what was run on what),
/// scores.csv (a row a study and fit), cells.csv (a row a fit), figures.csv (a row a figure of merit).
namespace remnant::benchmark {

/// One test study's score by one fit. A study is scored by the fits that did not train on its patient.
struct ScoreRow {
  std::string imageSet;    ///< "full-body" or "neck-region"
  std::string contestant;  ///< the contestant's name in the protocol
  int repeat = 0;
  int fold = 0;
  std::uint64_t seed = 0;
  std::string patient;
  std::string study;
  int label = 0;     ///< the label the contestant was judged by (permuted where the protocol says so)
  double score = 0;  ///< probability of label 1; ranks studies within one fit only
  bool operator==(const ScoreRow&) const = default;
};

/// One fit: a contestant on one image set, repeat, fold and seed.
struct CellRow {
  std::string imageSet;
  std::string contestant;
  int repeat = 0;
  int fold = 0;
  std::uint64_t seed = 0;
  double threshold = 0;  ///< score >= threshold reads as label 1; chosen on the training studies (Youden)
  std::size_t trainStudies = 0;
  std::size_t testStudies = 0;
  double seconds = 0;  ///< wall clock of the fit; the one column that differs between equal runs
};

/// One figure of merit: its mean over the fits and its 95 % patient-bootstrap interval. Empty where it is not
/// defined (test sets of one class only).
struct FigureRow {
  std::string imageSet;
  std::string contestant;
  std::string figure;  ///< "auc", "sensitivity", "specificity", "f1", "accuracy"
  std::optional<double> value;
  std::optional<double> lower;
  std::optional<double> upper;
};

struct ProtocolRecord {
  std::string name;
  std::string kind;  ///< "kfold"
  int folds = 0;
  int repeats = 0;
  std::vector<std::uint64_t> seeds;
  std::vector<std::string> imageSets;
  std::size_t bootstrapResamples = 0;
  std::uint64_t bootstrapSeed = 1;
  bool permuteLabels = false;
};

struct DatasetRecord {
  std::string folder;  ///< where the dataset was when it was run; in run.json as seen from the run's folder
  std::string name;
  std::string version;
  std::string contentHash;
  bool simulated = false;
  std::size_t studies = 0;
  std::size_t patients = 0;
  std::size_t positives = 0;  ///< studies of label 1 as the dataset has them
};

struct EnvironmentRecord {
  std::string remnant;
  std::string compiler;
  std::string libtorch;  ///< "libtorch 1.13.0"; empty where no network ran
  std::string instructionSet;
  int threadsPerFit = 1;
};

struct ContestantRecord {
  std::string name;
  std::string kind;         ///< "neck-shoulder-ratio" or "resnet18"
  std::string description;  ///< a sentence for readers
  std::map<std::string, std::string> settings;
};

struct Run {
  std::filesystem::path folder;
  ProtocolRecord protocol;
  std::string protocolHash;
  DatasetRecord dataset;
  EnvironmentRecord environment;
  std::vector<ContestantRecord> contestants;
  std::vector<ScoreRow> scores;  ///< sorted by image set, contestant, repeat, fold, seed, patient, study
  std::vector<CellRow> cells;    ///< sorted likewise
  std::vector<FigureRow> figures;
};

/// Reads a finished run. Throws InputError "unfinished-run" where a table is not there yet, "not-a-run" where
/// run.json is missing or of another format, and those of CsvTable.
Run readRun(const std::filesystem::path& folder);

/// Reads run.json alone, finished or not; the tables stay empty.
Run readRunRecord(const std::filesystem::path& folder);

}  // namespace remnant::benchmark

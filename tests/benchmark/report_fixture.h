#pragma once

#include <string>
#include <vector>

#include "remnant/benchmark/report_pictures.h"
#include "remnant/benchmark/run_folder.h"

/// A small finished run whose every figure can be derived by hand.
namespace remnant::testing {

/// One fit on one image set by one contestant, four studies of four patients at a threshold of 0.5: "hit" (1,
/// 0.9), "miss" (1, 0.2), "alarm" (0, 0.7), "clear" (0, 0.1).
inline void addFit(benchmark::Run& run, const std::string& imageSet, const std::string& contestant) {
  struct Case {
    const char* name;
    int label;
    double score;
  };
  run.cells.push_back({.imageSet = imageSet,
                       .contestant = contestant,
                       .repeat = 0,
                       .fold = 0,
                       .seed = 1,
                       .threshold = 0.5,
                       .trainStudies = 4,
                       .testStudies = 4,
                       .seconds = 1.5});
  for (const Case& one : {Case{"hit", 1, 0.9}, {"miss", 1, 0.2}, {"alarm", 0, 0.7}, {"clear", 0, 0.1}})
    run.scores.push_back({.imageSet = imageSet,
                          .contestant = contestant,
                          .repeat = 0,
                          .fold = 0,
                          .seed = 1,
                          .patient = std::string("patient-") + one.name,
                          .study = std::string("study-") + one.name,
                          .label = one.label,
                          .score = one.score});
}

inline void addFigure(benchmark::Run& run, const std::string& imageSet, const std::string& contestant,
                      const std::string& figure, std::optional<double> value, std::optional<double> lower,
                      std::optional<double> upper) {
  run.figures.push_back({.imageSet = imageSet,
                         .contestant = contestant,
                         .figure = figure,
                         .value = value,
                         .lower = lower,
                         .upper = upper});
}

/// The ratio and a network on both image sets; the areas are (value, lower, upper) in thousandths
///   neck region: network 912 (871, 953), ratio 701 (642, 763): apart
///   full body:   network 655 (581, 733), ratio 702 (643, 764): overlapping
inline benchmark::Run smallRun() {
  benchmark::Run run{.folder = "runs/small",
                     .protocol = {.name = "small",
                                  .kind = "kfold",
                                  .folds = 1,
                                  .repeats = 1,
                                  .seeds = {1},
                                  .imageSets = {"full-body", "neck-region"},
                                  .bootstrapResamples = 200,
                                  .permuteLabels = false},
                     .protocolHash = "abc123",
                     .dataset = {.folder = "data/small",
                                 .name = "small",
                                 .version = "1.0.0",
                                 .contentHash = "def456",
                                 .simulated = true,
                                 .studies = 8,
                                 .patients = 4,
                                 .positives = 4},
                     .environment = {.remnant = "0.1.0",
                                     .compiler = "GNU 12.2.0",
                                     .libtorch = "libtorch 1.13.1",
                                     .instructionSet = "avx2",
                                     .threadsPerFit = 1},
                     .contestants = {{"ratio", "neck-shoulder-ratio", "A measured ratio.", {{"ridge", "1"}}},
                                     {"network", "resnet18", "A network.", {{"epochs", "2"}}}},
                     .scores = {},
                     .cells = {},
                     .figures = {}};
  for (const char* imageSet : {"full-body", "neck-region"})
    for (const char* contestant : {"ratio", "network"}) addFit(run, imageSet, contestant);
  addFigure(run, "full-body", "ratio", "auc", 0.702, 0.643, 0.764);
  addFigure(run, "full-body", "network", "auc", 0.655, 0.581, 0.733);
  addFigure(run, "neck-region", "ratio", "auc", 0.701, 0.642, 0.763);
  addFigure(run, "neck-region", "network", "auc", 0.912, 0.871, 0.953);
  double value = 0.511;
  for (const char* imageSet : {"full-body", "neck-region"})
    for (const char* contestant : {"ratio", "network"})
      for (const char* figure : {"sensitivity", "specificity", "f1", "accuracy"}) {
        addFigure(run, imageSet, contestant, figure, value, value - 0.012, value + 0.023);
        value += 0.017;
      }
  return run;
}

/// Every study has one pixel of 2 mm that is hot, and one focus on it.
inline benchmark::StudyPictures smallPictures() {
  image::Counts counts(6, 4);
  counts.at(2, 1) = 50;
  const benchmark::RegionMark focus{.view = "anterior",
                                    .region = "focus",
                                    .box = {.x = 1, .y = 2, .width = 1, .height = 1},
                                    .source = "simulation",
                                    .depthMm = 21.4,
                                    .uptakePercent = 0.523};
  return {.views = {.anterior = counts,
                    .posterior = counts,
                    .rowSpacingMm = 2,
                    .columnSpacingMm = 2,
                    .headFirst = true},
          .marks = {focus}};
}

}  // namespace remnant::testing

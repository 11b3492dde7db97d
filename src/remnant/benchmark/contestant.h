#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "remnant/benchmark/division.h"
#include "remnant/benchmark/protocol.h"
#include "remnant/dataset/dataset.h"
#include "remnant/train/fitter.h"

/// What competes: something that learns from the training studies of a fold and scores its test studies.
namespace remnant::benchmark {

/// Probabilities of label 1, in the order of the fold's train and test.
struct FoldScores {
  std::vector<double> train;
  std::vector<double> test;
};

/// A contestant that has read one image set. Safe to use from several threads at once.
class Contestant {
 public:
  virtual ~Contestant() = default;
  /// How often a fit calls stepDone.
  virtual std::size_t stepsPerFit() const = 0;
  /// Learns from the training studies alone. stepDone is called after each step; where the user asked to
  /// stop, this throws Interrupted.
  virtual FoldScores score(const Fold& fold, std::uint64_t seed,
                           const std::function<void()>& stepDone) const = 0;
};

/// Where a contestant finds its studies.
struct Arena {
  const dataset::Dataset& dataset;
  dataset::ImageSet imageSet;
  const std::vector<Case>& cases;
  unsigned threads = 1;
};

/// Reads what the contestant needs of every study. The fitter is only asked by networks. Throws InputError
/// where an image or region is missing.
std::unique_ptr<const Contestant> prepare(const RatioSettings& settings, const Arena& arena);
std::unique_ptr<const Contestant> prepare(const NetworkSettings& settings, const Arena& arena,
                                          std::shared_ptr<const train::Fitter> fitter);

/// A sentence on the method for readers of a report.
std::string contestantDescription(const ContestantSettings& settings);

}  // namespace remnant::benchmark

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

/// Training of networks, without naming libtorch: the implementation is a library of its own that is loaded
/// only when a network is asked for, so that other commands start fast.
namespace remnant::train {

/// Images of one shape and their labels. pixels: example, channel, row, column; labels: 0 or 1.
struct ExampleSet {
  std::size_t channels = 0;
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<float> pixels;
  std::vector<int> labels;
};

struct FitConfig {
  std::string architecture = "resnet18";
  int epochs = 8;
  int batchSize = 16;
  double learningRate = 1e-3;  ///< AdamW, cosine decay to zero with one epoch of warm-up
  double weightDecay = 1e-2;
  std::uint64_t seed = 1;  ///< weights, order of examples, augmentation
  int maximumShiftPixels =
      4;               ///< each training image is shifted by up to this many pixels either way; 0: not
  bool mirror = true;  ///< each training image is mirrored left to right half of the time
};

/// What a fit tells while it runs; return false to stop it (it then throws Interrupted).
using FitProgress = std::function<bool(int epoch, double meanLoss)>;

struct FitResult {
  std::vector<double> testScores;   ///< probability of label 1 for each example of the test set
  std::vector<double> trainScores;  ///< the same for the training set, to choose a threshold on
  std::vector<double> epochLoss;
};

/// Cross-entropy with each class weighted by the inverse of its frequency. One thread a fit: the same config
/// and examples give the same bits on one instruction set, however many fits run side by side.
class Fitter {
 public:
  virtual ~Fitter() = default;
  /// Trains from random weights and scores both sets. The test set may be empty.
  /// Throws InputError "one-class-only" (training labels all alike), "image-too-small" (below 32 x 32),
  /// "unknown-architecture", "loss-not-finite" (with its epoch); Interrupted where progress said to stop.
  virtual FitResult fit(const ExampleSet& training, const ExampleSet& test, const FitConfig& config,
                        const FitProgress& progress) const = 0;
  /// "libtorch 1.13.1", for the record of a run.
  virtual std::string version() const = 0;
};

/// Loads the library with the networks. Throws InputError "networks-unavailable" where it is not there.
std::shared_ptr<const Fitter> loadFitter();

}  // namespace remnant::train

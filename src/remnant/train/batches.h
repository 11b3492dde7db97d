#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "remnant/train/fitter.h"

/// Which examples a training step sees, and how they are varied. All draws are pure functions of the fit's
/// seed, the epoch and the example.
namespace remnant::train {

/// The examples of one epoch in random order, in ceil(count / batchSize) batches of sizes that differ by one
/// at most: a last batch of a single example would leave batch normalisation without a variance.
std::vector<std::vector<std::size_t>> batchesOfEpoch(std::size_t count, std::size_t batchSize,
                                                     std::uint64_t seed, int epoch);

struct Shift {
  int rows = 0;
  int columns = 0;
  bool mirrored = false;
};

/// A shift of up to maximumShiftPixels either way and, half of the time, a left-right mirror image.
Shift drawShift(const FitConfig& config, int epoch, std::size_t example);

/// Writes one example's channels, shifted (zeros come in at the border) and mirrored, into `target` of the
/// same size: channel, row, column.
void writeShifted(const ExampleSet& examples, std::size_t example, const Shift& shift,
                  std::span<float> target);

}  // namespace remnant::train

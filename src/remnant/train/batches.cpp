#include "remnant/train/batches.h"

#include <numeric>

#include "remnant/base/random.h"

namespace remnant::train {
namespace {

constexpr std::uint32_t kOrderPlace = 0x4F524452;
constexpr std::uint32_t kShiftPlace = 0x53484946;

/// Fisher-Yates.
std::vector<std::size_t> shuffledIndices(std::size_t count, RandomStream random) {
  std::vector<std::size_t> indices(count);
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  for (std::size_t left = count; left > 1; --left)
    std::swap(indices[left - 1], indices[random.below(static_cast<std::uint32_t>(left))]);
  return indices;
}

int drawOffset(int most, RandomStream& random) {
  return static_cast<int>(random.below(static_cast<std::uint32_t>(2 * most + 1))) - most;
}

}  // namespace

std::vector<std::vector<std::size_t>> batchesOfEpoch(std::size_t count, std::size_t batchSize,
                                                     std::uint64_t seed, int epoch) {
  const auto order =
      shuffledIndices(count, RandomStream(seed, kOrderPlace, static_cast<std::uint32_t>(epoch)));
  const std::size_t batchCount = (count + batchSize - 1) / batchSize;
  std::vector<std::vector<std::size_t>> batches(batchCount);
  for (std::size_t batch = 0; batch < batchCount; ++batch)
    for (std::size_t place = batch * count / batchCount; place < (batch + 1) * count / batchCount; ++place)
      batches[batch].push_back(order[place]);
  return batches;
}

Shift drawShift(const FitConfig& config, int epoch, std::size_t example) {
  RandomStream random(config.seed, kShiftPlace, static_cast<std::uint32_t>(epoch),
                      static_cast<std::uint32_t>(example));
  Shift shift;
  shift.rows = drawOffset(config.maximumShiftPixels, random);
  shift.columns = drawOffset(config.maximumShiftPixels, random);
  shift.mirrored = config.mirror && random.below(2) == 1;
  return shift;
}

void writeShifted(const ExampleSet& examples, std::size_t example, const Shift& shift,
                  std::span<float> target) {
  const auto rows = static_cast<std::ptrdiff_t>(examples.rows);
  const auto columns = static_cast<std::ptrdiff_t>(examples.columns);
  const std::size_t plane = examples.rows * examples.columns;
  for (std::size_t channel = 0; channel < examples.channels; ++channel) {
    const float* source = examples.pixels.data() + (example * examples.channels + channel) * plane;
    float* out = target.data() + channel * plane;
    for (std::ptrdiff_t row = 0; row < rows; ++row)
      for (std::ptrdiff_t column = 0; column < columns; ++column) {
        const std::ptrdiff_t fromRow = row - shift.rows;
        const std::ptrdiff_t shifted = column - shift.columns;
        const std::ptrdiff_t fromColumn = shift.mirrored ? columns - 1 - shifted : shifted;
        const bool inside = fromRow >= 0 && fromRow < rows && fromColumn >= 0 && fromColumn < columns;
        *out++ = inside ? source[fromRow * columns + fromColumn] : 0.0F;
      }
  }
}

}  // namespace remnant::train

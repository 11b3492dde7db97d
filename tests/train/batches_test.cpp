#include "remnant/train/batches.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace remnant::train {
namespace {

TEST(Batches, HoldEveryExampleOnceInSizesThatDifferByOne) {
  for (const std::size_t count : {1U, 15U, 16U, 17U, 33U, 100U}) {
    std::multiset<std::size_t> seen;
    std::size_t smallest = count, largest = 0;
    for (const auto& batch : batchesOfEpoch(count, 16, 5, 0)) {
      seen.insert(batch.begin(), batch.end());
      smallest = std::min(smallest, batch.size());
      largest = std::max(largest, batch.size());
    }
    EXPECT_EQ(seen.size(), count);
    EXPECT_EQ(std::set<std::size_t>(seen.begin(), seen.end()).size(), count);
    EXPECT_EQ(*seen.rbegin(), count - 1);
    EXPECT_LE(largest, 16U);
    EXPECT_LE(largest - smallest, 1U);
  }
}

TEST(Batches, AreShuffledAnewEachEpoch) {
  EXPECT_EQ(batchesOfEpoch(50, 8, 5, 1), batchesOfEpoch(50, 8, 5, 1));
  EXPECT_NE(batchesOfEpoch(50, 8, 5, 1), batchesOfEpoch(50, 8, 5, 2));
  EXPECT_NE(batchesOfEpoch(50, 8, 5, 1), batchesOfEpoch(50, 8, 6, 1));
}

ExampleSet twoByThree() {
  return {.channels = 1, .rows = 2, .columns = 3, .pixels = {1, 2, 3, 4, 5, 6}, .labels = {1}};
}

std::vector<float> shifted(const Shift& shift) {
  std::vector<float> target(6, -1);
  writeShifted(twoByThree(), 0, shift, target);
  return target;
}

TEST(Shift, MovesTheImageAndBringsInZeros) {
  EXPECT_EQ(shifted({.rows = 0, .columns = 0}), (std::vector<float>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(shifted({.rows = 1, .columns = 0}), (std::vector<float>{0, 0, 0, 1, 2, 3}));
  EXPECT_EQ(shifted({.rows = 0, .columns = -1}), (std::vector<float>{2, 3, 0, 5, 6, 0}));
}

TEST(Shift, MirrorsLeftToRight) {
  EXPECT_EQ(shifted({.mirrored = true}), (std::vector<float>{3, 2, 1, 6, 5, 4}));
}

TEST(Shift, StaysWithinItsBoundsAndMirrorsHalfOfTheTime) {
  FitConfig config;
  config.maximumShiftPixels = 2;
  std::set<int> rows;
  int mirrored = 0;
  for (std::size_t example = 0; example < 400; ++example) {
    const Shift shift = drawShift(config, 0, example);
    rows.insert(shift.rows);
    mirrored += shift.mirrored ? 1 : 0;
  }
  EXPECT_EQ(rows, (std::set<int>{-2, -1, 0, 1, 2}));
  EXPECT_NEAR(mirrored, 200, 40);  // four standard deviations
}

}  // namespace
}  // namespace remnant::train

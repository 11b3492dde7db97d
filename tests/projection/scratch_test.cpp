#include "remnant/projection/scratch.h"

#include <gtest/gtest.h>

namespace remnant::projection {
namespace {

TEST(Scratch, MemoryIsUsedAgainAndMovesWithItsOwner) {
  const float* place = nullptr;
  {
    Scratch first(5000);
    place = first.data();
    first[4999] = 3;
    Scratch second = std::move(first);
    EXPECT_EQ(second.data(), place);
    EXPECT_EQ(second.size(), 5000U);
    EXPECT_EQ(first.size(), 0U);  // NOLINT(bugprone-use-after-move): what a move leaves is promised
  }
  const Scratch again(4990);
  EXPECT_EQ(again.data(), place);
  EXPECT_EQ(again.size(), 4990U);
}

TEST(Scratch, TwoAtOnceDoNotShare) {
  const Scratch first(100), second(100);
  EXPECT_NE(first.data(), second.data());
}

}  // namespace
}  // namespace remnant::projection

#include "remnant/image/grid.h"

#include <gtest/gtest.h>

namespace remnant::image {
namespace {

TEST(Grid, CropsByColumnAndRow) {
  Counts counts(3, 4);
  for (std::size_t row = 0; row < 3; ++row)
    for (std::size_t column = 0; column < 4; ++column)
      counts.at(row, column) = static_cast<std::int32_t>(10 * row + column);
  const Counts crop = cropped(counts, Box{.x = 1, .y = 2, .width = 2, .height = 1});
  EXPECT_EQ(crop, Counts(1, 2, std::vector<std::int32_t>{21, 22}));
  EXPECT_EQ(sumOf(crop), 43);
}

TEST(Grid, RefusesABoxThatLeavesIt) {
  EXPECT_THROW(cropped(Counts(3, 4), Box{.x = 3, .y = 0, .width = 2, .height = 1}), ProgramError);
  EXPECT_THROW(Counts(2, 2, std::vector<std::int32_t>{1, 2, 3}), ProgramError);
}

TEST(SumOf, DoesNotOverflowThirtyTwoBits) {
  EXPECT_EQ(sumOf(Counts(1, 3, 2000000000)), 6000000000);
}

}  // namespace
}  // namespace remnant::image

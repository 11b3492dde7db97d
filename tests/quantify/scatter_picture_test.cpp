#include "remnant/quantify/scatter_picture.h"

#include <numeric>

#include <gtest/gtest.h>

#include "support/refusal_code.h"

namespace remnant::quantify {
namespace {

float sumOf(const image::Image& picture) {
  return std::accumulate(picture.pixels().begin(), picture.pixels().end(), 0.0F);
}

TEST(ScatterPicture, IsTheTrapeziumInEachPixel) {
  const image::Counts lower(4, 5, 12), upper(4, 5, 6);
  const SideWindow above{upper, 6};
  // 2 and 1 counts a keV beside a peak of 28 keV: 42.
  const image::Image both = scatterPicture({lower, 6}, &above, 28);
  for (const float value : both.pixels()) EXPECT_FLOAT_EQ(value, 42);
  EXPECT_FLOAT_EQ(scatterPicture({lower, 6}, nullptr, 28).at(2, 2), 28);
}

TEST(ScatterPicture, SmoothingSpreadsAndKeepsTheSum) {
  image::Counts lower(9, 9);
  lower.at(4, 4) = 16;
  lower.at(0, 0) = 32;
  const image::Image once = scatterPicture({lower, 1}, nullptr, 2, 1);
  EXPECT_FLOAT_EQ(once.at(4, 4), 4);
  EXPECT_FLOAT_EQ(once.at(3, 4), 2);
  EXPECT_FLOAT_EQ(once.at(3, 3), 1);
  EXPECT_FLOAT_EQ(once.at(0, 0), 32 * 9 / 16.0F) << "what would leave stays in the corner";
  EXPECT_FLOAT_EQ(sumOf(once), 48);
  EXPECT_FLOAT_EQ(sumOf(scatterPicture({lower, 1}, nullptr, 2, 5)), 48);
}

TEST(ScatterPicture, RefusesPicturesOfTwoSizes) {
  const image::Counts lower(4, 5), upper(4, 6);
  const SideWindow above{upper, 6};
  EXPECT_EQ(testing::refusalCodeOf([&] { scatterPicture({lower, 6}, &above, 28); }), "views-differ");
}

}  // namespace
}  // namespace remnant::quantify

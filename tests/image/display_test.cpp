#include "remnant/image/display.h"

#include <gtest/gtest.h>

namespace remnant::image {
namespace {

using Bytes = std::vector<std::uint8_t>;

TEST(InverseGrey, ShowsNothingWhiteAndTheBlackLevelBlack) {
  const Image image(1, 4, std::vector<float>{-1, 0, 8, 20});
  EXPECT_EQ(inverseGrey(image, 8, 1).pixels(), (Bytes{255, 255, 0, 0}));
}

TEST(InverseGrey, GetsDarkerWithEachCount) {
  // Linear: a quarter of the black level is a quarter of the way from 255 to 0.
  const Image image(1, 3, std::vector<float>{1, 2, 3});
  EXPECT_EQ(inverseGrey(image, 4, 1).pixels(), (Bytes{191, 128, 64}));
  // A power of one half shows a quarter of the black level half black.
  EXPECT_EQ(inverseGrey(image, 4, 0.5).pixels().front(), 128);
}

TEST(BlockMeans, AreMeansOfWhatLiesInsideTheImage) {
  const Counts counts(3, 3, std::vector<std::int32_t>{1, 2, 3, 4, 5, 6, 7, 8, 10});
  EXPECT_EQ(blockMeans(counts, 2), Image(2, 2, std::vector<float>{3, 4.5F, 7.5F, 10}));
  EXPECT_EQ(blockMeans(counts, 1).at(2, 1), 8);
}

TEST(BlackLevel, IsTheQuantileOfAllImagesTogether) {
  const std::vector<Image> images{Image(1, 2, std::vector<float>{4, 1}),
                                  Image(1, 3, std::vector<float>{5, 3, 2})};
  EXPECT_EQ(blackLevel(images, 0.5), 3);
  EXPECT_EQ(blackLevel(images, 1), 5);
}

TEST(BlackLevel, LeavesALoneFocusVisible) {
  std::vector<float> pixels(1000, 0.0F);
  pixels[7] = 12;
  EXPECT_EQ(blackLevel({Image(1, 1000, pixels)}, 0.9), 12);
  EXPECT_EQ(blackLevel({Image(1, 10)}, 0.9), 1);
  EXPECT_THROW(blackLevel({}, 0.9), ProgramError);
}

TEST(Displayed, SharesOneScaleAndOneBlockSize) {
  const std::vector<Counts> views{Counts(10, 4, 2), Counts(6, 4, 8)};
  const std::vector<Display> displays = displayed(views, {.longestSide = 5, .blackQuantile = 1, .power = 1});
  ASSERT_EQ(displays.size(), 2u);
  EXPECT_EQ(displays[0].blockSide, 2u);
  EXPECT_EQ(displays[0].grey, Grid<std::uint8_t>(5, 2, 191));  // 255 (1 - 2/8) = 191.25
  EXPECT_EQ(displays[1].grey, Grid<std::uint8_t>(3, 2, 0));
  EXPECT_EQ(displays[0].black, 8) << "one scale for all";
  EXPECT_EQ(displays[1].black, 8);
}

TEST(Displayed, LeavesSmallImagesAtTheirSize) {
  const std::vector<Display> displays = displayed({Counts(3, 5, 1)}, {});
  EXPECT_EQ(displays[0].grey.columns(), 5u);
  EXPECT_EQ(displays[0].blockSide, 1u);
}

}  // namespace
}  // namespace remnant::image

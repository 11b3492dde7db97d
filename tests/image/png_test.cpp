#include "remnant/image/png.h"

#include <gtest/gtest.h>

#include "remnant/base/atomic_file.h"
#include "support/temporary_folder.h"

namespace remnant::image {
namespace {

TEST(Png, KeepsEveryCountOfSixteenBits) {
  const testing::TemporaryFolder folder;
  Counts counts(2, 3, std::vector<std::int32_t>{0, 1, 255, 256, 65534, 65535});
  writePng(folder / "c.png", counts);
  EXPECT_EQ(readPng(folder / "c.png"), counts);
}

TEST(Png, ReadsEightBitsAsStored) {
  const testing::TemporaryFolder folder;
  writeWholeFile(folder / "g.png", encodePng(Grid<std::uint8_t>(1, 2, std::vector<std::uint8_t>{7, 255})));
  EXPECT_EQ(readPng(folder / "g.png"), Counts(1, 2, std::vector<std::int32_t>{7, 255}));
}

TEST(Png, GivesTheSameBytesForTheSamePixels) {
  EXPECT_EQ(encodePng(Counts(64, 64, 12)), encodePng(Counts(64, 64, 12)));
}

TEST(Png, RefusesCountsThatDoNotFit) {
  EXPECT_THROW(encodePng(Counts(1, 1, 65536)), InputError);
  EXPECT_THROW(encodePng(Counts(1, 1, -1)), InputError);
}

TEST(Png, RefusesFilesThatAreTruncatedOrNoPng) {
  const testing::TemporaryFolder folder;
  const std::string whole = encodePng(Counts(32, 32, 1000));
  for (std::size_t length = 0; length + 12 < whole.size(); length += 7) {
    writeWholeFile(folder / "t.png", whole.substr(0, length));
    EXPECT_THROW(readPng(folder / "t.png"), InputError) << length;
  }
}

}  // namespace
}  // namespace remnant::image

#include "remnant/dicom/pixel_layout.h"

#include <gtest/gtest.h>

#include "dicom/example_object.h"
#include "remnant/base/error.h"

namespace remnant::dicom {
namespace {

constexpr std::uint64_t kPlenty = 1 << 20;

Object imageObject() {
  Object object = testing::exampleObject();
  setPixels(object.dataset(), testing::exampleFrames(2, 4, 6));
  return object;
}

std::string refusalWith(Tag tag, std::int64_t value, std::uint64_t limit = kPlenty) {
  Object object = imageObject();
  object.dataset().setIntegers(tag, {value});
  try {
    readLayout(object.dataset(), limit);
  } catch (const InputError& error) {
    return error.code() + " " + error.tag();
  }
  return {};
}

TEST(PixelLayout, ReadsTheImagePixelModule) {
  const PixelLayout layout = readLayout(imageObject().dataset(), kPlenty);
  EXPECT_EQ(layout.rows, 4u);
  EXPECT_EQ(layout.columns, 6u);
  EXPECT_EQ(layout.frames, 2u);
  EXPECT_EQ(layout.totalBytes(), 2u * 4 * 6 * 2);
}

TEST(PixelLayout, RefusesContradictionsWithTheirTag) {
  EXPECT_EQ(refusalWith({0x0028, 0x0010}, 0), "bad-pixel-data (0028,0010)");
  EXPECT_EQ(refusalWith({0x0028, 0x0008}, 0), "bad-pixel-data (0028,0008)");
  EXPECT_EQ(refusalWith({0x0028, 0x0008}, -3), "bad-pixel-data (0028,0008)");
  EXPECT_EQ(refusalWith({0x0028, 0x0100}, 12), "unsupported-pixels (0028,0100)");
  EXPECT_EQ(refusalWith({0x0028, 0x0101}, 17), "bad-pixel-data (0028,0101)");
  EXPECT_EQ(refusalWith({0x0028, 0x0102}, 255), "bad-pixel-data (0028,0102)");
  EXPECT_EQ(refusalWith({0x0028, 0x0102}, 14), "bad-pixel-data (0028,0102)");
  EXPECT_EQ(refusalWith({0x0028, 0x0002}, 3), "unsupported-pixels (0028,0004)");
}

TEST(PixelLayout, HoldsToTheLimitWithoutOverflow) {
  EXPECT_EQ(refusalWith({0x0028, 0x0008}, 3, 3 * 4 * 6 * 2), "");
  EXPECT_EQ(refusalWith({0x0028, 0x0008}, 4, 3 * 4 * 6 * 2), "over-limit (0028,0008)");
  EXPECT_EQ(refusalWith({0x0028, 0x0008}, INT32_MAX), "over-limit (0028,0008)");
}

TEST(PixelLayout, ReadsTheStoredBitsWhereverTheyLie) {
  PixelLayout layout;
  layout.bitsStored = 12;
  layout.highBit = 13;
  EXPECT_EQ(layout.valueOf(0xFFFF, 0), 4095);
  EXPECT_EQ(layout.valueOf(0x0003, 0), 0);  // below the stored bits
  EXPECT_EQ(layout.largestValue(), 4095);
  layout.isSigned = true;
  EXPECT_EQ(layout.valueOf(0x3FFC, 0), -1);
  EXPECT_EQ(layout.valueOf(0x1FFC, 0), 2047);
  EXPECT_EQ(layout.largestValue(), 2047);
}

TEST(PixelLayout, ACodeStreamHoldsTheStoredBitsAtItsLowEnd) {
  PixelLayout layout;
  layout.bitsStored = 16;
  layout.highBit = 15;
  layout.isSigned = true;
  EXPECT_EQ(layout.valueOf(0xFFFF, 16), -1);
  EXPECT_EQ(layout.valueOf(0x0FFF, 12), -1);
}

}  // namespace
}  // namespace remnant::dicom

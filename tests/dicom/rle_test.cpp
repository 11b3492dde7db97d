#include "remnant/dicom/rle.h"

#include <gtest/gtest.h>

#include "remnant/base/error.h"

namespace remnant::dicom {
namespace {

/// A frame with the given segments behind its header (PS3.5, annex G.5).
Bytes frameOf(const std::vector<Bytes>& segments) {
  Bytes frame(64, 0);
  frame[0] = static_cast<std::uint8_t>(segments.size());
  for (std::size_t i = 0; i < segments.size(); ++i) {
    frame[4 + 4 * i] = static_cast<std::uint8_t>(frame.size());
    frame.insert(frame.end(), segments[i].begin(), segments[i].end());
  }
  return frame;
}

TEST(Rle, UnpacksLiteralsAndRuns) {
  // 2: three literal bytes; 254 (-2): three times the next byte; 128: nothing.
  EXPECT_EQ(decodeRle(frameOf({{2, 7, 8, 9, 128, 254, 5}}), 6, 1), (Bytes{7, 8, 9, 5, 5, 5}));
}

TEST(Rle, TheFirstSegmentIsTheMostSignificantByte) {
  EXPECT_EQ(decodeRle(frameOf({{1, 0x01, 0x02}, {1, 0xAA, 0xBB}}), 2, 2), (Bytes{0xAA, 0x01, 0xBB, 0x02}));
}

TEST(Rle, RefusesWhatDoesNotFit) {
  EXPECT_THROW(decodeRle({}, 1, 1), InputError);
  EXPECT_THROW(decodeRle(frameOf({{1, 1, 2}}), 2, 2), InputError);  // too few segments
  EXPECT_THROW(decodeRle(frameOf({{1, 1, 2}}), 3, 1), InputError);  // ends early
  EXPECT_THROW(decodeRle(frameOf({{254}}), 3, 1), InputError);      // run without its byte
  Bytes outside = frameOf({{1, 1, 2}});
  outside[5] = 0xFF;
  EXPECT_THROW(decodeRle(outside, 2, 1), InputError);
}

TEST(Rle, IgnoresPaddingAfterTheLastPixel) {
  EXPECT_EQ(decodeRle(frameOf({{1, 1, 2, 0}}), 2, 1), (Bytes{1, 2}));
}

}  // namespace
}  // namespace remnant::dicom

#include "remnant/dicom/code_stream.h"

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <gtest/gtest.h>

#include "remnant/base/error.h"

namespace remnant::dicom {
namespace {

/// Fragments behind an offset table, as encapsulated pixel data holds them.
std::unique_ptr<DcmPixelSequence> fragmentsOf(const std::vector<Bytes>& all) {
  auto sequence = std::make_unique<DcmPixelSequence>(DcmTag(0x7FE0, 0x0010, EVR_OB));
  for (const Bytes& bytes : all) {
    auto* item = new DcmPixelItem(DcmTag(0xFFFE, 0xE000, EVR_OB));
    if (!bytes.empty()) item->putUint8Array(bytes.data(), bytes.size());
    sequence->insert(item);
  }
  return sequence;
}

TEST(CodeStreams, OneFragmentAFrame) {
  const auto fragments = fragmentsOf({{}, {1, 2}, {3, 4}});
  const CodeStreams streams(*fragments, 2);
  EXPECT_EQ(streams.frame(0), (Bytes{1, 2}));
  EXPECT_EQ(streams.frame(1), (Bytes{3, 4}));
  EXPECT_EQ(streams.totalBytes(), 4u);
}

TEST(CodeStreams, AllFragmentsOfOneFrame) {
  const auto fragments = fragmentsOf({{}, {1, 2}, {3, 4}, {5, 6}});
  EXPECT_EQ(CodeStreams(*fragments, 1).frame(0), (Bytes{1, 2, 3, 4, 5, 6}));
}

TEST(CodeStreams, TheOffsetTableTellsWhereFramesBegin) {
  // The second frame begins 10 bytes behind the first: 2 bytes of fragment and 8 of its header.
  const auto fragments = fragmentsOf({{0, 0, 0, 0, 10, 0, 0, 0}, {1, 2}, {3, 4}, {5, 6}});
  const CodeStreams streams(*fragments, 2);
  EXPECT_EQ(streams.frame(0), (Bytes{1, 2}));
  EXPECT_EQ(streams.frame(1), (Bytes{3, 4, 5, 6}));
}

TEST(CodeStreams, WithoutATableTheStartOfACodeStreamTells) {
  const auto fragments = fragmentsOf({{}, {0xFF, 0xD8, 1, 0}, {2, 0}, {0xFF, 0xD8, 3, 0}});
  const CodeStreams streams(*fragments, 2);
  EXPECT_EQ(streams.frame(0), (Bytes{0xFF, 0xD8, 1, 0, 2, 0}));
  EXPECT_EQ(streams.frame(1), (Bytes{0xFF, 0xD8, 3, 0}));
}

TEST(CodeStreams, RefusesFewerCodeStreamsThanFrames) {
  const auto fragments = fragmentsOf({{}, {1, 2}, {3, 4}});
  EXPECT_THROW(CodeStreams(*fragments, 3), InputError);
  const auto none = fragmentsOf({{}});
  EXPECT_THROW(CodeStreams(*none, 1), InputError);
  const auto empty = fragmentsOf({});
  EXPECT_THROW(CodeStreams(*empty, 1), InputError);
}

TEST(JpegHeader, ReadsTheFrameHeaderBehindOtherSegments) {
  // SOI, an application segment of 4 bytes, SOF3: length 11, 16 bits, 1024 x 256, one component.
  const Bytes stream = {0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 9, 9, 0xFF, 0xC3, 0, 11, 16, 4, 0, 1, 0, 1, 1, 0x11, 0};
  const std::optional<JpegHeader> header = readJpegHeader(stream);
  ASSERT_TRUE(header);
  EXPECT_EQ(header->rows, 1024u);
  EXPECT_EQ(header->columns, 256u);
  EXPECT_EQ(header->bitsPerSample, 16);
  EXPECT_EQ(header->components, 1);
}

TEST(JpegHeader, IsNotReadBehindTheDataOrTheFirstScan) {
  EXPECT_EQ(readJpegHeader({}), std::nullopt);
  EXPECT_EQ(readJpegHeader({0xFF, 0xD8, 0xFF, 0xC3}), std::nullopt);
  EXPECT_EQ(readJpegHeader({0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0}), std::nullopt);
  EXPECT_EQ(readJpegHeader({0xFF, 0xD8, 0xFF, 0xDA, 0, 4, 0, 0, 0xFF, 0xC3, 0, 11, 16, 4, 0, 1, 0, 1}),
            std::nullopt);
}

/// SOC and SIZ (T.800, A.5.1) of an image of 256 columns and 1024 rows, cut into tiles.
Bytes sizMarker(std::uint8_t tileColumns, std::uint8_t tileRows, std::uint8_t imageBegin = 0,
                std::uint8_t tilesBegin = 0) {
  return {0xFF, 0x4F, 0xFF, 0x51,        0, 41, 0, 0,           // length, capabilities
          0,    0,    1,    imageBegin,  0, 0,  4, imageBegin,  // where the image ends
          0,    0,    0,    imageBegin,  0, 0,  0, imageBegin,  // and begins
          0,    0,    0,    tileColumns, 0, 0,  0, tileRows,    // size of a tile
          0,    0,    0,    tilesBegin,  0, 0,  0, tilesBegin, 0, 1, 15, 1, 1};
}

TEST(Jpeg2000Header, ReadsSizeComponentsAndTiles) {
  const std::optional<Jpeg2000Header> header = readJpeg2000Header(sizMarker(100, 128));
  ASSERT_TRUE(header);
  EXPECT_EQ(header->rows, 1024u);
  EXPECT_EQ(header->columns, 256u);
  EXPECT_EQ(header->components, 1u);
  EXPECT_EQ(header->tiles, 3u * 8u);
}

TEST(Jpeg2000Header, CountsTilesFromWhereTheyBegin) {
  // From 5 to 261 in tiles of 64 from 0: five; from 5 to 1029: seventeen. Begun at 5: four and sixteen.
  EXPECT_EQ(readJpeg2000Header(sizMarker(64, 64, 5, 0))->tiles, 5u * 17u);
  EXPECT_EQ(readJpeg2000Header(sizMarker(64, 64, 5, 5))->tiles, 4u * 16u);
}

TEST(Jpeg2000Header, IsNotReadWhereItIsCutOrContradictsItself) {
  Bytes cut = sizMarker(64, 64);
  cut.resize(41);
  EXPECT_EQ(readJpeg2000Header(cut), std::nullopt);
  EXPECT_EQ(readJpeg2000Header({}), std::nullopt);
  EXPECT_EQ(readJpeg2000Header(sizMarker(0, 64)), std::nullopt);
  EXPECT_EQ(readJpeg2000Header(sizMarker(64, 64, 5, 6)), std::nullopt);
}

}  // namespace
}  // namespace remnant::dicom

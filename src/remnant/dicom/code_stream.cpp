#include "remnant/dicom/code_stream.h"

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "remnant/base/error.h"

namespace remnant::dicom {
namespace {

constexpr const char* kPixelDataTag = "(7fe0,0010)";
constexpr std::uint64_t kItemHeaderBytes = 8;

DcmPixelItem& itemAt(DcmPixelSequence& fragments, std::size_t index) {
  DcmPixelItem* item = nullptr;
  if (fragments.getItem(item, static_cast<unsigned long>(index)).bad() || !item)
    throw InputError("truncated-pixel-data", "has fewer pixel data fragments than its frames need", {},
                     kPixelDataTag);
  return *item;
}

Bytes bytesOf(DcmPixelItem& item) {
  Uint8* bytes = nullptr;
  if (item.getLength() == 0) return {};
  if (item.getUint8Array(bytes).bad() || !bytes)
    throw InputError("truncated-pixel-data", "has a pixel data fragment that cannot be read", {},
                     kPixelDataTag);
  return Bytes(bytes, bytes + item.getLength());
}

/// JPEG and JPEG-LS begin with SOI, JPEG 2000 with SOC.
bool beginsCodeStream(const Bytes& fragment) {
  return fragment.size() > 2 && fragment[0] == 0xFF && (fragment[1] == 0xD8 || fragment[1] == 0x4F);
}

std::vector<std::uint32_t> offsetTable(DcmPixelSequence& fragments) {
  const Bytes bytes = bytesOf(itemAt(fragments, 0));
  std::vector<std::uint32_t> offsets;
  for (std::size_t i = 0; i + 4 <= bytes.size(); i += 4)
    offsets.push_back(bytes[i] | std::uint32_t{bytes[i + 1]} << 8 | std::uint32_t{bytes[i + 2]} << 16 |
                      std::uint32_t{bytes[i + 3]} << 24);
  return offsets;
}

std::size_t wordAt(const Bytes& stream, std::size_t at) {
  return std::size_t{stream[at]} << 8 | stream[at + 1];
}

/// Across or along a JPEG 2000 image.
struct Axis {
  std::size_t end, begin, tile, firstTile;
  bool valid() const { return tile > 0 && firstTile <= begin && begin < end; }
  std::size_t size() const { return end - begin; }
  std::size_t tiles() const { return (end - firstTile + tile - 1) / tile; }
  std::size_t tileSize() const { return std::min(tile, size()); }
};

/// Where in the main header the parameters of the COD marker stand; 0 where there are none.
std::size_t codingStyleIn(const Bytes& stream) {
  constexpr std::size_t kCod = 0xFF52, kStartOfTile = 0xFF90, kLeastParameters = 10;
  for (std::size_t at = 2; at + 4 + kLeastParameters <= stream.size(); at += 2 + wordAt(stream, at + 2)) {
    const std::size_t marker = wordAt(stream, at);
    if (marker == kCod) return at + 4;
    if (marker == kStartOfTile || marker < 0xFF00) return 0;
  }
  return 0;
}

/// So many parts of 2^logarithm as hold the length.
std::size_t partsOf(std::size_t length, std::size_t logarithm) {
  return (length + (std::size_t{1} << logarithm) - 1) >> logarithm;
}

std::size_t precinctsOfTile(const Bytes& stream, std::size_t width, std::size_t height) {
  constexpr std::uint8_t kSizesAreStated = 1;
  constexpr std::size_t kMostHalvings = 32;
  const std::size_t style = codingStyleIn(stream);
  if (style == 0) return 0;
  const bool stated = (stream[style] & kSizesAreStated) != 0;
  const std::size_t halvings = std::min<std::size_t>(stream[style + 5], kMostHalvings);
  if (!stated || style + 10 + halvings >= stream.size()) return halvings + 1;
  std::size_t precincts = 0;
  for (std::size_t resolution = 0; resolution <= halvings; ++resolution) {
    const std::uint8_t side = stream[style + 10 + resolution];
    precincts += partsOf(partsOf(width, halvings - resolution), side & 0xF) *
                 partsOf(partsOf(height, halvings - resolution), side >> 4);
  }
  return precincts;
}

}  // namespace

CodeStreams::CodeStreams(DcmPixelSequence& fragments, std::size_t frameCount) : fragments_(&fragments) {
  for (DcmObject* item = fragments.nextInContainer(nullptr); item; item = fragments.nextInContainer(item))
    lengths_.push_back(item->getLengthField());
  if (!lengths_.empty()) lengths_.erase(lengths_.begin());
  if (lengths_.size() == frameCount)
    for (std::size_t i = 0; i < frameCount; ++i) frames_.push_back({i, i + 1});
  else if (frameCount == 1 && !lengths_.empty())
    frames_ = {{0, lengths_.size()}};
  else if (lengths_.size() > frameCount)
    frames_ = rangesByOffset(frameCount);
  if (frames_.size() != frameCount)
    throw InputError("truncated-pixel-data",
                     fmt::format("declares {} frames, but its {} pixel data fragments do not hold as many",
                                 frameCount, lengths_.size()),
                     {}, kPixelDataTag);
}

std::vector<CodeStreams::Range> CodeStreams::rangesByOffset(std::size_t frameCount) const {
  const std::vector<std::uint32_t> offsets = offsetTable(*fragments_);
  if (offsets.size() != frameCount) return rangesByStart();
  std::vector<Range> ranges;
  std::uint64_t place = 0;
  for (std::size_t fragment = 0; fragment < lengths_.size(); ++fragment) {
    if (ranges.size() < frameCount && place == offsets[ranges.size()])
      ranges.push_back({fragment, fragment + 1});
    else if (!ranges.empty())
      ranges.back().end = fragment + 1;
    place += lengths_[fragment] + kItemHeaderBytes;
  }
  return ranges;
}

std::vector<CodeStreams::Range> CodeStreams::rangesByStart() const {
  std::vector<Range> ranges;
  for (std::size_t fragment = 0; fragment < lengths_.size(); ++fragment) {
    if (beginsCodeStream(bytesOf(itemAt(*fragments_, fragment + 1))))
      ranges.push_back({fragment, fragment + 1});
    else if (!ranges.empty())
      ranges.back().end = fragment + 1;
  }
  return ranges;
}

Bytes CodeStreams::frame(std::size_t index) const {
  Bytes joined;
  for (std::size_t fragment = frames_.at(index).first; fragment < frames_[index].end; ++fragment) {
    const Bytes bytes = bytesOf(itemAt(*fragments_, fragment + 1));
    joined.insert(joined.end(), bytes.begin(), bytes.end());
  }
  return joined;
}

std::uint64_t CodeStreams::totalBytes() const {
  return std::accumulate(lengths_.begin(), lengths_.end(), std::uint64_t{0});
}

std::optional<JpegHeader> readJpegHeader(const Bytes& stream) {
  constexpr std::uint8_t kStartOfScan = 0xDA, kStartOfFrameLs = 0xF7;
  const auto isStartOfFrame = [](std::uint8_t marker) {
    const bool tables = marker == 0xC4 || marker == 0xC8 || marker == 0xCC;
    return (marker >= 0xC0 && marker <= 0xCF && !tables) || marker == kStartOfFrameLs;
  };
  std::size_t at = 2;
  while (at + 10 <= stream.size() && stream[at] == 0xFF) {
    const std::uint8_t marker = stream[at + 1];
    if (marker == kStartOfScan) return std::nullopt;
    if (isStartOfFrame(marker))
      return JpegHeader{wordAt(stream, at + 5), wordAt(stream, at + 7), stream[at + 4], stream[at + 9]};
    at += marker == 0xFF ? 1 : 2 + wordAt(stream, at + 2);
  }
  return std::nullopt;
}

std::optional<Jpeg2000Header> readJpeg2000Header(const Bytes& stream) {
  constexpr std::size_t kBytesBehindComponents = 42;
  if (stream.size() < kBytesBehindComponents ||
      !std::equal(kJpeg2000Start.begin(), kJpeg2000Start.end(), stream.begin()))
    return std::nullopt;
  const auto number = [&](std::size_t at) { return wordAt(stream, at) << 16 | wordAt(stream, at + 2); };
  const Axis x{number(8), number(16), number(24), number(32)},
      y{number(12), number(20), number(28), number(36)};
  if (!x.valid() || !y.valid()) return std::nullopt;
  const std::size_t tiles = x.tiles() * y.tiles();
  return Jpeg2000Header{y.size(), x.size(), wordAt(stream, 40), tiles,
                        tiles * precinctsOfTile(stream, x.tileSize(), y.tileSize())};
}

}  // namespace remnant::dicom

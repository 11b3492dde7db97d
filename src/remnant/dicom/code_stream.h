#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

class DcmPixelSequence;

/// The fragments of encapsulated pixel data (PS3.5, annex A.4). Not for other folders.
namespace remnant::dicom {

using Bytes = std::vector<std::uint8_t>;

/// Which fragments hold which frame: one each, all of them, by the Basic Offset Table, or by where a code
/// stream begins. Throws InputError "truncated-pixel-data" where there are fewer code streams than frames.
class CodeStreams {
 public:
  CodeStreams(DcmPixelSequence& fragments, std::size_t frameCount);

  /// The joined fragments of one frame.
  Bytes frame(std::size_t index) const;
  std::uint64_t totalBytes() const;

 private:
  struct Range {
    std::size_t first, end;  ///< fragments, numbered without the offset table
  };
  std::vector<Range> rangesByOffset(std::size_t frameCount) const;
  std::vector<Range> rangesByStart() const;

  DcmPixelSequence* fragments_;
  std::vector<std::uint32_t> lengths_;
  std::vector<Range> frames_;
};

/// What a JPEG or JPEG-LS code stream says of itself (ITU-T T.81, B.2.2; T.87, C.2.2).
struct JpegHeader {
  std::size_t rows = 0;
  std::size_t columns = 0;
  int bitsPerSample = 0;
  int components = 0;
};

/// nullopt where there is no frame header before the data ends or the first scan begins.
std::optional<JpegHeader> readJpegHeader(const Bytes& stream);

/// A JPEG 2000 code stream begins with the markers SOC and SIZ (ITU-T T.800, A.4 and A.5).
inline constexpr std::array<std::uint8_t, 4> kJpeg2000Start{0xFF, 0x4F, 0xFF, 0x51};

/// What the SIZ and COD markers of a JPEG 2000 code stream say (ITU-T T.800, A.5.1 and A.6.1).
struct Jpeg2000Header {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::size_t components = 0;
  std::size_t tiles = 0;
  std::size_t precincts = 0;  ///< of the first component, all tiles and resolutions; 0 where there is no COD
};

/// nullopt where the stream does not begin with SOC and SIZ, or SIZ contradicts itself: tiles without size,
/// or that begin behind the image.
std::optional<Jpeg2000Header> readJpeg2000Header(const Bytes& stream);

}  // namespace remnant::dicom

// DCMTK 3.6.7 has a decoder too, but it gives wrong pixels, and no error, where a frame is split into several
// fragments.
#include "remnant/dicom/rle.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "remnant/base/error.h"

namespace remnant::dicom {
namespace {

constexpr std::size_t kHeaderWords = 16;
constexpr std::size_t kHeaderBytes = 4 * kHeaderWords;

InputError badRle(const std::string& why) {
  return InputError("bad-pixel-data", "holds an RLE frame that " + why, {}, "(7fe0,0010)");
}

std::size_t headerWord(const Bytes& frame, std::size_t index) {
  const std::uint8_t* word = &frame[4 * index];
  return word[0] | std::size_t{word[1]} << 8 | std::size_t{word[2]} << 16 | std::size_t{word[3]} << 24;
}

std::span<const std::uint8_t> segmentOf(const Bytes& frame, std::size_t segment, std::size_t segments) {
  const std::size_t start = headerWord(frame, 1 + segment);
  const std::size_t end = segment + 1 < segments ? headerWord(frame, 2 + segment) : frame.size();
  if (start < kHeaderBytes || start > end || end > frame.size())
    throw badRle(fmt::format("has segment {} outside of it", segment));
  return std::span(frame).subspan(start, end - start);
}

/// Unpacks one segment into every bytesPerPixel-th byte of the pixels (annex G.3.2).
void unpack(std::span<const std::uint8_t> packed, Bytes& pixels, std::size_t first, std::size_t step) {
  std::size_t to = first;
  const auto put = [&](std::uint8_t value) {
    if (to < pixels.size()) pixels[to] = value;
    to += step;
  };
  for (std::size_t at = 0; at < packed.size() && to < pixels.size();) {
    const std::uint8_t control = packed[at++];
    if (control < 128)
      for (std::size_t end = std::min(at + control + 1, packed.size()); at < end; ++at) put(packed[at]);
    else if (control > 128 && at < packed.size())
      for (int repeat = 257 - control, value = packed[at++]; repeat > 0; --repeat)
        put(static_cast<std::uint8_t>(value));
  }
  if (to < pixels.size()) throw badRle("ends before all pixels are there");
}

}  // namespace

Bytes decodeRle(const Bytes& frame, std::size_t pixels, int bytesPerPixel) {
  const auto width = static_cast<std::size_t>(bytesPerPixel);
  if (frame.size() < kHeaderBytes) throw badRle("is shorter than its header");
  const std::size_t segments = headerWord(frame, 0);
  if (segments != width)
    throw badRle(fmt::format("has {} segments where a pixel has {} bytes", segments, width));
  Bytes decoded(pixels * width);
  for (std::size_t segment = 0; segment < segments; ++segment)
    unpack(segmentOf(frame, segment, segments), decoded, width - 1 - segment, width);
  return decoded;
}

}  // namespace remnant::dicom

#include "remnant/dicom/pixel_layout.h"

#include <fmt/format.h>

#include "remnant/base/error.h"

namespace remnant::dicom {
namespace {

std::int64_t required(const Dataset& dataset, Tag tag, std::int64_t least, std::int64_t most,
                      const char* name) {
  const std::optional<std::int64_t> value = dataset.integer(tag);
  if (!value) throw InputError("bad-pixel-data", fmt::format("has pixels but no {}", name), {}, tagText(tag));
  if (*value < least || *value > most)
    throw InputError("bad-pixel-data",
                     fmt::format("has {} {}, which is not within {} to {}", name, *value, least, most), {},
                     tagText(tag));
  return *value;
}

void requireGrey(const Dataset& dataset) {
  const std::int64_t samples = dataset.integer({0x0028, 0x0002}).value_or(1);
  const std::string meaning = dataset.text({0x0028, 0x0004}).value_or("MONOCHROME2");
  if (samples != 1 || !meaning.starts_with("MONOCHROME"))
    throw InputError("unsupported-pixels", "has colour pixels, which hold no counts", {}, "(0028,0004)");
}

int readBytesPerPixel(const Dataset& dataset) {
  const std::int64_t bits = required(dataset, {0x0028, 0x0100}, 1, 64, "BitsAllocated");
  if (bits != 8 && bits != 16 && bits != 32)
    throw InputError("unsupported-pixels",
                     fmt::format("has {} bits allocated a pixel, not 8, 16 or 32", bits), {}, "(0028,0100)");
  return static_cast<int>(bits / 8);
}

}  // namespace

std::int64_t PixelLayout::largestValue() const {
  return (std::int64_t{1} << (isSigned ? bitsStored - 1 : bitsStored)) - 1;
}

std::int32_t PixelLayout::valueOf(std::uint32_t sample, int codedBits) const {
  // A code stream carries the stored bits alone, at the low end.
  const int bits = codedBits == 0 ? bitsStored : std::min(bitsStored, codedBits);
  const int shift = codedBits == 0 ? highBit + 1 - bitsStored : 0;
  const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
  const auto stored = static_cast<std::int64_t>((std::uint64_t{sample} >> shift) & mask);
  const bool negative = isSigned && (stored >> (bits - 1)) != 0;
  return static_cast<std::int32_t>(negative ? stored - (std::int64_t{1} << bits) : stored);
}

PixelLayout readLayout(const Dataset& dataset, std::uint64_t pixelBytes) {
  requireGrey(dataset);
  PixelLayout layout;
  layout.rows = static_cast<std::size_t>(required(dataset, {0x0028, 0x0010}, 1, 65535, "Rows"));
  layout.columns = static_cast<std::size_t>(required(dataset, {0x0028, 0x0011}, 1, 65535, "Columns"));
  if (dataset.text({0x0028, 0x0008}))
    layout.frames =
        static_cast<std::size_t>(required(dataset, {0x0028, 0x0008}, 1, INT32_MAX, "NumberOfFrames"));
  layout.bytesPerPixel = readBytesPerPixel(dataset);
  const int bits = 8 * layout.bytesPerPixel;
  layout.bitsStored = static_cast<int>(required(dataset, {0x0028, 0x0101}, 1, bits, "BitsStored"));
  layout.highBit =
      static_cast<int>(required(dataset, {0x0028, 0x0102}, layout.bitsStored - 1, bits - 1, "HighBit"));
  layout.isSigned = dataset.integer({0x0028, 0x0103}).value_or(0) == 1;
  // The values are held in 32 bits with a sign.
  if (layout.bitsStored == 32 && !layout.isSigned)
    throw InputError("unsupported-pixels", "has unsigned pixels of 32 bits", {}, "(0028,0101)");
  if (layout.frames > pixelBytes / layout.frameBytes())
    throw InputError(
        "over-limit",
        fmt::format("declares {} frames of {} x {} pixels, more than the {} bytes that are allowed",
                    layout.frames, layout.rows, layout.columns, pixelBytes),
        {}, "(0028,0008)");
  return layout;
}

}  // namespace remnant::dicom

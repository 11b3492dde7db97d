#pragma once

#include <cstddef>
#include <cstdint>

#include "remnant/dicom/object.h"

namespace remnant::dicom {

/// How pixels lie in memory, from the Image Pixel module (PS3.3, section C.7.6.3).
struct PixelLayout {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::size_t frames = 1;
  int bytesPerPixel = 0;  ///< 1, 2 or 4
  int bitsStored = 0;
  int highBit = 0;
  bool isSigned = false;

  std::size_t frameBytes() const { return rows * columns * static_cast<std::size_t>(bytesPerPixel); }
  std::uint64_t totalBytes() const { return std::uint64_t{frameBytes()} * frames; }
  /// The largest value that bitsStored can hold.
  std::int64_t largestValue() const;
  /// The number that a stored sample means: its stored bits, sign extended where signed.
  /// codedBits: the precision of the code stream that it came from, 0 where native.
  std::int32_t valueOf(std::uint32_t sample, int codedBits) const;
};

/// Throws InputError "unsupported-pixels" (colour, bits allocated other than 8, 16 and 32), "bad-pixel-data"
/// (attributes that are missing or contradict one another), "over-limit" (more than pixelBytes in all).
PixelLayout readLayout(const Dataset& dataset, std::uint64_t pixelBytes);

}  // namespace remnant::dicom

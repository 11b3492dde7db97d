#pragma once

#include <cstdint>
#include <vector>

#include "remnant/dicom/code_stream.h"

/// The door to OpenJPEG. Not for other folders.
namespace remnant::dicom {

struct Jpeg2000Image {
  std::vector<std::int32_t> samples;  ///< row by row; signed where the code stream says so
  int bitsPerSample = 0;
};

/// Decodes one grey image of the given size. Throws InputError "bad-pixel-data" where the code stream says
/// another size, has more than one component or more than 16 bits a sample, or does not decode.
Jpeg2000Image decodeJpeg2000(const Bytes& stream, std::size_t rows, std::size_t columns);

}  // namespace remnant::dicom

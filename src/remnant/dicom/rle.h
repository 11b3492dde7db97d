#pragma once

#include "remnant/dicom/code_stream.h"

namespace remnant::dicom {

/// Decodes one frame of RLE: a segment for each byte of a pixel, the most significant first (PS3.5, annex G).
/// The result holds the pixels' bytes in little endian. Throws InputError "bad-pixel-data" where the segments
/// are not as many as a pixel has bytes, lie outside the frame, or end before all pixels are there.
Bytes decodeRle(const Bytes& frame, std::size_t pixels, int bytesPerPixel);

}  // namespace remnant::dicom

#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "remnant/dicom/object.h"
#include "remnant/image/grid.h"

namespace remnant::dicom {

/// The pixels of an object, frame by frame, as integers as stored: no rescale, window or look-up table is
/// applied.
struct Pixels {
  std::vector<image::Counts> frames;  ///< stored order; rows x columns each
  bool lossy = false;                 ///< compressed with loss at some time: these are not counts
  int bitsStored = 0;
  bool isSigned = false;
  std::size_t saturatedPixels = 0;         ///< pixels at the largest value that bitsStored can hold
  std::optional<double> rescaleSlope;      ///< (0028,1053), reported where present
  std::optional<double> rescaleIntercept;  ///< (0028,1052)
};

/// How many bytes the decoded pixels take and whether the file can hold them, checked before any of them is
/// read. Reads native, RLE, JPEG lossless, JPEG baseline and extended (12 bit), JPEG-LS, JPEG 2000. nullopt
/// where PixelData is absent or of length zero. Throws InputError: "over-limit", "truncated-pixel-data",
/// "unsupported-pixels" (colour, more than 32 bits, unknown transfer syntax), "bad-pixel-data" (a code stream
/// that does not decode, bits that contradict one another).
std::optional<Pixels> decodePixels(const Object& object);

/// The same, one frame at a time, so that memory holds one: the visitor gets each frame in stored order, and
/// the result has no frames in it. The same errors, perhaps after some frames were visited.
using FrameVisitor = std::function<void(std::size_t frame, image::Counts&& counts)>;
std::optional<Pixels> visitFrames(const Object& object, const FrameVisitor& visitor);

/// Whether the pixels were compressed with loss at some time, by the transfer syntax or by what the object
/// says of its past (LossyImageCompression). JPEG 2000 and JPEG-LS of the kinds that may lose are taken to
/// have lost.
bool compressedWithLoss(const Object& object);

/// Native 16-bit unsigned pixels, with the image pixel module's attributes (rows, columns, bits, frames...).
/// Throws InputError "counts-out-of-range" outside 0..65535.
void setPixels(Dataset dataset, const std::vector<image::Counts>& frames);

}  // namespace remnant::dicom

#include "remnant/dicom/pixels.h"

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfcache.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcxfer.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "remnant/base/error.h"
#include "remnant/dicom/code_stream.h"
#include "remnant/dicom/jpeg2000.h"
#include "remnant/dicom/pixel_layout.h"
#include "remnant/dicom/rle.h"

namespace remnant::dicom {
namespace {

constexpr Tag kPixelData{0x7FE0, 0x0010};

InputError badPixels(const char* code, const std::string& why) {
  return InputError(code, why, {}, tagText(kPixelData));
}

/// The pixel data element with the transfer syntax that it came in.
struct Source {
  DcmPixelData* element = nullptr;
  DcmDataset* dataset = nullptr;
  E_TransferSyntax syntax = EXS_Unknown;
  DcmPixelSequence* fragments = nullptr;  ///< of encapsulated pixel data
};

std::optional<Source> sourceOf(const Object& object) {
  Source source;
  source.dataset = object.dcmtkFile().getDataset();
  DcmElement* found = nullptr;
  if (source.dataset->findAndGetElement(DCM_PixelData, found).bad()) return std::nullopt;
  source.element = dynamic_cast<DcmPixelData*>(found);
  if (!source.element) throw badPixels("bad-pixel-data", "holds pixel data of a wrong value representation");
  const DcmRepresentationParameter* parameter = nullptr;
  source.element->getOriginalRepresentationKey(source.syntax, parameter);
  if (DcmXfer(source.syntax).isEncapsulated()) {
    if (source.element->getEncapsulatedRepresentation(source.syntax, parameter, source.fragments).bad())
      throw badPixels("bad-pixel-data", "holds encapsulated pixel data without fragments");
  } else if (source.element->getLengthField() == 0) {
    return std::nullopt;
  }
  return source;
}

/// Samples as they came out of the file or a decoder, not yet read as numbers.
struct RawFrame {
  std::vector<std::uint8_t> bytes;
  int bytesPerSample = 0;
  int bitsPerSample = 0;  ///< that the code stream gives; 0 where there is none
};

/// Reads one frame after the other, so that memory holds one at a time.
class FrameReader {
 public:
  FrameReader(Source source, const PixelLayout& layout) : source_(source), layout_(layout) {
    if (source_.fragments)
      streams_.emplace(*source_.fragments, layout_.frames);
    else
      requireNativeBytes();
  }

  image::Counts frame(std::size_t index) {
    if (!source_.fragments) return countsFrom(nativeFrame(index));
    switch (source_.syntax) {
      case EXS_JPEG2000LosslessOnly:
      case EXS_JPEG2000:
        return countsFromJpeg2000(index);
      case EXS_RLELossless:
        return countsFrom(
            {decodeRle(streams_->frame(index), layout_.rows * layout_.columns, layout_.bytesPerPixel),
             layout_.bytesPerPixel, 0});
      case EXS_JPEGProcess1:
      case EXS_JPEGProcess2_4:
      case EXS_JPEGProcess6_8:
      case EXS_JPEGProcess10_12:
      case EXS_JPEGProcess14:
      case EXS_JPEGProcess14SV1:
      case EXS_JPEGLSLossless:
      case EXS_JPEGLSLossy:
        return countsFromJpeg(index);
      default:
        throw InputError("unsupported-pixels",
                         fmt::format("has pixels in transfer syntax {}, which is not read",
                                     DcmXfer(source_.syntax).getXferID()),
                         {}, "(0002,0010)");
    }
  }

 private:
  void requireNativeBytes() const {
    const std::uint64_t needed = layout_.totalBytes();
    const std::uint64_t present = source_.element->getLengthField();
    if (present < needed)
      throw badPixels(
          "truncated-pixel-data",
          fmt::format("has {} bytes of pixels where rows, columns and frames need {}", present, needed));
    if (layout_.bytesPerPixel > 2 && DcmXfer(source_.syntax).isBigEndian())
      throw badPixels("unsupported-pixels", "has 32-bit pixels in big endian, which are not read");
  }

  RawFrame nativeFrame(std::size_t index) {
    RawFrame raw{std::vector<std::uint8_t>(layout_.frameBytes()), layout_.bytesPerPixel, 0};
    const auto offset = static_cast<Uint32>(index * raw.bytes.size());
    if (source_.element
            ->getPartialValue(raw.bytes.data(), offset, static_cast<Uint32>(raw.bytes.size()), &cache_)
            .bad())
      throw badPixels("truncated-pixel-data", fmt::format("cannot be read at frame {}", index));
    return raw;
  }

  RawFrame decodedFrame(std::size_t index, int bytesPerSample, int bitsPerSample) {
    // DCMTK wants an even number of bytes.
    RawFrame raw{std::vector<std::uint8_t>(layout_.frameBytes() + layout_.frameBytes() % 2), bytesPerSample,
                 bitsPerSample};
    OFString colourModel;
    const OFCondition decoded = source_.element->getUncompressedFrame(
        source_.dataset, static_cast<Uint32>(index), nextFragment_, raw.bytes.data(),
        static_cast<Uint32>(raw.bytes.size()), colourModel, &cache_);
    if (decoded.bad())
      throw badPixels(
          "bad-pixel-data",
          fmt::format("holds a code stream that does not decode at frame {} ({})", index, decoded.text()));
    return raw;
  }

  /// What the code stream says is compared with the object before the decoder allocates by it.
  image::Counts countsFromJpeg(std::size_t index) {
    const std::optional<JpegHeader> header = readJpegHeader(streams_->frame(index));
    if (!header) throw badPixels("bad-pixel-data", fmt::format("has no JPEG header at frame {}", index));
    if (header->rows != layout_.rows || header->columns != layout_.columns || header->components != 1 ||
        header->bitsPerSample < 2 || header->bitsPerSample > 8 * layout_.bytesPerPixel)
      throw badPixels(
          "bad-pixel-data",
          fmt::format("holds at frame {} a code stream of {} x {} pixels, {} components and {} bits, "
                      "against {} x {} pixels of {} bits in the header",
                      index, header->rows, header->columns, header->components, header->bitsPerSample,
                      layout_.rows, layout_.columns, layout_.bitsStored));
    return countsFrom(decodedFrame(index, header->bitsPerSample > 8 ? 2 : 1, header->bitsPerSample));
  }

  image::Counts countsFromJpeg2000(std::size_t index) {
    const Jpeg2000Image decoded = decodeJpeg2000(streams_->frame(index), layout_.rows, layout_.columns);
    image::Counts counts(layout_.rows, layout_.columns);
    for (std::size_t i = 0; i < decoded.samples.size(); ++i)
      counts.pixels()[i] =
          layout_.valueOf(static_cast<std::uint32_t>(decoded.samples[i]), decoded.bitsPerSample);
    return counts;
  }

  image::Counts countsFrom(const RawFrame& raw) const {
    image::Counts counts(layout_.rows, layout_.columns);
    const auto width = static_cast<std::size_t>(raw.bytesPerSample);
    for (std::size_t i = 0; i < counts.pixels().size(); ++i) {
      std::uint32_t sample = 0;
      std::memcpy(&sample, &raw.bytes[i * width], width);  // little endian, as every machine we build for
      counts.pixels()[i] = layout_.valueOf(sample, raw.bitsPerSample);
    }
    return counts;
  }

  Source source_;
  PixelLayout layout_;
  std::optional<CodeStreams> streams_;
  DcmFileCache cache_;
  Uint32 nextFragment_ = 0;
};

std::size_t saturatedPixels(const image::Counts& counts, std::int64_t largest) {
  return static_cast<std::size_t>(std::count(counts.pixels().begin(), counts.pixels().end(), largest));
}

bool lossySyntax(E_TransferSyntax syntax) {
  switch (syntax) {
    case EXS_JPEGProcess1:
    case EXS_JPEGProcess2_4:
    case EXS_JPEGProcess6_8:
    case EXS_JPEGProcess10_12:
    case EXS_JPEGLSLossy:
    case EXS_JPEG2000:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool compressedWithLoss(const Object& object) {
  return lossySyntax(object.dcmtkFile().getDataset()->getOriginalXfer()) ||
         object.dataset().text({0x0028, 0x2110}) == "01";
}

std::optional<Pixels> visitFrames(const Object& object, const FrameVisitor& visitor) {
  const std::optional<Source> source = sourceOf(object);
  if (!source) return std::nullopt;
  const PixelLayout layout = readLayout(object.dataset(), object.limits().pixelBytes);
  Pixels pixels;
  pixels.lossy = compressedWithLoss(object);
  pixels.bitsStored = layout.bitsStored;
  pixels.isSigned = layout.isSigned;
  pixels.rescaleSlope = object.dataset().number({0x0028, 0x1053});
  pixels.rescaleIntercept = object.dataset().number({0x0028, 0x1052});
  FrameReader reader(*source, layout);
  for (std::size_t frame = 0; frame < layout.frames; ++frame) {
    image::Counts counts = reader.frame(frame);
    pixels.saturatedPixels += saturatedPixels(counts, layout.largestValue());
    visitor(frame, std::move(counts));
  }
  return pixels;
}

std::optional<Pixels> decodePixels(const Object& object) {
  std::vector<image::Counts> frames;
  std::optional<Pixels> pixels =
      visitFrames(object, [&](std::size_t, image::Counts&& counts) { frames.push_back(std::move(counts)); });
  if (pixels) pixels->frames = std::move(frames);
  return pixels;
}

namespace {

std::vector<Uint16> packed(const std::vector<image::Counts>& frames) {
  std::vector<Uint16> words;
  words.reserve(frames.size() * frames.front().pixels().size());
  for (const image::Counts& frame : frames)
    for (const std::int32_t count : frame.pixels()) {
      if (count < 0 || count > 65535)
        throw InputError("counts-out-of-range", fmt::format("{} counts do not fit into 16 bits", count), {},
                         tagText(kPixelData));
      words.push_back(static_cast<Uint16>(count));
    }
  return words;
}

}  // namespace

void setPixels(Dataset dataset, const std::vector<image::Counts>& frames) {
  if (frames.empty() || frames.front().empty()) throw ProgramError("an object was given no pixels");
  for (const image::Counts& frame : frames)
    if (frame.rows() != frames.front().rows() || frame.columns() != frames.front().columns())
      throw ProgramError("the frames of an object differ in size");
  const std::vector<Uint16> words = packed(frames);
  dataset.setIntegers({0x0028, 0x0002}, {1});
  dataset.setText({0x0028, 0x0004}, "MONOCHROME2");
  dataset.setIntegers({0x0028, 0x0008}, {static_cast<std::int64_t>(frames.size())});
  dataset.setIntegers({0x0028, 0x0010}, {static_cast<std::int64_t>(frames.front().rows())});
  dataset.setIntegers({0x0028, 0x0011}, {static_cast<std::int64_t>(frames.front().columns())});
  dataset.setIntegers({0x0028, 0x0100}, {16});
  dataset.setIntegers({0x0028, 0x0101}, {16});
  dataset.setIntegers({0x0028, 0x0102}, {15});
  dataset.setIntegers({0x0028, 0x0103}, {0});
  auto element = std::make_unique<DcmPixelData>(DcmTag(DCM_PixelData, DcmVR(EVR_OW)));
  if (element->putUint16Array(words.data(), static_cast<unsigned long>(words.size())).bad() ||
      dataset.dcmtkItem().insert(element.get(), OFTrue).bad())
    throw ProgramError("pixels cannot be put into an object");
  static_cast<void>(element.release());  // the item owns it now
}

}  // namespace remnant::dicom

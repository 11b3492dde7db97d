#include "remnant/dicom/jpeg2000.h"

#include <openjpeg.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <string>

#include "remnant/base/error.h"

namespace remnant::dicom {
namespace {

InputError badStream(const std::string& why) {
  return InputError("bad-pixel-data", "holds a JPEG 2000 code stream that " + why, {}, "(7fe0,0010)");
}

struct Source {
  const Bytes* bytes;
  std::size_t place = 0;
};

OPJ_SIZE_T readSource(void* buffer, OPJ_SIZE_T count, void* user) {
  auto& source = *static_cast<Source*>(user);
  const std::size_t given = std::min<std::size_t>(count, source.bytes->size() - source.place);
  if (given == 0) return static_cast<OPJ_SIZE_T>(-1);
  std::memcpy(buffer, source.bytes->data() + source.place, given);
  source.place += given;
  return given;
}

OPJ_BOOL seekSource(OPJ_OFF_T place, void* user) {
  auto& source = *static_cast<Source*>(user);
  if (place < 0 || static_cast<std::size_t>(place) > source.bytes->size()) return OPJ_FALSE;
  source.place = static_cast<std::size_t>(place);
  return OPJ_TRUE;
}

OPJ_OFF_T skipSource(OPJ_OFF_T count, void* user) {
  const auto& source = *static_cast<Source*>(user);
  return seekSource(static_cast<OPJ_OFF_T>(source.place) + count, user) ? count : -1;
}

using Stream = std::unique_ptr<opj_stream_t, void (*)(opj_stream_t*)>;
using Codec = std::unique_ptr<opj_codec_t, void (*)(opj_codec_t*)>;
using ImageOwner = std::unique_ptr<opj_image_t, void (*)(opj_image_t*)>;

Stream streamOver(Source& source) {
  Stream stream(opj_stream_default_create(OPJ_TRUE), opj_stream_destroy);
  opj_stream_set_user_data(stream.get(), &source, nullptr);
  opj_stream_set_user_data_length(stream.get(), source.bytes->size());
  opj_stream_set_read_function(stream.get(), readSource);
  opj_stream_set_seek_function(stream.get(), seekSource);
  opj_stream_set_skip_function(stream.get(), skipSource);
  return stream;
}

Codec newDecoder() {
  Codec codec(opj_create_decompress(OPJ_CODEC_J2K), opj_destroy_codec);
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  if (!opj_setup_decoder(codec.get(), &parameters)) throw badStream("cannot be set up for decoding");
  // A stream that ends early is a fault, not an image with grey in place of counts.
  opj_decoder_set_strict_mode(codec.get(), OPJ_TRUE);
  return codec;
}

/// PS3.5, A.4.4 forbids the boxes of a JP2 file around the code stream; some archives have them all the same.
Bytes withoutBoxes(const Bytes& bytes) {
  return Bytes(std::search(bytes.begin(), bytes.end(), kJpeg2000Start.begin(), kJpeg2000Start.end()),
               bytes.end());
}

/// The decoder allocates by the header: the size must be the object's, and each tile and each precinct has
/// bytes of its own.
void requireHonestHeader(const Bytes& stream, std::size_t rows, std::size_t columns) {
  constexpr std::size_t kLeastBytesPerTile = 14;  // the markers SOT and SOD
  const std::optional<Jpeg2000Header> header = readJpeg2000Header(stream);
  if (!header) throw badStream("has no readable header");
  if (header->components != 1) throw badStream("has more than one component");
  if (header->columns != columns || header->rows != rows)
    throw badStream("is of another size than Rows and Columns say");
  if (header->tiles > stream.size() / kLeastBytesPerTile)
    throw badStream("declares more tiles than its bytes can hold");
  // Each has a packet of at least a byte (ITU-T T.800, B.9 and B.10), and costs the decoder hundreds.
  if (header->precincts > stream.size()) throw badStream("declares more precincts than its bytes can hold");
}

/// Of the samples as they are stored, which a factor of reduction can make fewer.
void requireSamples(const opj_image_t& image, std::size_t rows, std::size_t columns) {
  const opj_image_comp_t& component = image.comps[0];
  if (image.numcomps != 1 || component.w != columns || component.h != rows)
    throw badStream("is of another size than Rows and Columns say");
  if (component.prec == 0 || component.prec > 16) throw badStream("has more than 16 bits a sample");
}

}  // namespace

Jpeg2000Image decodeJpeg2000(const Bytes& bytes, std::size_t rows, std::size_t columns) {
  const Bytes codeStream = withoutBoxes(bytes);
  requireHonestHeader(codeStream, rows, columns);
  Source source{&codeStream};
  const Stream stream = streamOver(source);
  const Codec codec = newDecoder();
  opj_image_t* read = nullptr;
  const bool headerRead = opj_read_header(stream.get(), codec.get(), &read);
  const ImageOwner image(read, opj_image_destroy);
  if (!headerRead || !image) throw badStream("has no readable header");
  requireSamples(*image, rows, columns);
  if (!opj_decode(codec.get(), stream.get(), image.get()) || !image->comps[0].data)
    throw badStream("does not decode");
  requireSamples(*image, rows, columns);
  const OPJ_INT32* samples = image->comps[0].data;
  return {std::vector<std::int32_t>(samples, samples + rows * columns),
          static_cast<int>(image->comps[0].prec)};
}

}  // namespace remnant::dicom

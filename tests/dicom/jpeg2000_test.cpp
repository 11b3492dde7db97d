#include "remnant/dicom/jpeg2000.h"

#include <gtest/gtest.h>
#include <openjpeg.h>

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>
#include <string>

#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "support/temporary_folder.h"

namespace remnant::dicom {
namespace {

constexpr std::size_t kRows = 24, kColumns = 40;
constexpr int kPrecinctsAreStated = 1;

std::vector<std::int32_t> example() {
  std::vector<std::int32_t> samples(kRows * kColumns);
  std::iota(samples.begin(), samples.end(), 60000);
  return samples;
}

/// The example without loss, as OpenJPEG writes it: a bare code stream, or one in the boxes of a JP2 file.
/// precinctSide: 0 for one precinct a resolution.
Bytes encoded(OPJ_CODEC_FORMAT format, int precinctSide = 0) {
  opj_image_cmptparm_t component{};
  component.dx = component.dy = 1;
  component.w = kColumns;
  component.h = kRows;
  component.prec = 16;
  const std::unique_ptr<opj_image_t, void (*)(opj_image_t*)> image(
      opj_image_create(1, &component, OPJ_CLRSPC_GRAY), opj_image_destroy);
  image->x1 = kColumns;
  image->y1 = kRows;
  const std::vector<std::int32_t> samples = example();
  std::copy(samples.begin(), samples.end(), image->comps[0].data);
  opj_cparameters_t parameters;
  opj_set_default_encoder_parameters(&parameters);
  parameters.tcp_numlayers = 1;
  parameters.cp_disto_alloc = 1;
  parameters.numresolution = 3;
  if (precinctSide > 0) {
    parameters.csty |= kPrecinctsAreStated;
    parameters.res_spec = 1;
    parameters.prcw_init[0] = parameters.prch_init[0] = precinctSide;
  }
  const std::unique_ptr<opj_codec_t, void (*)(opj_codec_t*)> codec(opj_create_compress(format),
                                                                   opj_destroy_codec);
  const testing::TemporaryFolder folder;
  const std::string path = (folder / "image").string();
  std::unique_ptr<opj_stream_t, void (*)(opj_stream_t*)> stream(
      opj_stream_create_default_file_stream(path.c_str(), OPJ_FALSE), opj_stream_destroy);
  if (!opj_setup_encoder(codec.get(), &parameters, image.get()) ||
      !opj_start_compress(codec.get(), image.get(), stream.get()) || !opj_encode(codec.get(), stream.get()) ||
      !opj_end_compress(codec.get(), stream.get()))
    throw std::runtime_error("OpenJPEG does not encode");
  stream.reset();
  const std::string bytes = readWholeFile(path);
  return Bytes(bytes.begin(), bytes.end());
}

std::string refusalOf(const Bytes& stream, std::size_t rows = kRows, std::size_t columns = kColumns) {
  try {
    decodeJpeg2000(stream, rows, columns);
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

TEST(Jpeg2000, GivesTheSamplesBackWithAndWithoutBoxes) {
  for (const OPJ_CODEC_FORMAT format : {OPJ_CODEC_J2K, OPJ_CODEC_JP2}) {
    const Jpeg2000Image image = decodeJpeg2000(encoded(format), kRows, kColumns);
    EXPECT_EQ(image.samples, example());
    EXPECT_EQ(image.bitsPerSample, 16);
  }
}

TEST(Jpeg2000, RefusesAnotherSizeThanTheObjectDeclares) {
  EXPECT_NE(refusalOf(encoded(OPJ_CODEC_J2K), kColumns, kRows).find("another size"), std::string::npos);
}

/// Each tile costs the decoder kilobytes before it reads the first: a header alone must not ask for them.
TEST(Jpeg2000, RefusesMoreTilesThanItsBytesCanHold) {
  Bytes stream = encoded(OPJ_CODEC_J2K);
  ASSERT_EQ(stream[27], kColumns);
  ASSERT_EQ(stream[31], kRows);
  stream[27] = stream[31] = 1;
  ASSERT_LT(stream.size(), 14 * kRows * kColumns);
  EXPECT_NE(refusalOf(stream).find("more tiles"), std::string::npos);
}

TEST(Jpeg2000, RefusesMorePrecinctsThanItsBytesCanHold) {
  Bytes stream = encoded(OPJ_CODEC_J2K, 16);
  EXPECT_EQ(decodeJpeg2000(stream, kRows, kColumns).samples, example());
  // COD (ITU-T T.800, A.6.1): 14 bytes from the marker on stand the sizes of precincts, one a resolution, the
  // finest last.
  constexpr std::array<std::uint8_t, 2> kCod{0xFF, 0x52};
  const auto coding = std::search(stream.begin(), stream.end(), kCod.begin(), kCod.end());
  ASSERT_EQ(coding[4] & kPrecinctsAreStated, kPrecinctsAreStated);
  ASSERT_EQ(coding[16], 0x44) << "2^4 by 2^4";
  coding[16] = 0;
  ASSERT_LT(stream.size(), kRows * kColumns);
  EXPECT_NE(refusalOf(stream).find("more precincts"), std::string::npos);
}

TEST(Jpeg2000, RefusesWhatIsNoStreamOrEndsEarly) {
  EXPECT_NE(refusalOf({}).find("no readable header"), std::string::npos);
  EXPECT_NE(refusalOf(Bytes(200, 0xFF)).find("no readable header"), std::string::npos);
  Bytes cut = encoded(OPJ_CODEC_J2K);
  cut.resize(cut.size() / 2);
  EXPECT_NE(refusalOf(cut).find("does not decode"), std::string::npos);
}

}  // namespace
}  // namespace remnant::dicom

#include "remnant/dicom/pixels.h"

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dcrlerp.h>
#include <dcmtk/dcmjpeg/djencode.h>
#include <dcmtk/dcmjpeg/djrplol.h>
#include <dcmtk/dcmjpeg/djrploss.h>
#include <dcmtk/dcmjpls/djencode.h>
#include <dcmtk/dcmjpls/djrparam.h>
#include <gtest/gtest.h>

#include "dicom/example_object.h"
#include "remnant/base/error.h"
#include "remnant/dicom/code_stream.h"
#include "support/temporary_folder.h"

namespace remnant::dicom {
namespace {

using testing::exampleFrames;
using testing::exampleObject;

constexpr Tag kBitsStored{0x0028, 0x0101};
constexpr Tag kHighBit{0x0028, 0x0102};
constexpr Tag kPixelRepresentation{0x0028, 0x0103};

/// Encoders are for tests alone; the program registers decoders only.
void registerEncoders() {
  static const bool once = [] {
    DcmRLEEncoderRegistration::registerCodecs();
    DJEncoderRegistration::registerCodecs();
    DJLSEncoderRegistration::registerCodecs();
    return true;
  }();
  static_cast<void>(once);
}

class Codecs : public ::testing::Test {
 protected:
  Codecs() { registerEncoders(); }

  /// Encodes by DCMTK, so that our reading is judged by another's writing.
  Object encoded(Object object, E_TransferSyntax syntax,
                 const DcmRepresentationParameter* parameter = nullptr) {
    DcmDataset& dataset = *object.dcmtkFile().getDataset();
    EXPECT_TRUE(dataset.chooseRepresentation(syntax, parameter).good());
    EXPECT_TRUE(object.dcmtkFile().saveFile((folder_ / "encoded.dcm").c_str(), syntax).good());
    return Object::read(folder_ / "encoded.dcm");
  }

  Object example(std::size_t frames = 3) {
    Object object = exampleObject();
    setPixels(object.dataset(), exampleFrames(frames, 20, 30));
    return object;
  }

  testing::TemporaryFolder folder_;
};

TEST_F(Codecs, LosslessEncodingsGiveBackEveryPixel) {
  const DJ_RPLossless jpegLossless;
  const DJLSRepresentationParameter jpegLs(0, OFTrue);
  const std::vector<image::Counts> frames = exampleFrames(3, 20, 30);
  EXPECT_EQ(decodePixels(encoded(example(), EXS_RLELossless))->frames, frames);
  EXPECT_EQ(decodePixels(encoded(example(), EXS_JPEGProcess14SV1, &jpegLossless))->frames, frames);
  EXPECT_EQ(decodePixels(encoded(example(), EXS_JPEGLSLossless, &jpegLs))->frames, frames);
  EXPECT_EQ(decodePixels(encoded(example(), EXS_BigEndianExplicit))->frames, frames);
  EXPECT_EQ(decodePixels(encoded(example(), EXS_LittleEndianImplicit))->frames, frames);
}

TEST_F(Codecs, SignedPixelsKeepTheirSign) {
  Object object = example(1);
  std::vector<Uint16> words(20 * 30);
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = static_cast<Uint16>(static_cast<int>(i) - 300);
  object.dcmtkFile().getDataset()->putAndInsertUint16Array(DCM_PixelData, words.data(), words.size());
  object.dataset().setIntegers(kPixelRepresentation, {1});
  const DJ_RPLossless jpegLossless;
  const DJLSRepresentationParameter jpegLs(0, OFTrue);
  object.write(folder_ / "native.dcm");
  for (const auto& [syntax, parameter] :
       {std::pair<E_TransferSyntax, const DcmRepresentationParameter*>{EXS_RLELossless, nullptr},
        {EXS_JPEGProcess14SV1, &jpegLossless},
        {EXS_JPEGLSLossless, &jpegLs}}) {
    const auto pixels = decodePixels(encoded(Object::read(folder_ / "native.dcm"), syntax, parameter));
    EXPECT_TRUE(pixels->isSigned);
    EXPECT_EQ(pixels->frames[0].pixels().front(), -300);
    EXPECT_EQ(pixels->frames[0].pixels().back(), 299);
  }
}

/// Splits the only code stream of an object into fragments of the given size.
void splitFragments(Object& object, std::size_t size) {
  DcmDataset& dataset = *object.dcmtkFile().getDataset();
  DcmElement* element = nullptr;
  dataset.findAndGetElement(DCM_PixelData, element);
  auto& pixels = dynamic_cast<DcmPixelData&>(*element);
  DcmPixelSequence* sequence = nullptr;
  pixels.getEncapsulatedRepresentation(dataset.getOriginalXfer(), nullptr, sequence);
  const Bytes whole = CodeStreams(*sequence, 1).frame(0);
  DcmPixelItem* only = nullptr;
  sequence->remove(only, 1);
  delete only;
  for (std::size_t start = 0; start < whole.size(); start += size) {
    auto* item = new DcmPixelItem(DcmTag(0xFFFE, 0xE000, EVR_OB));
    item->putUint8Array(&whole[start], std::min(size, whole.size() - start));
    sequence->insert(item);
  }
}

TEST_F(Codecs, AFrameInSeveralFragmentsIsTheSame) {
  const DJ_RPLossless jpegLossless;
  const DJLSRepresentationParameter jpegLs(0, OFTrue);
  for (const auto& [syntax, parameter] :
       {std::pair<E_TransferSyntax, const DcmRepresentationParameter*>{EXS_RLELossless, nullptr},
        {EXS_JPEGProcess14SV1, &jpegLossless},
        {EXS_JPEGLSLossless, &jpegLs}}) {
    Object object = encoded(example(1), syntax, parameter);
    splitFragments(object, 100);
    EXPECT_EQ(decodePixels(object)->frames, exampleFrames(1, 20, 30)) << DcmXfer(syntax).getXferName();
  }
}

TEST_F(Codecs, LossyEncodingsAreFlagged) {
  Object object = exampleObject();
  image::Counts ramp(16, 16);
  for (std::size_t i = 0; i < ramp.pixels().size(); ++i) ramp.pixels()[i] = static_cast<std::int32_t>(10 * i);
  setPixels(object.dataset(), {ramp});
  object.dataset().setIntegers(kBitsStored, {12});
  object.dataset().setIntegers(kHighBit, {11});
  object.write(folder_ / "native.dcm");
  const DJ_RPLossy lossy(90);
  const auto pixels = decodePixels(encoded(Object::read(folder_ / "native.dcm"), EXS_JPEGProcess2_4, &lossy));
  EXPECT_TRUE(pixels->lossy);
  // DCMTK's encoder stretches the grey scale first, so only the order of the values is known.
  EXPECT_LT(pixels->frames[0].at(0, 8), pixels->frames[0].at(8, 8));
  EXPECT_LT(pixels->frames[0].at(8, 8), pixels->frames[0].at(15, 8));
  // And where an object only says that it was lossy once.
  Object told = Object::read(folder_ / "native.dcm");
  EXPECT_FALSE(compressedWithLoss(told));
  told.dataset().setText({0x0028, 0x2110}, "01");
  EXPECT_TRUE(compressedWithLoss(told));
}

TEST_F(Codecs, RefusesACodeStreamOfAnotherSize) {
  const DJ_RPLossless jpegLossless;
  Object object = encoded(example(1), EXS_JPEGProcess14SV1, &jpegLossless);
  object.dataset().setIntegers({0x0028, 0x0010}, {40});
  try {
    decodePixels(object);
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), "bad-pixel-data");
  }
}

TEST(Pixels, AreAbsentWhereThereAreNone) {
  EXPECT_EQ(decodePixels(exampleObject()), std::nullopt);
}

TEST(Pixels, RefusesFewerBytesThanDeclared) {
  Object object = exampleObject();
  setPixels(object.dataset(), exampleFrames(2, 4, 4));
  object.dataset().setIntegers({0x0028, 0x0008}, {3});
  try {
    decodePixels(object);
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), "truncated-pixel-data");
    EXPECT_EQ(error.tag(), "(7fe0,0010)");
  }
}

TEST(Pixels, ReportsSaturationAndRescaleWithoutApplyingThem) {
  Object object = exampleObject();
  image::Counts counts(2, 2, 5);
  counts.at(0, 1) = counts.at(1, 1) = 65535;
  setPixels(object.dataset(), {counts});
  object.dataset().setText({0x0028, 0x1053}, "2");
  object.dataset().setText({0x0028, 0x1052}, "-1");
  const std::optional<Pixels> pixels = decodePixels(object);
  EXPECT_EQ(pixels->saturatedPixels, 2u);
  EXPECT_EQ(pixels->rescaleSlope, 2);
  EXPECT_EQ(pixels->rescaleIntercept, -1);
  EXPECT_EQ(pixels->frames[0], counts);
}

TEST(Pixels, RefusesCountsThatDoNotFit) {
  Object object = exampleObject();
  EXPECT_THROW(setPixels(object.dataset(), {image::Counts(2, 2, 65536)}), InputError);
  EXPECT_THROW(setPixels(object.dataset(), {image::Counts(2, 2, -1)}), InputError);
}

TEST(Pixels, VisitsFramesInOrderOneAtATime) {
  Object object = exampleObject();
  setPixels(object.dataset(), exampleFrames(3, 4, 4));
  std::vector<image::Counts> seen;
  const auto pixels = visitFrames(object, [&](std::size_t frame, image::Counts&& counts) {
    EXPECT_EQ(frame, seen.size());
    seen.push_back(std::move(counts));
  });
  EXPECT_EQ(seen, exampleFrames(3, 4, 4));
  EXPECT_TRUE(pixels->frames.empty());
}

}  // namespace
}  // namespace remnant::dicom

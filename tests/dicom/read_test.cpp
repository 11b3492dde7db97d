#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "dicom/example_object.h"
#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "support/temporary_folder.h"

namespace remnant::dicom {
namespace {

using testing::exampleFrames;
using testing::exampleObject;

constexpr Tag kDetectorSequence{0x0054, 0x0022};
constexpr Tag kPatientName{0x0010, 0x0010};

class Read : public ::testing::Test {
 protected:
  std::filesystem::path fileOf(const std::string& bytes) {
    const std::filesystem::path path = folder_ / "a.dcm";
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  std::string exampleBytes() {
    Object object = exampleObject();
    object.dataset().appendItem(kDetectorSequence).setNumbers({0x0054, 0x0200}, {180});
    setPixels(object.dataset(), exampleFrames(2, 8, 8));
    object.write(folder_ / "a.dcm");
    return readWholeFile(folder_ / "a.dcm");
  }

  /// The code of the refusal; empty where the file is read.
  std::string refusalOf(const std::string& bytes, const ReadLimits& limits = {}) {
    const std::filesystem::path path = fileOf(bytes);
    try {
      Object::read(path, limits);
    } catch (const InputError& error) {
      EXPECT_EQ(error.file(), path.string());
      return error.code();
    }
    return {};
  }

  testing::TemporaryFolder folder_;
};

/// Explicit VR little endian, as bytes: a header and then sequences of undefined length, one in the other.
std::string nestedBytes(unsigned depth) {
  std::string bytes(128, '\0');
  bytes += "DICM";
  // (0002,0000) UL 4, then (0002,0010) UI Explicit VR Little Endian: 8 + 20 bytes.
  bytes += std::string("\x02\0\0\0UL\x04\0\x1c\0\0\0", 12);
  bytes += std::string("\x02\0\x10\0UI\x14\0", 8) + std::string("1.2.840.10008.1.2.1\0", 20);
  const std::string sequence("\x54\0\x22\0SQ\0\0\xff\xff\xff\xff", 12);
  const std::string item("\xfe\xff\0\xe0\xff\xff\xff\xff", 8);
  const std::string itemEnd("\xfe\xff\x0d\xe0\0\0\0\0", 8);
  const std::string sequenceEnd("\xfe\xff\xdd\xe0\0\0\0\0", 8);
  for (unsigned i = 0; i < depth; ++i) bytes += sequence + item;
  for (unsigned i = 0; i < depth; ++i) bytes += itemEnd + sequenceEnd;
  return bytes;
}

TEST_F(Read, RefusesWhatIsNotThereOrNotDicom) {
  EXPECT_THROW(Object::read(folder_ / "none.dcm"), InputError);
  EXPECT_EQ(refusalOf(""), "not-dicom");
  EXPECT_EQ(refusalOf("# A text\n" + std::string(500, 'x')), "not-dicom");
  EXPECT_EQ(refusalOf("\x89PNG\r\n\x1a\n" + std::string(500, '\0')), "not-dicom");
}

TEST_F(Read, RefusesAFileCutOff) {
  const std::string whole = exampleBytes();
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    const std::string code = refusalOf(whole.substr(0, size));
    // A cut between two elements leaves an object; anywhere else the loss is told.
    if (code.empty()) {
      EXPECT_EQ(decodePixels(Object::read(folder_ / "a.dcm")), std::nullopt) << "cut at " << size;
    } else {
      EXPECT_TRUE(code == "truncated" || code == "not-dicom" || code == "malformed")
          << code << " at " << size;
    }
  }
}

TEST_F(Read, RefusesSequencesNestedTooDeeply) {
  EXPECT_EQ(refusalOf(nestedBytes(32)), "");
  EXPECT_EQ(refusalOf(nestedBytes(33)), "over-limit");
  // Far deeper than the stack could bear.
  EXPECT_EQ(refusalOf(nestedBytes(200'000)), "over-limit");
}

TEST_F(Read, RefusesAFileOrHeaderThatIsTooLarge) {
  const std::string whole = exampleBytes();
  ReadLimits smallFile;
  smallFile.fileBytes = whole.size() - 1;
  EXPECT_EQ(refusalOf(whole, smallFile), "over-limit");
  ReadLimits smallHeader;
  smallHeader.headerBytes = 200;
  EXPECT_EQ(refusalOf(whole, smallHeader), "over-limit");
  EXPECT_EQ(refusalOf(whole), "");
}

TEST_F(Read, RefusesAValueLongerThanTheFile) {
  std::string bytes = exampleBytes();
  const std::string pixelData("\xe0\x7f\x10\0OW\0\0", 8);
  const std::size_t place = bytes.find(pixelData);
  ASSERT_NE(place, std::string::npos);
  bytes.replace(place + 8, 4, std::string("\xf0\xff\xff\xbf", 4));  // 3 GiB
  EXPECT_EQ(refusalOf(bytes), "truncated");
}

TEST_F(Read, RefusesDeflatedData) {
  std::string bytes = exampleBytes();
  const std::string plain("1.2.840.10008.1.2.1\0", 20);
  const std::size_t place = bytes.find(plain);
  ASSERT_NE(place, std::string::npos);
  bytes.replace(place - 2, 2, std::string("\x16\0", 2));
  bytes.replace(place, plain.size(), "1.2.840.10008.1.2.1.99");
  bytes[140] = static_cast<char>(bytes[140] + 2);  // the group length of the meta header
  EXPECT_EQ(refusalOf(bytes), "unsupported-transfer-syntax");
}

TEST_F(Read, ReadsAnObjectWithoutPreambleAndMetaHeader) {
  const std::string whole = exampleBytes();
  const std::size_t start = whole.find(std::string("\x08\0\x16\0UI", 6));
  ASSERT_NE(start, std::string::npos);
  const Object object = Object::read(fileOf(whole.substr(start)));
  EXPECT_EQ(decodePixels(object)->frames, exampleFrames(2, 8, 8));
}

TEST_F(Read, ReadsTextsThatWereWrittenAsUnknown) {
  Object object = exampleObject();
  object.dataset().setText(kPatientName, "Example^Ada!");
  object.write(folder_ / "a.dcm");
  std::string bytes = readWholeFile(folder_ / "a.dcm");
  const std::string known("\x10\0\x10\0PN\x0c\0", 8), unknown("\x10\0\x10\0UN\0\0\x0c\0\0\0", 12);
  const std::size_t place = bytes.find(known);
  ASSERT_NE(place, std::string::npos);
  bytes.replace(place, known.size(), unknown);
  EXPECT_EQ(Object::read(fileOf(bytes)).dataset().text(kPatientName), "Example^Ada!");
}

}  // namespace
}  // namespace remnant::dicom

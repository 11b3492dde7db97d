#include "remnant/dicom/character_set.h"

#include <gtest/gtest.h>

#include "dicom/example_object.h"

namespace remnant::dicom {
namespace {

using testing::exampleObject;

constexpr Tag kCharacterSet{0x0008, 0x0005};
constexpr Tag kSeriesDescription{0x0008, 0x103E};
constexpr Tag kDetectorSequence{0x0054, 0x0022};

TEST(CharacterSet, LatinOneBecomesUtf8) {
  Object object = exampleObject();
  object.dataset().setText(kCharacterSet, "ISO_IR 100");
  object.dataset().setText(kSeriesDescription,
                           "R\xDC"
                           "CKEN");  // U umlaut in ISO 8859-1
  EXPECT_EQ(object.dataset().utf8Text(kSeriesDescription), "RÜCKEN");
}

TEST(CharacterSet, ItemsFollowTheObjectAroundThem) {
  Object object = exampleObject();
  object.dataset().setText(kCharacterSet, "ISO_IR 144");
  Dataset item = object.dataset().appendItem(kDetectorSequence);
  item.setText(kSeriesDescription, "\xB7\xD0\xD4");  // ISO 8859-5
  EXPECT_EQ(item.utf8Text(kSeriesDescription), "Зад");
}

TEST(CharacterSet, BytesThatDoNotFitAreReplaced) {
  Object object = exampleObject();
  object.dataset().setText(kCharacterSet, "ISO_IR 192");
  object.dataset().setText(kSeriesDescription, "ANT\xFF\xC3");
  const std::string text = object.dataset().utf8Text(kSeriesDescription).value();
  EXPECT_EQ(text, validUtf8(text));
  EXPECT_TRUE(text.starts_with("ANT"));
}

TEST(ValidUtf8, KeepsWhatIsWellFormedAndReplacesEachBadByte) {
  EXPECT_EQ(validUtf8("aé€😀"), "aé€😀");
  EXPECT_EQ(validUtf8("\xC0\x80"), "\uFFFD\uFFFD");            // overlong
  EXPECT_EQ(validUtf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");  // surrogate
  EXPECT_EQ(validUtf8("a\xE2\x82"), "a\uFFFD\uFFFD");          // cut off
  EXPECT_EQ(validUtf8(""), "");
}

}  // namespace
}  // namespace remnant::dicom

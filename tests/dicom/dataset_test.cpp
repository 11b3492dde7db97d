#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dicom/example_object.h"
#include "remnant/base/error.h"

namespace remnant::dicom {
namespace {

using ::testing::ElementsAre;
using testing::exampleObject;
using ::testing::IsEmpty;

constexpr Tag kImageType{0x0008, 0x0008};
constexpr Tag kPixelSpacing{0x0028, 0x0030};
constexpr Tag kRows{0x0028, 0x0010};
constexpr Tag kFrames{0x0028, 0x0008};
constexpr Tag kFrameIncrementPointer{0x0028, 0x0009};
constexpr Tag kPatientName{0x0010, 0x0010};
constexpr Tag kImageComments{0x0020, 0x4000};
constexpr Tag kSmallestPixel{0x0028, 0x0106};
constexpr Tag kDetectorSequence{0x0054, 0x0022};
constexpr Tag kStartAngle{0x0054, 0x0200};

TEST(Dataset, TextHasValuesSplitAndTrimmed) {
  Object object = exampleObject();
  object.dataset().setText(kImageType, "ORIGINAL\\PRIMARY\\WHOLE BODY\\EMISSION");
  EXPECT_THAT(object.dataset().texts(kImageType),
              ElementsAre("ORIGINAL", "PRIMARY", "WHOLE BODY", "EMISSION"));
  EXPECT_EQ(object.dataset().text(kImageType), "ORIGINAL");
  object.dataset().setText(kPatientName, " Example ^Ada ");
  EXPECT_EQ(object.dataset().text(kPatientName), "Example ^Ada");
}

TEST(Dataset, EmptyAndAbsentAreBothUnknownButOneIsThere) {
  Object object = exampleObject();
  object.dataset().setText(kPatientName, "");
  EXPECT_TRUE(object.dataset().contains(kPatientName));
  EXPECT_EQ(object.dataset().text(kPatientName), std::nullopt);
  EXPECT_FALSE(object.dataset().contains(kRows));
  EXPECT_EQ(object.dataset().integer(kRows), std::nullopt);
  EXPECT_THAT(object.dataset().items(kDetectorSequence), IsEmpty());
}

TEST(Dataset, ABackslashInProseIsNoSeparator) {
  Object object = exampleObject();
  object.dataset().setText(kImageComments, "neck \\ thorax");
  EXPECT_THAT(object.dataset().texts(kImageComments), ElementsAre("neck \\ thorax"));
}

TEST(Dataset, NumbersComeFromTextAndBinaryValues) {
  Object object = exampleObject();
  object.dataset().setText(kPixelSpacing, "2.4\\+2.5 ");
  EXPECT_THAT(object.dataset().numbers(kPixelSpacing), ElementsAre(2.4, 2.5));
  object.dataset().setIntegers(kRows, {1024});
  EXPECT_EQ(object.dataset().integer(kRows), 1024);
  object.dataset().setTags(kFrameIncrementPointer, {{0x0054, 0x0010}, {0x0054, 0x0020}});
  EXPECT_THAT(object.dataset().texts(kFrameIncrementPointer), ElementsAre("(0054,0010)", "(0054,0020)"));
}

TEST(Dataset, ANumberThatIsNoneIsToldWithItsTag) {
  Object object = exampleObject();
  object.dataset().setText(kFrames, "1A");
  try {
    object.dataset().integer(kFrames);
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), "bad-value");
    EXPECT_EQ(error.tag(), "(0028,0008)");
    EXPECT_NE(std::string(error.what()).find("1A"), std::string::npos);
  }
  object.dataset().setText(kFrames, "2.5");
  EXPECT_THROW(object.dataset().integer(kFrames), InputError);
}

TEST(Dataset, DecimalStringsKeepToSixteenCharacters) {
  Object object = exampleObject();
  object.dataset().setNumbers(kPixelSpacing, {-1.0 / 3.0, 2.4});
  const std::vector<std::string> texts = object.dataset().texts(kPixelSpacing);
  EXPECT_LE(texts.at(0).size(), 16u);
  EXPECT_EQ(texts.at(1), "2.4");
  EXPECT_NEAR(object.dataset().numbers(kPixelSpacing).at(0), -1.0 / 3.0, 1e-12);
}

TEST(Dataset, SmallestPixelValueFollowsThePixelRepresentation) {
  Object object = exampleObject();
  object.dataset().setIntegers({0x0028, 0x0103}, {1});
  object.dataset().setIntegers(kSmallestPixel, {-3});
  EXPECT_EQ(object.dataset().integer(kSmallestPixel), -3);
}

TEST(Dataset, ItemsAreInTheOrderOfAppending) {
  Object object = exampleObject();
  for (const double angle : {180.0, 0.0})
    object.dataset().appendItem(kDetectorSequence).setNumbers(kStartAngle, {angle});
  const std::vector<Dataset> items = object.dataset().items(kDetectorSequence);
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].number(kStartAngle), 180.0);
  EXPECT_EQ(items[1].number(kStartAngle), 0.0);
}

TEST(Dataset, ASequenceCanBeEmpty) {
  Object object = exampleObject();
  object.dataset().setEmptySequence(kDetectorSequence);
  EXPECT_TRUE(object.dataset().contains(kDetectorSequence));
  EXPECT_THAT(object.dataset().items(kDetectorSequence), IsEmpty());
  object.dataset().remove(kDetectorSequence);
  EXPECT_FALSE(object.dataset().contains(kDetectorSequence));
}

TEST(Dataset, PrivateAttributesCarryTheirCreator) {
  Object object = exampleObject();
  object.dataset().setPrivateText({0x0033, 0x1032}, "SIEMENS MED NM", "LO", "Solid");
  EXPECT_EQ(object.dataset().text({0x0033, 0x0010}), "SIEMENS MED NM");
  EXPECT_EQ(object.dataset().text({0x0033, 0x1032}), "Solid");
}

TEST(Dataset, BinaryValuesHaveNoText) {
  Object object = exampleObject();
  object.dataset().setPrivateText({0x0033, 0x1040}, "ANY", "UN", std::string("\0\1\2\3", 4));
  setPixels(object.dataset(), testing::exampleFrames(1, 2, 2));
  EXPECT_EQ(object.dataset().text({0x0033, 0x1040}), std::nullopt);
  EXPECT_EQ(object.dataset().text({0x7FE0, 0x0010}), std::nullopt);
  EXPECT_THAT(object.dataset().numbers({0x7FE0, 0x0010}), IsEmpty());
}

}  // namespace
}  // namespace remnant::dicom

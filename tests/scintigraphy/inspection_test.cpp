#include "remnant/scintigraphy/inspection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "remnant/base/error.h"
#include "scintigraphy/example_nm.h"
#include "support/temporary_folder.h"

namespace remnant::scintigraphy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::nmObject;

dicom::Object withPixels(const std::vector<image::Counts>& frames) {
  dicom::Object object = nmObject("STATIC", 1);
  setPixels(object.dataset(), frames);
  return object;
}

TEST(Inspection, SumsTheCountsOfEachFrame) {
  const Inspection inspection = inspectObject(withPixels({image::Counts(4, 5, 2), image::Counts(4, 5, 3)}));
  EXPECT_THAT(inspection.counts, ElementsAre(4 * 5 * 2, 4 * 5 * 3));
}

TEST(Inspection, TellsWhereCountsAccumulatedIsWrong) {
  dicom::Object object = withPixels({image::Counts(4, 5, 2)});
  object.dataset().setIntegers({0x0018, 0x0070}, {40});
  EXPECT_TRUE(inspectObject(object).object.warnings.empty());
  object.dataset().setIntegers({0x0018, 0x0070}, {41});
  EXPECT_THAT(inspectObject(object).object.warnings,
              ElementsAre(HasSubstr("says 41, but the pixels sum to 40")));
}

TEST(Inspection, LossyPixelsAreNotCounts) {
  dicom::Object object = withPixels({image::Counts(4, 5, 2)});
  object.dataset().setText({0x0028, 0x2110}, "01");
  const Inspection inspection = inspectObject(object);
  EXPECT_THAT(inspection.counts, ElementsAre(std::nullopt));
  EXPECT_THAT(inspection.object.warnings, ElementsAre(HasSubstr("not counts")));
}

TEST(Inspection, TellsSaturationAndRescale) {
  dicom::Object object = withPixels({image::Counts(2, 2, 65535)});
  object.dataset().setText({0x0028, 0x1053}, "2");
  EXPECT_THAT(inspectObject(object).object.warnings,
              ElementsAre(HasSubstr("4 pixels"), HasSubstr("rescale by 2")));
}

TEST(Inspection, AnObjectWithoutPixelsHasFramesWithoutCounts) {
  const Inspection inspection = inspectObject(nmObject("STATIC", 2));
  EXPECT_THAT(inspection.counts, ElementsAre(std::nullopt, std::nullopt));
}

TEST(Inspection, NamesTheFileThatCannotBeRead) {
  const testing::TemporaryFolder folder;
  try {
    inspectFile(folder / "none.dcm");
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_EQ(error.file(), (folder / "none.dcm").string());
  }
}

}  // namespace
}  // namespace remnant::scintigraphy

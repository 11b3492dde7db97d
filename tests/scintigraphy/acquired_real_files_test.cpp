#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "remnant/scintigraphy/acquired_study.h"
#include "support/refusal_code.h"
#include "support/shared_folder.h"

namespace remnant::scintigraphy {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

std::filesystem::path realFile(const std::string& name) {
  return testing::sharedFolder() / "nm" / (name + ".dcm");
}

AcquiredStudy realStudy(const std::string& name) {
  return readStudies({realFile(name)}).at(0);
}

TEST(RealStudies, SiemensWholeBody) {
  REMNANT_REQUIRE_SHARED("nm");
  const AcquiredStudy study = realStudy("siemens_wholebody_ant_post_tc99m");
  EXPECT_EQ(study.radionuclide, "Tc-99m");
  EXPECT_EQ(study.doseMBq, 764);
  const AcquiredObject& object = study.objects.at(0);
  EXPECT_EQ(object.acquisition, Acquisition::kWholeBody);
  EXPECT_NEAR(object.pixelMm, 2.3976, 1e-4);
  ASSERT_EQ(object.frames.size(), 2U);
  EXPECT_EQ(object.frames[0].angleDegrees, 0);
  EXPECT_EQ(object.frames[1].angleDegrees, 180);
  EXPECT_NEAR(object.frames[0].radialPositionMm.value(), 169.8, 1e-3);
  EXPECT_EQ(sumOf(object.frames[0].counts), 1655650);
  // 265.485 s at 8.3333 mm/s are 2212.4 mm, 392.4 mm more than the 1820 mm that were swept.
  EXPECT_NEAR(object.frames[0].exposureSeconds, 265.485 - 1820 / 8.3333333333333, 1e-6);
  EXPECT_EQ(object.durationSeconds, 265.485);
  EXPECT_THAT(study.warnings, Contains(HasSubstr("392 mm")));
  EXPECT_FALSE(object.frames[0].place);
}

TEST(RealStudies, SiemensCalibrationSourcesAreOneStudyEach) {
  REMNANT_REQUIRE_SHARED("nm");
  const AcquiredStudy background = realStudy("siemens_i131_background_two_heads");
  EXPECT_EQ(background.radionuclide, "I-131");
  EXPECT_EQ(background.doseMBq, std::nullopt);
  const AcquiredObject& object = background.objects.at(0);
  ASSERT_EQ(object.frames.size(), 2U);
  EXPECT_NEAR(object.frames[1].exposureSeconds, 299.994, 1e-9);
  EXPECT_EQ(sumOf(object.frames[0].counts), 5855);
  EXPECT_EQ(sumOf(object.frames[1].counts), 4693);
  EXPECT_TRUE(std::isnan(object.frames[0].angleDegrees));  // both heads are said to stand at 198 degrees
  EXPECT_EQ(object.frames[0].radialPositionMm, std::nullopt);
  EXPECT_NEAR(object.frames[0].window.lowerKeV, 339.7525, 1e-4);
  const auto all = readStudies({realFile("siemens_i131_petri_dish"), realFile("siemens_i131_syringe")});
  std::size_t objects = 0;
  for (const AcquiredStudy& study : all) objects += study.objects.size();
  EXPECT_EQ(objects, 2U);
}

TEST(RealStudies, MedisoDynamic) {
  REMNANT_REQUIRE_SHARED("nm");
  const AcquiredStudy study = realStudy("mediso_dynamic_wrong_counts_accumulated");
  const AcquiredObject& object = study.objects.at(0);
  ASSERT_EQ(object.frames.size(), 24U);
  EXPECT_EQ(object.frames[23].startsAfterSeconds, 23);
  EXPECT_EQ(object.durationSeconds, 24);
  EXPECT_EQ(sumOf(object.frames[23].counts), 557);
}

TEST(RealStudies, ThoseWithoutCountsAreRefusedWithTheReason) {
  REMNANT_REQUIRE_SHARED("nm");
  for (const char* name : {"siemens_tomo_two_windows_no_pixels", "mediso_recon_tomo", "ge_wholebody_jply"})
    EXPECT_EQ(testing::refusalCodeOf([&] { realStudy(name); }), "not-a-study") << name;
}

}  // namespace
}  // namespace remnant::scintigraphy

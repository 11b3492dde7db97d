#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "remnant/scintigraphy/inspection.h"
#include "support/shared_folder.h"

namespace remnant::scintigraphy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Inspection inspected(const std::string& name) {
  return inspectFile(testing::sharedFolder() / "nm" / (name + ".dcm"));
}

TEST(RealFiles, SiemensWholeBodyIsAnteriorAndPosterior) {
  REMNANT_REQUIRE_SHARED("nm");
  const Inspection inspection = inspected("siemens_wholebody_ant_post_tc99m");
  const NmObject& object = inspection.object;
  EXPECT_EQ(object.acquisition, Acquisition::kWholeBody);
  EXPECT_EQ(object.radionuclide, "Tc-99m");
  EXPECT_EQ(object.doseMBq, 764);
  EXPECT_EQ(object.patientPosition, "FFS");
  EXPECT_EQ(object.countsAccumulatedTag, std::nullopt);
  EXPECT_EQ(object.frames[0].view.view, View::kAnterior);   // named R VENTRAL L FRUEH
  EXPECT_EQ(object.frames[1].view.view, View::kPosterior);  // named L DORSAL R FRUEH
  EXPECT_EQ(object.frames[0].durationMs, 265485);
  EXPECT_NEAR(object.frames[0].windows.at(0).lowerKeV, 129.03, 0.01);
  EXPECT_THAT(inspection.counts, ElementsAre(1655650, 1343424));
}

TEST(RealFiles, SiemensTomoHasTwoWindowsAndTwoDetectors) {
  REMNANT_REQUIRE_SHARED("nm");
  const NmObject object = inspected("siemens_tomo_two_windows_no_pixels").object;
  ASSERT_EQ(object.frames.size(), 68u);
  EXPECT_EQ(object.acquisition, Acquisition::kTomo);
  // 17 angles for each of two detectors, in the photopeak and then in the lower scatter window.
  EXPECT_EQ(object.frames[17].detector, 2);
  EXPECT_EQ(object.frames[17].angularView, 1);
  EXPECT_EQ(object.frames[33].energyWindow, 1);
  EXPECT_EQ(object.frames[34].energyWindow, 2);
  EXPECT_NEAR(object.frames[34].windows.at(0).upperKeV, 129.13, 0.01);
  EXPECT_EQ(object.frames[0].durationMs, 14695);
  EXPECT_EQ(object.frames[0].angleDegrees, 239);
  EXPECT_NEAR(object.frames[16].angleDegrees.value(), 239 - 16 * 104.0 / 17,
              0.001);  // an arc of 104 in 17 steps
}

TEST(RealFiles, SiemensCalibrationObjectsAreIodineAndUnknownOfView) {
  REMNANT_REQUIRE_SHARED("nm");
  for (const char* name : {"siemens_i131_petri_dish", "siemens_i131_background_two_heads"}) {
    const NmObject object = inspected(name).object;
    EXPECT_EQ(object.radionuclide, "I-131") << name;
    EXPECT_EQ(object.acquisition, Acquisition::kStatic) << name;
    for (const FrameMeaning& frame : object.frames) EXPECT_EQ(frame.view.view, View::kUnknown) << name;
  }
  EXPECT_EQ(inspected("siemens_i131_syringe").object.frames[0].durationMs, 299994);
}

TEST(RealFiles, MedisoCountsAccumulatedIsFoundWrongWhereItIs) {
  REMNANT_REQUIRE_SHARED("nm");
  EXPECT_THAT(inspected("mediso_dynamic_wrong_counts_accumulated").object.warnings,
              ElementsAre(HasSubstr("says 159846, but the pixels sum to 4720493")));
  for (const char* name : {"mediso_flood_intrinsic", "mediso_four_bar_lehr", "mediso_line_source_lehr"})
    EXPECT_THAT(inspected(name).object.warnings, IsEmpty()) << name;
}

TEST(RealFiles, MedisoDynamicAndReconstruction) {
  REMNANT_REQUIRE_SHARED("nm");
  const NmObject dynamic = inspected("mediso_dynamic_wrong_counts_accumulated").object;
  EXPECT_EQ(dynamic.acquisition, Acquisition::kDynamic);
  EXPECT_EQ(dynamic.frames.at(23).timeSlice, 24);
  EXPECT_EQ(dynamic.frames.at(23).durationMs, 1000);
  const NmObject reconstruction = inspected("mediso_recon_tomo").object;
  EXPECT_EQ(reconstruction.acquisition, Acquisition::kReconTomo);
  EXPECT_EQ(reconstruction.frames.at(63).slice, 64);
  EXPECT_EQ(inspected("mediso_four_bar_lehr").object.frames[0].view.evidence, "image ID 'POSTERIOR'");
}

/// As dcmdump shows them.
TEST(RealFiles, TellTheirCamerasCollimatorsAndTimes) {
  REMNANT_REQUIRE_SHARED("nm");
  const Inspection mediso = inspected("mediso_dynamic_wrong_counts_accumulated");
  EXPECT_EQ(mediso.object.serialNumber, "DV000010-001");
  EXPECT_EQ(mediso.object.start, parseDateTime("20140626141127"));
  EXPECT_EQ(mediso.durationSeconds, 24);  // slices of a second
  EXPECT_EQ(mediso.object.frames.at(5).collimatorName, "INTR");
  const Inspection wholeBody = inspected("siemens_wholebody_ant_post_tc99m");
  EXPECT_EQ(wholeBody.object.serialNumber, "");
  EXPECT_EQ(wholeBody.object.start, parseDateTime("20220224102217.363"));
  EXPECT_EQ(wholeBody.durationSeconds, 265.485);
  EXPECT_EQ(wholeBody.object.frames.at(0).collimatorName, "@18893971");
  EXPECT_EQ(wholeBody.object.frames.at(1).collimatorName, "@18893973");
  EXPECT_EQ(wholeBody.object.frames.at(1).collimatorType, "PARA");
  EXPECT_NEAR(inspected("siemens_tomo_two_windows_no_pixels").durationSeconds.value(), 17 * 14.695, 1e-6);
  EXPECT_EQ(inspected("mediso_recon_tomo").durationSeconds, std::nullopt);
}

TEST(RealFiles, GeSecondaryCapturesAreNm) {
  REMNANT_REQUIRE_SHARED("nm");
  const Inspection inspection = inspected("ge_wholebody_jpll");
  EXPECT_EQ(inspection.object.acquisition, Acquisition::kWholeBody);
  EXPECT_EQ(inspection.object.patientPosition, "HFS");
  EXPECT_EQ(inspection.object.radionuclide, "");
  EXPECT_EQ(inspection.object.frames[0].view.view, View::kUnknown);
  EXPECT_THAT(inspection.counts, ElementsAre(3596452));
  EXPECT_THAT(inspected("ge_wholebody_jply").counts, ElementsAre(std::nullopt));
}

}  // namespace
}  // namespace remnant::scintigraphy

// Every kind of acquisition that nm_writer.h can write, judged by dciodvfy and understood by our reader.

#include <gtest/gtest.h>

#include "scintigraphy/dicom_check.h"
#include "scintigraphy/example_acquisition.h"
#include "support/temporary_folder.h"

namespace remnant::scintigraphy {
namespace {

struct Kind {
  const char* name;
  NmDescription (*description)();
  std::size_t rows, columns;
};

class WriteKinds : public ::testing::TestWithParam<Kind> {};

TEST_P(WriteKinds, IsSoundDicom) {
  REMNANT_REQUIRE_DCIODVFY();
  const testing::TemporaryFolder folder;
  const NmDescription description = GetParam().description();
  writeNm(description, testing::examplePictures(description, GetParam().rows, GetParam().columns))
      .write(folder / "a.dcm");
  EXPECT_EQ(testing::errorsIn(folder / "a.dcm"), "");
}

TEST_P(WriteKinds, IsUnderstood) {
  const NmDescription description = GetParam().description();
  const NmObject object = interpret(writeNm(description, testing::examplePictures(description)));
  EXPECT_EQ(object.acquisition, description.acquisition);
  EXPECT_TRUE(object.warnings.empty()) << object.warnings.front();
  ASSERT_EQ(object.frames.size(), description.frames.size());
  for (std::size_t i = 0; i < object.frames.size(); ++i) {
    const NmFrame& written = description.frames[i];
    EXPECT_EQ(object.frames[i].detector, written.detector);
    EXPECT_EQ(object.frames[i].energyWindow, written.energyWindow);
    EXPECT_EQ(object.frames[i].durationMs, description.frameDurationMs);
    EXPECT_EQ(object.frames[i].windows.at(0),
              description.energyWindows[static_cast<std::size_t>(written.energyWindow - 1)].limits);
  }
}

TEST(DicomCheck, SeesWhatIsMissing) {
  REMNANT_REQUIRE_DCIODVFY();
  const testing::TemporaryFolder folder;
  const NmDescription description = testing::exampleTomo();
  dicom::Object object = writeNm(description, testing::examplePictures(description));
  object.dataset().remove({0x0054, 0x0052});
  object.write(folder / "a.dcm");
  EXPECT_NE(testing::errorsIn(folder / "a.dcm"), "");
}

INSTANTIATE_TEST_SUITE_P(All, WriteKinds,
                         ::testing::Values(Kind{"Static", testing::exampleStatic, 256, 256},
                                           Kind{"Lateral", testing::exampleLateral, 128, 128},
                                           Kind{"WholeBody", testing::exampleSweep, 1024, 256},
                                           Kind{"Dynamic", testing::exampleDynamic, 64, 64},
                                           Kind{"Tomo", testing::exampleTomo, 64, 64}),
                         [](const auto& kind) { return kind.param.name; });

TEST(WriteNm, LateralViewIsTold) {
  const NmDescription description = testing::exampleLateral();
  const NmObject object = interpret(writeNm(description, testing::examplePictures(description)));
  EXPECT_EQ(object.frames.at(0).view.view, View::kLeftLateral);
  EXPECT_EQ(object.frames.at(0).angleDegrees, 90);
}

TEST(WriteNm, DynamicCountsItsTimeSlices) {
  const NmDescription description = testing::exampleDynamic();
  const NmObject object = interpret(writeNm(description, testing::examplePictures(description)));
  EXPECT_EQ(object.frames.at(0).timeSlice, 1);
  EXPECT_EQ(object.frames.at(29).timeSlice, 30);
  EXPECT_EQ(object.frames.at(30).timeSlice, 1);  // the second window begins
  EXPECT_EQ(object.frames.at(30).phase, 1);
}

TEST(WriteNm, TomoTurnsClockwiseFromEachHeadsStart) {
  const NmDescription description = testing::exampleTomo();
  const NmObject object = interpret(writeNm(description, testing::examplePictures(description)));
  EXPECT_EQ(object.frames.at(0).angleDegrees, 180);
  EXPECT_EQ(object.frames.at(29).angleDegrees, 180 - 29 * 6);
  EXPECT_EQ(object.frames.at(60).angleDegrees, 0);
  EXPECT_EQ(object.frames.at(61).angleDegrees, 354);
}

TEST(WriteNm, OrientationFollowsTheStartAngle) {
  // The Siemens TOMO object of ../shared/nm has rows along (0.5150, -0.8572, 0) at a start angle of 239.
  NmDescription description = testing::exampleTomo();
  description.detectors[0].startAngleDegrees = 239;
  const dicom::Object object = writeNm(description, testing::examplePictures(description));
  const auto detector = object.dataset().items({0x0054, 0x0022}).at(0);
  const std::vector<double> cosines = detector.numbers({0x0020, 0x0037});
  ASSERT_EQ(cosines.size(), 6U);
  EXPECT_NEAR(cosines[0], 0.51503797541176, 1e-6);
  EXPECT_NEAR(cosines[1], -0.8571673604867, 1e-6);
  EXPECT_EQ(cosines[5], -1);
  EXPECT_EQ(detector.numbers({0x0020, 0x0032}), (std::vector<double>{-150, -190, -50}));
}

TEST(WriteNm, LeavesASumEmptyThatAnIntegerStringCannotHold) {
  // 30000 frames of 2 x 1 pixels at 65535 sum to 3.9e9, above 2^31 - 1.
  NmDescription description = testing::exampleDynamic();
  description.detectors.resize(1);
  description.energyWindows.resize(1);
  testing::setFrames(description, 30000);
  const std::vector<image::Counts> pictures(30000, image::Counts(2, 1, 65535));
  const dicom::Object object = writeNm(description, pictures);
  EXPECT_TRUE(object.dataset().contains({0x0018, 0x0070}));
  EXPECT_EQ(object.dataset().integer({0x0018, 0x0070}), std::nullopt);
}

}  // namespace
}  // namespace remnant::scintigraphy

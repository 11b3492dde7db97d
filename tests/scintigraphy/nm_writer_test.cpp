#include "remnant/scintigraphy/nm_writer.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "remnant/dicom/pixels.h"
#include "support/temporary_folder.h"

namespace remnant::scintigraphy {
namespace {

CivilTime timeAt(int hour) {
  return CivilTime(CivilDate(std::chrono::year(2020) / 3 / 4)) + std::chrono::hours(hour);
}

NmDescription wholeBody() {
  NmDescription description;
  description.sopInstanceUid = "2.25.11";
  description.frameOfReferenceUid = "2.25.12";
  description.start = timeAt(57);
  description.frameDurationMs = 1'200'400;
  description.scanVelocityMmPerSecond = 1.5;
  description.scanLengthMm = 1800;
  description.pixelSpacingMm = 2.4;
  description.patient = {"TEST^WRITER", "ID-1", CivilDate(std::chrono::year(1960) / 5 / 6), 'F', 59,
                         1.63,          61};
  description.study = {"2.25.13", "S1", "A1", "Study", "DOCTOR^TEST", timeAt(56)};
  description.series = {"2.25.14", 2, "Series", "Protocol", "WHOLEBODY", "OPERATOR^TEST", "READER^TEST"};
  description.equipment = {"Maker", "Model", "Serial", "Station", "Institution", "Address", "1"};
  description.radiopharmaceutical = {"Iodide", {"C-114B1", "SRT", "^131^Iodine"}, 111, timeAt(8)};
  description.energyWindows = {{"low", {300, 320}}, {"peak", {328, 400}}};
  description.detectors = {{"HE", 200, 180, 533, 387, {"R-10206", "SRT", "antero-posterior"}},
                           {"HE", 210, 0, 533, 387, {"R-10214", "SRT", "postero-anterior"}}};
  description.frames = {{1, 2}, {2, 2}, {1, 1}};
  return description;
}

std::vector<image::Counts> threeFrames() {
  return {image::Counts(5, 4, 7), image::Counts(5, 4, 300), image::Counts(5, 4, 65535)};
}

TEST(WriteNm, IsUnderstoodByTheReader) {
  const testing::TemporaryFolder folder;
  writeNm(wholeBody(), threeFrames()).write(folder / "a.dcm");
  const NmObject object = interpret(dicom::Object::read(folder / "a.dcm"));
  EXPECT_EQ(object.modality, "NM");
  EXPECT_EQ(object.acquisition, Acquisition::kWholeBody);
  EXPECT_EQ(object.radionuclide, "I-131");
  EXPECT_DOUBLE_EQ(object.doseMBq.value(), 111);
  EXPECT_EQ(object.patientPosition, "HFS");
  EXPECT_EQ(object.rows, 5U);
  EXPECT_EQ(object.columns, 4U);
  ASSERT_EQ(object.frames.size(), 3U);
  EXPECT_EQ(object.frames[0].view.view, View::kAnterior);
  EXPECT_EQ(object.frames[1].view.view, View::kPosterior);
  EXPECT_EQ(object.frames[2].view.view, View::kAnterior);
  EXPECT_EQ(object.frames[1].windows, (std::vector<EnergyWindow>{{328, 400}}));
  EXPECT_EQ(object.frames[2].windows, (std::vector<EnergyWindow>{{300, 320}}));
  EXPECT_EQ(object.frames[0].durationMs, 1'200'400);
  EXPECT_TRUE(object.warnings.empty()) << object.warnings.front();
}

TEST(WriteNm, KeepsTheCountsAndStatesTheirSum) {
  const dicom::Object object = writeNm(wholeBody(), threeFrames());
  const auto pixels = dicom::decodePixels(object);
  ASSERT_TRUE(pixels);
  EXPECT_EQ(pixels->frames, threeFrames());
  EXPECT_EQ(object.dataset().integer({0x0018, 0x0070}), 20 * (7 + 300 + 65535));
}

TEST(WriteNm, TellsTheTimeFromDoseToScan) {
  const dicom::Object object = writeNm(wholeBody(), threeFrames());
  const auto doses = object.dataset().items({0x0054, 0x0016});
  ASSERT_EQ(doses.size(), 1U);
  const auto given = parseDateTime(doses[0].text({0x0018, 0x1078}).value());
  ASSERT_TRUE(given);
  const auto date = parseDate(object.dataset().text({0x0008, 0x0022}).value());
  const auto time = parseTimeOfDay(object.dataset().text({0x0008, 0x0032}).value());
  ASSERT_TRUE(date && time);
  EXPECT_DOUBLE_EQ(hoursBetween(*given, CivilTime(*date) + *time), 49);
  EXPECT_EQ(doses[0].text({0x0018, 0x1072}), "080000");
}

TEST(WriteNm, FeetFirstIsTold) {
  NmDescription description = wholeBody();
  description.headFirst = false;
  EXPECT_EQ(interpret(writeNm(description, threeFrames())).patientPosition, "FFS");
}

TEST(WriteNm, SameDescriptionGivesTheSameBytes) {
  const testing::TemporaryFolder folder;
  writeNm(wholeBody(), threeFrames()).write(folder / "a.dcm");
  writeNm(wholeBody(), threeFrames()).write(folder / "b.dcm");
  EXPECT_EQ(readWholeFile(folder / "a.dcm"), readWholeFile(folder / "b.dcm"));
}

TEST(WriteNm, RefusesWhatContradictsItself) {
  NmDescription description = wholeBody();
  EXPECT_THROW(writeNm(description, {}), ProgramError);
  description.frames[0].detector = 3;
  EXPECT_THROW(writeNm(description, threeFrames()), ProgramError);
  description = wholeBody();
  description.acquisition = Acquisition::kReconTomo;
  EXPECT_THROW(writeNm(description, threeFrames()), ProgramError);
  EXPECT_THROW(writeNm(wholeBody(), {image::Counts(5, 4, 65536), image::Counts(5, 4), image::Counts(5, 4)}),
               InputError);
}

}  // namespace
}  // namespace remnant::scintigraphy

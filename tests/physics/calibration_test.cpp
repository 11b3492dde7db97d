#include "remnant/physics/calibration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "support/temporary_folder.h"

namespace remnant::physics {
namespace {

Calibration exampleCalibration() {
  Calibration calibration;
  calibration.camera = "Siemens Symbia Intevo";
  calibration.serialNumber = "1234";
  calibration.sensitivities = {{1, "I-131", "Siemens HE", {328, 401}, 27.25, 0.031},
                               {2, "I-131", "Siemens HE", {308.46, 327.54}, 0.1 + 0.2, 0.05}};
  calibration.headGainRelativeUncertainty = 0.02;
  calibration.tailScale = 1.1;
  calibration.tailScaleUncertainty = 0.1;
  calibration.tableOpticalDepth = 0.05;
  calibration.tableOpticalDepthUncertainty = 0.01;
  calibration.deadTimeSeconds = 1.3e-6;
  calibration.deadTimeUncertaintySeconds = 1e-7;
  calibration.fullSpectrumFraction = 0.35;
  calibration.rayAngleDegrees = -15;
  return calibration;
}

/// The example's file with a part of its text replaced.
InputError refusalWith(const std::string& from, const std::string& to) {
  const testing::TemporaryFolder folder;
  const auto path = folder / "camera.json";
  writeCalibration(exampleCalibration(), path);
  std::string text = readWholeFile(path);
  const auto place = text.find(from);
  if (place == std::string::npos) throw std::runtime_error("no '" + from + "' in the file");
  writeWholeFile(path, text.replace(place, from.size(), to));
  try {
    readCalibration(path);
  } catch (const InputError& error) {
    return error;
  }
  ADD_FAILURE() << "accepted: " << text;
  return InputError("none", "none");
}

TEST(Calibration, ReadsBackWhatWasWritten) {
  const testing::TemporaryFolder folder;
  const Calibration written = exampleCalibration();
  writeCalibration(written, folder / "camera.json");
  const Calibration read = readCalibration(folder / "camera.json");
  EXPECT_EQ(read.camera, written.camera);
  EXPECT_EQ(read.serialNumber, written.serialNumber);
  EXPECT_EQ(read.headGainRelativeUncertainty, written.headGainRelativeUncertainty);
  EXPECT_EQ(read.tailScale, written.tailScale);
  EXPECT_EQ(read.tailScaleUncertainty, written.tailScaleUncertainty);
  EXPECT_EQ(read.tableOpticalDepth, written.tableOpticalDepth);
  EXPECT_EQ(read.tableOpticalDepthUncertainty, written.tableOpticalDepthUncertainty);
  EXPECT_EQ(read.deadTimeSeconds, written.deadTimeSeconds);
  EXPECT_EQ(read.deadTimeUncertaintySeconds, written.deadTimeUncertaintySeconds);
  EXPECT_EQ(read.fullSpectrumFraction, written.fullSpectrumFraction);
  EXPECT_EQ(read.rayAngleDegrees, written.rayAngleDegrees);
  ASSERT_EQ(read.sensitivities.size(), 2U);
  for (std::size_t index = 0; index < 2; ++index) {
    const HeadSensitivity &left = read.sensitivities[index], &right = written.sensitivities[index];
    EXPECT_EQ(left.head, right.head);
    EXPECT_EQ(left.nuclide, right.nuclide);
    EXPECT_EQ(left.collimator, right.collimator);
    EXPECT_EQ(left.window, right.window);
    EXPECT_EQ(left.coreCpsPerMBq, right.coreCpsPerMBq);
    EXPECT_EQ(left.relativeUncertainty, right.relativeUncertainty);
  }
}

TEST(Calibration, HoldsResolutionsWhereThereAreSome) {
  const testing::TemporaryFolder folder;
  Calibration written = exampleCalibration();
  writeCalibration(written, folder / "without.json");
  EXPECT_TRUE(readCalibration(folder / "without.json").resolutions.empty());
  written.resolutions = {{2, "Tc-99m", "Siemens LEHR", {126, 154}, "along", 100, 7.4, 0.05}};
  writeCalibration(written, folder / "with.json");
  const Calibration read = readCalibration(folder / "with.json");
  ASSERT_EQ(read.resolutions.size(), 1U);
  const HeadResolution& resolution = read.resolutions.front();
  EXPECT_EQ(resolution.head, 2);
  EXPECT_EQ(resolution.nuclide, "Tc-99m");
  EXPECT_EQ(resolution.collimator, "Siemens LEHR");
  EXPECT_EQ(resolution.window, (Window{126, 154}));
  EXPECT_EQ(resolution.direction, "along");
  EXPECT_EQ(resolution.distanceMm, 100);
  EXPECT_EQ(resolution.fwhmMm, 7.4);
  EXPECT_EQ(resolution.uncertaintyMm, 0.05);
}

TEST(Calibration, HoldsWhatObjectsCallACollimator) {
  const testing::TemporaryFolder folder;
  Calibration written = exampleCalibration();
  written.collimatorNames = {{"@1", "Siemens HE"}, {"@2", "Siemens HE"}};
  writeCalibration(written, folder / "camera.json");
  EXPECT_EQ(readCalibration(folder / "camera.json").collimatorNames, written.collimatorNames);
  EXPECT_EQ(refusalWith("{", "{\"collimatorNames\": {\"@1\": 3},").tag(), "collimatorNames.@1");
  EXPECT_EQ(refusalWith("{", "{\"collimatorNames\": [],").tag(), "collimatorNames");
}

TEST(Calibration, RefusesWhatCannotBeNamingFileAndKey) {
  const InputError error = refusalWith("\"deadTimeSeconds\": 1.3e-06", "\"deadTimeSeconds\": -1");
  EXPECT_EQ(error.code(), "bad-calibration");
  EXPECT_EQ(error.tag(), "deadTimeSeconds");
  EXPECT_THAT(error.file(), ::testing::HasSubstr("camera.json"));
  EXPECT_THAT(error.what(), ::testing::HasSubstr("from 0 to 1e-04"));
  EXPECT_EQ(refusalWith("\"head\": 1", "\"head\": 1.5").tag(), "sensitivities[0].head");
  EXPECT_EQ(refusalWith("\"coreCpsPerMBq\": 27.25", "\"coreCpsPerMBq\": 0").tag(),
            "sensitivities[0].coreCpsPerMBq");
  EXPECT_EQ(refusalWith("\"I-131\"", "\"I-130\"").tag(), "sensitivities[0].nuclide");
  EXPECT_EQ(refusalWith("328.0", "401.0").tag(), "sensitivities[0].windowKeV");
  EXPECT_EQ(refusalWith("\"camera\": \"Siemens Symbia Intevo\"", "\"camera\": 3").tag(), "camera");
}

/// Both came out of sources that contradict each other, or of a year that was wrong.
TEST(Calibration, WritesNothingThatCouldNotBeReadBack) {
  const testing::TemporaryFolder folder;
  const auto tagOf = [&](const Calibration& calibration) -> std::string {
    try {
      writeCalibration(calibration, folder / "camera.json");
    } catch (const InputError& error) {
      return error.tag();
    }
    return "written";
  };
  Calibration calibration = exampleCalibration();
  calibration.sensitivities[1].relativeUncertainty = 1.33;
  EXPECT_EQ(tagOf(calibration), "sensitivities[1].relativeUncertainty");
  calibration = exampleCalibration();
  calibration.sensitivities[0].coreCpsPerMBq = 1e-155;
  EXPECT_EQ(tagOf(calibration), "sensitivities[0].coreCpsPerMBq");
  EXPECT_FALSE(std::filesystem::exists(folder / "camera.json"));
}

TEST(Calibration, RefusesKeysThatAreMissingOrUnknown) {
  EXPECT_THAT(refusalWith("tailScale\"", "tailscale\"").what(), ::testing::HasSubstr("missing"));
  EXPECT_EQ(refusalWith("{", "{\"speed\": 1,").tag(), "speed");
  EXPECT_EQ(refusalWith("{", "").code(), "bad-calibration");
}

}  // namespace
}  // namespace remnant::physics

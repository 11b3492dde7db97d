#include "remnant/quantify/calibration_sources.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "support/temporary_folder.h"

namespace remnant::quantify {
namespace {

using ::testing::HasSubstr;

constexpr const char* kSources = R"(camera = "Siemens Symbia Intevo"
serialNumber = "1234"
collimator = "Siemens HE"
tailScale = 1.1
dayToDayRelativeSigma = 0.015
calibratorRelativeSigma = 0.025

[[window]]
lowerKeV = 300
upperKeV = 328

[[acquisition]]
name = "room"
file = "room.dcm"
kind = "background"
asymmetryRelativeSigma = 0.05

[[acquisition]]
name = "dish"
file = "dish.dcm"
kind = "dish"
nuclide = "I-131"
head = 2
background = "room"
distanceMm = 50
diameterMm = 90
liquidMm = 6
coverMm = 1.5
full = { activityMBq = 40, hoursBefore = 2.5 }
empty = { activityMBq = 1.5, time = "2012-10-02 16:40:00" }

[[acquisition]]
name = "phantom"
file = "dish.dcm"
kind = "extended"
distanceMm = 100
full = { activityMBq = 40, hoursBefore = 2 }

[[acquisition]]
name = "line"
file = "line.dcm"
kind = "line"
distanceMm = 100
profile = "along"
lineMm = 200

[[deadTime]]
low = "dish"
high = "phantom"
activityRatio = 4
activityRatioRelativeSigma = 0.01
)";

class SourcesFile {
 public:
  SourcesFile() {
    for (const char* name : {"room.dcm", "dish.dcm", "line.dcm"}) writeWholeFile(folder_ / name, "there");
  }
  CalibrationSources read(const std::string& text) const {
    writeWholeFile(folder_ / "sources.toml", text);
    return readCalibrationSources(folder_ / "sources.toml", physics::CameraLibrary::standard());
  }
  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }

  /// With a part of the text above replaced.
  InputError refusalWith(const std::string& from, const std::string& to) const {
    std::string text = kSources;
    const auto place = text.find(from);
    if (place == std::string::npos) throw std::runtime_error("no '" + from + "'");
    try {
      read(text.replace(place, from.size(), to));
    } catch (const InputError& error) {
      return error;
    }
    ADD_FAILURE() << "accepted: " << to;
    return InputError("none", "none");
  }

 private:
  testing::TemporaryFolder folder_;
};

TEST(CalibrationSources, AreReadAsWritten) {
  const SourcesFile file;
  const CalibrationSources sources = file.read(kSources);
  EXPECT_EQ(sources.calibration.camera, "Siemens Symbia Intevo");
  EXPECT_EQ(sources.calibration.serialNumber, "1234");
  EXPECT_EQ(sources.collimator, "Siemens HE");
  EXPECT_EQ(sources.config.tailScale.value, 1.1);
  EXPECT_EQ(sources.config.tailScale.sigma, CalibrateConfig().tailScale.sigma);
  EXPECT_EQ(sources.config.dayToDayRelativeSigma, 0.015);
  EXPECT_EQ(sources.calibration.deadTimeSeconds, 1e-6) << "the camera library's";
  EXPECT_EQ(sources.calibratorRelativeSigma, 0.025);
  ASSERT_EQ(sources.windows.size(), 1U);
  EXPECT_EQ(sources.windows.front(), (physics::Window{300, 328}));
  ASSERT_EQ(sources.entries.size(), 4U);
  EXPECT_EQ(sources.entries[0].kind, SourceKind::kBackground);
  EXPECT_EQ(sources.entries[0].asymmetryRelativeSigma, 0.05);
  EXPECT_EQ(sources.entries[0].line, 12);
  ASSERT_EQ(sources.deadTimePairs.size(), 1U);
  EXPECT_EQ(sources.deadTimePairs[0].ratio->sigma, 0.04);
}

TEST(CalibrationSources, HoldWhatStoodBeforeTheHead) {
  const SourcesFile file;
  const CalibrationSources sources = file.read(kSources);
  const SourceEntry& dish = *sources.entryNamed("dish");
  EXPECT_EQ(dish.file, file / "dish.dcm");
  EXPECT_EQ(dish.head, 2);
  EXPECT_EQ(dish.background, "room");
  EXPECT_EQ(dish.geometry.distanceMm, 50);
  EXPECT_EQ(dish.geometry.diameterMm, 90);
  EXPECT_EQ(dish.geometry.coverMm, 1.5);
  EXPECT_EQ(dish.wholePictureRadiusMm, 0);
  EXPECT_EQ(dish.full->hoursBefore, 2.5);
  EXPECT_EQ(dish.empty->time, parseDateTime("20121002164000"));
  // The disc of the camera's field of view, 533 x 387 mm.
  EXPECT_NEAR(sources.entryNamed("phantom")->wholePictureRadiusMm, std::sqrt(533 * 387 / std::numbers::pi),
              1e-9);
  const SourceEntry& line = *sources.entryNamed("line");
  EXPECT_EQ(line.profile.direction, ProfileDirection::kAlong);
  EXPECT_EQ(line.profile.lineMm, 200);
  EXPECT_FALSE(line.full.has_value());
}

struct Impossible {
  const char *from, *to, *key, *told;
};

TEST(CalibrationSources, AreRefusedWithFileLineKeyAndRange) {
  const SourcesFile file;
  const Impossible cases[] = {
      {"Siemens Symbia Intevo", "Anger 1958", "camera", "\"GE Infinia\""},
      {"Siemens HE", "GE HEGP", "collimator", "line 3: must be one of"},
      {"tailScale = 1.1", "tailScale = -1", "tailScale", "from 0 to 10"},
      {"upperKeV = 328", "upperKeV = 290", "window.upperKeV", "above lowerKeV"},
      {"\"room.dcm\"", "\"absent.dcm\"", "acquisition.file", "line 14: there is no such file"},
      {"\"dish\"\nfile", "\"room\"\nfile", "acquisition.name", "twice"},
      {"kind = \"dish\"", "kind = \"bowl\"", "acquisition.kind", "\"background\""},
      {"\"I-131\"", "\"I-132\"", "acquisition.nuclide", "\"Tc-99m\""},
      {"head = 2", "head = 0", "acquisition.head", "from 1 to 4"},
      {"background = \"room\"", "background = \"dish\"", "acquisition.background", "kind \"background\""},
      {"diameterMm = 90", "", "acquisition.diameterMm", "missing"},
      {"activityMBq = 40, hoursBefore = 2.5", "activityMBq = 0, hoursBefore = 2.5",
       "acquisition.full.activityMBq", "from 1e-06"},
      {"time = \"2012-10-02 16:40:00\"", "time = \"yesterday\"", "acquisition.empty.time", "2012-10-02"},
      {"time = \"2012-10-02 16:40:00\"", "time = \"2012-10-02\"", "acquisition.empty.time", "2012-10-02"},
      {"hoursBefore = 2.5", "hoursBefore = 2.5, time = \"2012-10-02 16:40:00\"", "acquisition.full.time",
       "not both"},
      {"lineMm = 200", "lineMm = 200\nfull = { activityMBq = 1, hoursBefore = 0 }", "acquisition.full",
       "means nothing here"},
      {"profile = \"along\"", "profile = \"askew\"", "acquisition.profile", "\"across\""},
      {"high = \"phantom\"", "high = \"dish\"", "deadTime.high", "another"},
      {"high = \"phantom\"", "high = \"room\"", "deadTime.high", "of a source"},
      {"activityRatio = 4\n", "activityRatio = 0.5\n", "deadTime.activityRatio", "from 1.01"},
  };
  for (const Impossible& impossible : cases) {
    const InputError error = file.refusalWith(impossible.from, impossible.to);
    EXPECT_EQ(error.code(), "bad-sources") << impossible.to;
    EXPECT_EQ(error.file(), (file / "sources.toml").string());
    EXPECT_EQ(error.tag(), impossible.key);
    EXPECT_THAT(error.what(), HasSubstr(impossible.told));
    EXPECT_THAT(error.what(), HasSubstr("line "));
  }
}

TEST(CalibrationSources, NeedARatioOfActivitiesOrBothActivities) {
  const InputError error = SourcesFile().refusalWith(
      "high = \"phantom\"\nactivityRatio = 4\nactivityRatioRelativeSigma = 0.01", "high = \"line\"");
  EXPECT_EQ(error.tag(), "deadTime.activityRatio");
}

}  // namespace
}  // namespace remnant::quantify

#include "remnant/quantify/calibrate_camera.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "quantify/simulated_sources.h"
#include "remnant/base/error.h"
#include "support/refusal_code.h"

namespace remnant::quantify {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::SimulatedCamera;
using testing::SimulatedSource;

constexpr const char* kCamera = R"(camera = "GE Infinia"
serialNumber = "Serial"
collimator = "GE HEGP"
)";

/// Between the heads, each 100 mm away.
std::string entry(const std::string& name, const std::string& kind, const std::string& more = "") {
  const std::string source = kind == "background" ? "" : "distanceMm = 100\nbackground = \"room\"\n";
  return "[[acquisition]]\nname = \"" + name + "\"\nfile = \"" + name + ".dcm\"\nkind = \"" + kind + "\"\n" +
         source + more + "\n";
}

std::string full(double activityMBq) {
  return "full = { activityMBq = " + std::to_string(activityMBq) + ", hoursBefore = 0 }\n";
}

const std::string kDish = "diameterMm = 60\nliquidMm = 5\n";

/// A layer of 5 mm: mean of exp(-0.0110 d) (1 + 0.002339 d), physics.md 2, by Simpson's rule.
double dishTransmission() {
  const auto through = [](double mm) { return std::exp(-0.0110 * mm) * (1 + 0.002339 * mm); };
  return (through(0) + 4 * through(2.5) + through(5)) / 6;
}

/// Pictures in a folder and what is written of them.
class Bench {
 public:
  SimulatedCamera camera;

  void take(const std::string& name, const SimulatedSource& source) {
    camera.write(source, ++seed_, folder_ / (name + ".dcm"));
  }
  CameraCalibration calibrated(const std::string& text) const {
    writeWholeFile(folder_ / "sources.toml", text);
    const auto& library = physics::CameraLibrary::standard();
    const CalibrationSources sources = readCalibrationSources(folder_ / "sources.toml", library);
    std::vector<std::string> warnings;
    CameraCalibration made = calibrateCamera(sources, readAcquiredSources(sources, warnings), library);
    EXPECT_THAT(warnings, IsEmpty());
    return made;
  }

 private:
  testing::TemporaryFolder folder_;
  std::uint64_t seed_ = 240;
};

/// The one in the calibration.
const CalibrationResult& used(const CameraCalibration& made, CalibrationQuantity quantity, int head,
                              const physics::Window& window = {328, 401}) {
  for (const CalibrationResult& result : made.results)
    if (result.quantity == quantity && result.used && result.head == head &&
        sameWindow(result.window, window))
      return result;
  throw std::runtime_error("no " + calibrationQuantityText(quantity) + " of head " + std::to_string(head));
}

const Estimate& estimateOf(const CalibrationResult& result) {
  return std::get<Estimate>(result.result);
}

void expectRecovered(const Estimate& estimate, double truth, double relative) {
  EXPECT_NEAR(estimate.value, truth, 2 * estimate.standardUncertainty());
  EXPECT_NEAR(estimate.value, truth, relative * truth);
}

/// Points of two activities and a dish.
CameraCalibration wholeCalibration(Bench& bench) {
  bench.take("room", {});
  bench.take("weak", {.activityMBq = 30});
  bench.take("strong", {.activityMBq = 150, .seconds = 60});
  bench.take("dish", {.activityMBq = 80, .diameterMm = 60, .transmission = dishTransmission()});
  return bench.calibrated(kCamera + entry("room", "background") +
                          entry("weak", "point", full(30) + "asymmetryRelativeSigma = 0.005\n") +
                          entry("strong", "point", full(150)) + entry("dish", "dish", kDish + full(80)) +
                          "[[deadTime]]\nlow = \"weak\"\nhigh = \"strong\"\n");
}

TEST(CalibrateCamera, FindsTheCameraThatTookThePictures) {
  Bench bench;
  const CameraCalibration made = wholeCalibration(bench);
  EXPECT_THAT(made.warnings, IsEmpty());
  EXPECT_FALSE(made.refusedSome());
  const Estimate& deadTime = estimateOf(used(made, CalibrationQuantity::kDeadTime, 0));
  EXPECT_NEAR(deadTime.value, 3e-6, 4 * deadTime.statistical);
  EXPECT_LT(deadTime.statistical, 0.5e-6);
  for (const int head : {1, 2}) {
    const double truth = bench.camera.coreCpsPerMBq.at(static_cast<std::size_t>(head) - 1);
    const CalibrationResult& sensitivity = used(made, CalibrationQuantity::kSensitivity, head);
    expectRecovered(estimateOf(sensitivity), truth, 0.01);
    EXPECT_EQ(sensitivity.degrees, 2);
    EXPECT_GT(sensitivity.probability, 0.001);
  }
  const Estimate& gain = estimateOf(used(made, CalibrationQuantity::kHeadGain, 2));
  EXPECT_NEAR(gain.value, 1.06, 4 * gain.statistical + 0.002);  // dead time and the room act on both
}

TEST(CalibrateCamera, WritesWhatItFound) {
  Bench bench;
  const CameraCalibration made = wholeCalibration(bench);
  ASSERT_TRUE(made.calibration.has_value());
  const physics::Calibration& calibration = *made.calibration;
  EXPECT_EQ(calibration.sensitivities.size(), 4U) << "two heads, two windows";
  EXPECT_EQ(calibration.deadTimeSeconds, estimateOf(used(made, CalibrationQuantity::kDeadTime, 0)).value);
  EXPECT_EQ(calibration.serialNumber, "Serial");
  for (const physics::HeadSensitivity& entry : calibration.sensitivities) {
    EXPECT_EQ(entry.collimator, "GE HEGP");
    EXPECT_GT(entry.relativeUncertainty, 0.03) << "at least the calibrator's";
  }
  // Points tell the resolution, both ways, of each head; what the pictures were blurred with.
  ASSERT_EQ(calibration.resolutions.size(), 8U);
  const double fwhmMm = 2.3548 * SimulatedCamera::response({328, 401}).sigmaMm(100);
  for (const physics::HeadResolution& resolution : calibration.resolutions)
    EXPECT_NEAR(resolution.fwhmMm / fwhmMm, resolution.direction == "across" ? 1.06 : 1.01,
                resolution.direction == "across" ? 0.06 : 0.02)
        << "the star's ray at 0 degrees widens it across";
}

/// The objects of these pictures call it "HE", which is no name of the camera library.
TEST(CalibrateCamera, KeepsWhatTheObjectsCallTheCollimator) {
  Bench bench;
  const CameraCalibration made = wholeCalibration(bench);
  ASSERT_TRUE(made.calibration.has_value());
  EXPECT_THAT(made.calibration->collimatorNames,
              ::testing::ElementsAre(std::pair<const std::string, std::string>("HE", "GE HEGP")));
}

/// The scatter window's counts are tails, whose uncertainty its sensitivity must therefore have.
TEST(CalibrateCamera, MeasuresTheScatterWindowToo) {
  Bench bench;
  const CameraCalibration made = wholeCalibration(bench);
  const physics::Window window{308.46, 327.54};
  const Estimate& estimate = estimateOf(used(made, CalibrationQuantity::kSensitivity, 1, window));
  const double truth = 25 * SimulatedCamera::response(window).coreCpsPerMBq /
                       SimulatedCamera::response({328, 401}).coreCpsPerMBq;
  expectRecovered(estimate, truth, 0.03);
  EXPECT_GT(estimate.systematic / estimate.value, 0.1);
}

TEST(CalibrateCamera, SaysWhereSourcesDisagree) {
  Bench bench;
  bench.take("room", {});
  bench.take("point", {.activityMBq = 30});
  bench.take("dish", {.activityMBq = 30, .diameterMm = 60, .transmission = dishTransmission()});
  const CameraCalibration made =
      bench.calibrated(kCamera + entry("room", "background") + entry("point", "point", full(30)) +
                       entry("dish", "dish", kDish + full(36)));
  EXPECT_THAT(made.warnings,
              Contains(HasSubstr("sensitivity of head 1, 328-401 keV: point and dish disagree")));
  const CalibrationResult& mean = used(made, CalibrationQuantity::kSensitivity, 1);
  EXPECT_LT(mean.probability, 0.001);
  for (const CalibrationResult& result : made.results) {
    if (result.used || result.head != 1 || !sameWindow(result.window, mean.window)) continue;
    EXPECT_GT(estimateOf(mean).systematic, 1.3 * estimateOf(result).systematic);
  }
}

/// A dish said to hold twice its activity is beyond what a wider uncertainty could tell.
TEST(CalibrateCamera, RefusesSourcesThatContradictEachOther) {
  Bench bench;
  bench.take("room", {});
  bench.take("point", {.activityMBq = 30});
  bench.take("dish", {.activityMBq = 30, .diameterMm = 60, .transmission = dishTransmission()});
  try {
    bench.calibrated(kCamera + entry("room", "background") + entry("point", "point", full(30)) +
                     entry("dish", "dish", kDish + full(60)));
    FAIL() << "accepted";
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), "sources-disagree");
    EXPECT_THAT(error.file(), HasSubstr("sources.toml"));
    EXPECT_THAT(error.what(), ::testing::ContainsRegex("point 2[0-9.]+ /s/MBq; dish 1[0-9.]+ /s/MBq"));
  }
}

/// The object starts at nine on 2020-03-04; 20 half-lives of 192.5 h are 160 days.
TEST(CalibrateCamera, RefusesReadingsOfAnotherYear) {
  Bench bench;
  bench.take("room", {});
  bench.take("point", {.activityMBq = 30});
  const auto refusalOf = [&](const std::string& when) -> std::string {
    try {
      bench.calibrated(kCamera + entry("room", "background") +
                       entry("point", "point", "full = { activityMBq = 30, " + when + " }\n"));
    } catch (const InputError& error) {
      return error.tag() + " " + error.what();
    }
    return "accepted";
  };
  const std::string future = refusalOf("time = \"2022-03-04 07:00:00\"");
  EXPECT_THAT(future, HasSubstr("acquisition.full.time"));
  EXPECT_THAT(future, HasSubstr("2022-03-04 07:00:00"));
  EXPECT_THAT(future, HasSubstr("2020-03-04 09:00:00"));
  EXPECT_THAT(refusalOf("hoursBefore = 4000"), HasSubstr("acquisition.full.hoursBefore"));
  EXPECT_EQ(refusalOf("hoursBefore = 3800"), "accepted");
}

/// One head saw the source; the room, the same on both sides, tells the other's gain.
TEST(CalibrateCamera, GivesTheOtherHeadAndWindowsTheirEntries) {
  Bench bench;
  bench.camera.windows = {{328, 401}};
  bench.take("point", {.activityMBq = 30, .heads = 1});
  bench.take("flood", {.activityMBq = 30, .diameterMm = 300});
  const std::string text = kCamera + entry("room", "background") +
                           entry("flood", "background", "asymmetryRelativeSigma = 0.02\n") +
                           entry("point", "point", full(30)) +
                           "[[window]]\nlowerKeV = 308.46\nupperKeV = 327.54\n";
  bench.take("room", {.heads = 1});
  const CameraCalibration made = bench.calibrated(text);
  const Estimate& first = estimateOf(used(made, CalibrationQuantity::kSensitivity, 1));
  const Estimate& second = estimateOf(used(made, CalibrationQuantity::kSensitivity, 2));
  expectRecovered(second, 26.5, 0.03);
  EXPECT_GT(second.systematic / second.value, first.systematic / first.value);
  EXPECT_THAT(second.method, HasSubstr("head 1 by the heads' gain"));
  const physics::Window scatter{308.46, 327.54};
  const double ratio =
      SimulatedCamera::response(scatter).coreCpsPerMBq / SimulatedCamera::response({328, 401}).coreCpsPerMBq;
  for (const int head : {1, 2})
    EXPECT_NEAR(estimateOf(used(made, CalibrationQuantity::kSensitivity, head, scatter)).value,
                ratio * (head == 1 ? first : second).value, 1e-9);
  EXPECT_EQ(made.calibration->sensitivities.size(), 4U);
}

TEST(CalibrateCamera, GivesNoCalibrationWithoutASensitivity) {
  Bench bench;
  bench.take("room", {});
  bench.take("empty", {});
  const CameraCalibration made =
      bench.calibrated(kCamera + entry("room", "background") + entry("empty", "dish", kDish + full(30)));
  EXPECT_FALSE(made.calibration.has_value());
  EXPECT_TRUE(made.refusedSome());
}

TEST(CalibrateCamera, RefusesABackgroundOfAnotherHead) {
  Bench bench;
  bench.take("room", {.heads = 1});
  bench.take("point", {.activityMBq = 30});
  const CameraCalibration made =
      bench.calibrated(kCamera + entry("room", "background") + entry("point", "point", full(30)));
  EXPECT_TRUE(made.calibration.has_value());
  const auto refused = std::find_if(made.results.begin(), made.results.end(), [](const auto& result) {
    return std::holds_alternative<Refusal>(result.result);
  });
  ASSERT_NE(refused, made.results.end());
  EXPECT_EQ(refused->head, 2);
  EXPECT_EQ(std::get<Refusal>(refused->result).code, "no-background");
}

/// Two hours from the reading to the start at nine: 2^(-2 / 192.5) of the activity.
TEST(CalibrateCamera, TakesTheHoursFromTheObjectsStart) {
  Bench bench;
  bench.take("room", {});
  bench.take("point", {.activityMBq = 30});
  const auto valueWith = [&](const std::string& when) {
    return estimateOf(
               used(bench.calibrated(kCamera + entry("room", "background") +
                                     entry("point", "point", "full = { activityMBq = 30, " + when + " }\n")),
                    CalibrationQuantity::kSensitivity, 1))
        .value;
  };
  EXPECT_NEAR(valueWith("time = \"2020-03-04 07:00:00\"") / valueWith("hoursBefore = 0"),
              std::exp2(2 / SimulatedCamera::nuclide().halfLifeHours), 1e-9);
}

TEST(CalibrateCamera, RefusesWhatContradictsTheObject) {
  Bench bench;
  bench.take("room", {});
  bench.take("point", {.activityMBq = 30});
  std::string sentence;
  const auto keyOf = [&](const std::string& camera, const std::string& more) -> std::string {
    try {
      bench.calibrated(camera + entry("room", "background") + entry("point", "point", more));
    } catch (const InputError& error) {
      sentence = error.what();
      return error.code() + " " + error.tag();
    }
    return "accepted";
  };
  EXPECT_EQ(keyOf("camera = \"GE Infinia\"\nserialNumber = \"Other\"\ncollimator = \"GE HEGP\"\n", full(30)),
            "bad-sources acquisition.file");
  EXPECT_EQ(keyOf("camera = \"GE Infinia\"\ncollimator = \"GE HEGP\"\n", full(30)),
            "bad-sources acquisition.file");
  EXPECT_THAT(sentence, HasSubstr("set serialNumber = \"Serial\""));
  EXPECT_THAT(sentence, HasSubstr("line 5:")) << "of the key; its table is in line 3";
  EXPECT_EQ(keyOf(kCamera, full(30) + "nuclide = \"Tc-99m\"\n"), "bad-sources acquisition.nuclide");
  EXPECT_EQ(keyOf(kCamera, full(30) + "head = 3\n"), "bad-sources acquisition.head");
  EXPECT_EQ(keyOf(kCamera, full(30) + "empty = { activityMBq = 31, hoursBefore = 0 }\n"),
            "bad-sources acquisition.empty.activityMBq");
}

}  // namespace
}  // namespace remnant::quantify

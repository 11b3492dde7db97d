#include "remnant/quantify/study_spect.h"

#include <numbers>

#include <gtest/gtest.h>

#include "quantify/acquired_scene.h"

namespace remnant::quantify {
namespace {

using scintigraphy::AcquiredFrame;
using scintigraphy::AcquiredObject;
using scintigraphy::AcquiredStudy;

constexpr double kAxisX = 7, kAxisY = -12, kRadiusMm = 180;

double radians(double degrees) {
  return degrees * std::numbers::pi / 180;
}

/// Two heads of 12 views about an axis that is not that of patient space, photopeak and both side windows.
AcquiredStudy tomographicStudy() {
  AcquiredStudy study = acquiredStudy();
  AcquiredObject object = study.objects[0];
  object.acquisition = scintigraphy::Acquisition::kTomo;
  object.frames.clear();
  for (const int head : {1, 2})
    for (int step = 0; step < 12; ++step)
      for (const scintigraphy::EnergyWindow window :
           {scintigraphy::EnergyWindow{328, 401}, {308.5, 327.5}, {402, 426}}) {
        const bool peak = window.lowerKeV == 328;
        AcquiredFrame frame = acquiredFrame(scintigraphy::View::kOblique, head, window,
                                            peak                    ? 50
                                            : window.lowerKeV < 328 ? 6
                                                                    : 2);
        frame.angleDegrees = 180.0 * (head - 1) + 15.0 * step;
        frame.exposureSeconds = 20;
        frame.startsAfterSeconds = 20.0 * step;
        const double angle = radians(frame.angleDegrees);
        frame.place = {kAxisX * std::cos(angle) + kAxisY * std::sin(angle) + 3, -40,
                       kRadiusMm + kAxisX * std::sin(angle) - kAxisY * std::cos(angle)};
        object.frames.push_back(frame);
      }
  study.objects.push_back(object);
  study.map = scintigraphy::AcquiredMap{
      image::Volume({.columns = 8, .rows = 8, .slices = 8, .voxelMm = 10, .corner = {-40, -40, -40}}, 0.011F),
      364.5};
  return study;
}

std::variant<TomographicStudy, Refusal> made(const AcquiredStudy& study) {
  physics::Calibration calibration = acquiredCalibration();
  calibration.sensitivities[1].coreCpsPerMBq = 1.1 * kPhotopeakCps;
  return *tomographyOf(study, calibration, physics::CameraLibrary::standard());
}

std::string refusalOf(const AcquiredStudy& study) {
  const auto result = made(study);
  const auto* refusal = std::get_if<Refusal>(&result);
  return refusal ? refusal->code : "none";
}

TEST(StudySpect, FindsTheAxisFromThePlacesOfTheViews) {
  const auto result = made(tomographicStudy());
  ASSERT_TRUE(std::holds_alternative<TomographicStudy>(result)) << std::get<Refusal>(result).sentence;
  const TomographicProblem& problem = std::get<TomographicStudy>(result).problem;
  ASSERT_EQ(problem.views.size(), 24U);
  EXPECT_NEAR(problem.picture.centreU, 3, 1e-9);
  for (const TomographicView& view : problem.views) {
    EXPECT_NEAR(view.head.axisX, kAxisX, 1e-9);
    EXPECT_NEAR(view.head.axisY, kAxisY, 1e-9);
    EXPECT_NEAR(view.head.planeMm, kRadiusMm, 1e-9);
  }
}

TEST(StudySpect, TakesScatterFromTheWindowsBeside) {
  const auto result = made(tomographicStudy());
  const auto& views = std::get<TomographicStudy>(result).problem.views;
  // Flat pictures: half of 73 keV times (6 / 19 + 2 / 24) counts a keV.
  EXPECT_NEAR(views[5].expectedOther.at(30, 30), 73. / 2 * (6. / 19 + 2. / 24), 1e-4);
}

TEST(StudySpect, ExposesAMoreSensitiveHeadForLonger) {
  const auto result = made(tomographicStudy());
  const auto& views = std::get<TomographicStudy>(result).problem.views;
  EXPECT_NEAR(views[12].exposureSeconds / views[0].exposureSeconds, 1.1, 1e-9);
  // 220 s later, at a half-life of 8.0252 days.
  EXPECT_NEAR(views[11].exposureSeconds / views[0].exposureSeconds, std::exp2(-220 / (8.0252 * 86400)), 1e-7);
}

TEST(StudySpect, RefusesWithItsReason) {
  AcquiredStudy study = tomographicStudy();
  study.map.reset();
  EXPECT_EQ(refusalOf(study), "no-map");

  study = tomographicStudy();
  study.objects[1].frames[30].place.reset();
  EXPECT_EQ(refusalOf(study), "no-place");

  study = tomographicStudy();
  study.objects[1].frames[30].place->centreU += 5;
  EXPECT_EQ(refusalOf(study), "views-differ");

  study = tomographicStudy();
  std::erase_if(study.objects[1].frames, [](const AcquiredFrame& f) { return f.window.upperKeV < 328; });
  EXPECT_EQ(refusalOf(study), "no-scatter-window");

  study = tomographicStudy();
  study.objects[1].frames.resize(30);
  EXPECT_EQ(refusalOf(study), "too-few-views");

  study = tomographicStudy();
  for (AcquiredFrame& each : study.objects[1].frames) each.collimatorName = "Siemens ME";
  EXPECT_EQ(refusalOf(study), "no-calibration");

  EXPECT_FALSE(
      tomographyOf(acquiredStudy(), acquiredCalibration(), physics::CameraLibrary::standard()).has_value());
}

}  // namespace
}  // namespace remnant::quantify

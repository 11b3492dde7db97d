#include "remnant/quantify/study_problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace remnant::quantify {
namespace {

using scintigraphy::AcquiredFrame;
using scintigraphy::AcquiredObject;
using scintigraphy::AcquiredStudy;
using scintigraphy::View;

AcquiredFrame frame(View view, int detector, double lowerKeV, double upperKeV) {
  AcquiredFrame made;
  made.view.view = view;
  made.detector = detector;
  made.window = {lowerKeV, upperKeV};
  made.collimatorName = "Siemens HE";
  made.angleDegrees = view == View::kAnterior ? 0 : 180;
  made.exposureSeconds = 600;
  made.counts = image::Counts(64, 64, 1);
  return made;
}

/// A static study of I-131, 24 h after 100 MBq, photopeak and a lower window.
AcquiredStudy study() {
  AcquiredObject object;
  object.pixelMm = 4.8;
  object.durationSeconds = 600;
  object.start = *parseDateTime("20230602100000");
  for (const View view : {View::kPosterior, View::kAnterior})
    for (const bool lower : {true, false})
      object.frames.push_back(
          frame(view, view == View::kAnterior ? 1 : 2, lower ? 308.5 : 328, lower ? 327.5 : 401));
  AcquiredStudy made;
  made.studyInstanceUid = "1.2.3";
  made.radionuclide = "I-131";
  made.doseMBq = 100;
  made.administration = *parseDateTime("20230601100000");
  made.objects = {object};
  return made;
}

physics::Calibration calibration() {
  physics::Calibration made;
  made.camera = "Siemens Symbia Intevo";
  made.deadTimeSeconds = 0;
  for (const int head : {1, 2}) {
    made.sensitivities.push_back({head, "I-131", "Siemens HE", {328, 401}, 27, 0.02});
    made.sensitivities.push_back({head, "I-131", "Siemens HE", {308.5, 327.5}, 0.1, 0.02});
  }
  made.tableOpticalDepth = 0.045;
  made.tableOpticalDepthUncertainty = 0.01;
  return made;
}

std::variant<StudyProblem, Refusal> made(const AcquiredStudy& study, const StudyProblemConfig& config = {}) {
  return problemOf(study, calibration(), physics::CameraLibrary::standard(), NeckMeasurement{118, 4, 128, 5},
                   config);
}

std::string refusalOf(const std::variant<StudyProblem, Refusal>& result) {
  const auto* refusal = std::get_if<Refusal>(&result);
  return refusal ? refusal->code : "none";
}

TEST(StudyProblem, PutsThePhotopeakAndTheAnteriorViewFirst) {
  const auto result = made(study());
  const auto& views = std::get<StudyProblem>(result).problem.views;
  ASSERT_EQ(views.size(), 4U);
  EXPECT_EQ(views[0].windowNumber, 0);
  EXPECT_EQ(views[0].headNumber, 0);
  EXPECT_DOUBLE_EQ(views[0].model.response.coreCpsPerMBq, 27);
  EXPECT_EQ(views[1].windowNumber, 0);
  EXPECT_EQ(views[1].headNumber, 1);
  EXPECT_EQ(views[2].windowNumber, 1);
  EXPECT_DOUBLE_EQ(views[2].model.response.coreCpsPerMBq, 0.1);
}

TEST(StudyProblem, TurnsActivityAtTheStartIntoUptakeOfTheDose) {
  const auto result = made(study());
  // 24 h of I-131, half-life 8.0252 d: 100 MBq have become 100 x 2^(-1/8.0252) MBq.
  const double left = 100 * std::exp2(-1 / 8.0252);
  EXPECT_NEAR(std::get<StudyProblem>(result).problem.activityToUptakePercent, 100 / left, 1e-9);
}

TEST(StudyProblem, TakesDecayDuringTheAcquisitionOutOfTheExposure) {
  const auto result = made(study());
  // The mean of 2^(-t/T) over 600 s, to second order: 1 - x/2 with x = ln 2 x 600 s / 8.0252 d.
  const double decays = std::log(2) * 600 / (8.0252 * 86400);
  EXPECT_NEAR(std::get<StudyProblem>(result).problem.views[0].exposureSeconds, 600 * (1 - decays / 2), 1e-4);
}

TEST(StudyProblem, TakesDeadTimeOutOfTheExposure) {
  physics::Calibration slow = calibration();
  slow.deadTimeSeconds = 1e-5;
  slow.fullSpectrumFraction = 0.5;
  AcquiredStudy busy = study();
  for (AcquiredFrame& each : busy.objects[0].frames) each.counts = image::Counts(64, 64, 366);
  const auto result =
      problemOf(busy, slow, physics::CameraLibrary::standard(), NeckMeasurement{118, 4, 128, 5}, {});
  const auto& view = std::get<StudyProblem>(result).problem.views[0];
  // 366 x 4096 counts in 600 s are 2498.6 a second, 4997.1 of the whole spectrum: m = n exp(-n tau) with
  // n tau close to 0.0526 gives m / n = 0.9487.
  double trueRate = 4997.1;
  for (int i = 0; i < 50; ++i) trueRate = 4997.1 * std::exp(trueRate * 1e-5);
  EXPECT_NEAR(view.exposureSeconds / 600, 4997.1 / trueRate, 1e-3);
}

TEST(StudyProblem, NamesTheMediumThatItTook) {
  using ::testing::Contains;
  using ::testing::HasSubstr;
  const auto measured = made(study());
  EXPECT_THAT(std::get<StudyProblem>(measured).inputs, Contains(HasSubstr("118")));
  const auto unknown =
      problemOf(study(), calibration(), physics::CameraLibrary::standard(), std::nullopt, {});
  EXPECT_THAT(std::get<StudyProblem>(unknown).inputs, Contains(HasSubstr("population")));
}

TEST(StudyProblem, TakesTheMidlineFromTheBoxOfTheThyroidBed) {
  // Columns 38 to 41 of 64: their middle, 39.5, lies 8 pixels of 4.8 mm beside that of the picture.
  const NamedBox bed{"thyroid", scintigraphy::View::kAnterior, {.x = 38, .y = 10, .width = 4, .height = 9}};
  const auto result = problemOf(study(), calibration(), physics::CameraLibrary::standard(),
                                NeckMeasurement{118, 4, 128, 5}, {}, {bed});
  const auto& told = std::get<StudyProblem>(result);
  EXPECT_NEAR(told.midlineX.value, 8 * 4.8, 1e-12);
  EXPECT_EQ(told.midlineX.sigma, StudyProblemConfig{}.bedMidlineSigmaMm);
  EXPECT_NEAR(told.optics->columnAt(8 * 4.8, 0).thicknessMm, 118, 1e-9) << "thickest there";
  const auto untold = made(study());
  EXPECT_EQ(std::get<StudyProblem>(untold).midlineX.value, 0);
  EXPECT_NEAR(std::get<StudyProblem>(untold).optics->columnAt(0, 0).thicknessMm, 118, 1e-9);
}

TEST(StudyProblem, FindsPlacesUnderPixels) {
  const auto result = made(study());
  const CalibratedView& anterior = std::get<StudyProblem>(result).problem.views[0];
  // The middle of 64 columns lies between columns 31 and 32; the first row's centre half a pixel down.
  EXPECT_NEAR(patientPlaneOf(anterior, 31.5, 0).x, 0, 1e-12);
  EXPECT_NEAR(patientPlaneOf(anterior, 32.5, 0).x, 4.8, 1e-12);
  EXPECT_NEAR(patientPlaneOf(anterior, 0, 0).z, 2.4, 1e-12);
  const CalibratedView& posterior = std::get<StudyProblem>(result).problem.views[1];
  EXPECT_NEAR(patientPlaneOf(posterior, 32.5, 0).x, -4.8, 1e-12);
}

TEST(StudyProblem, RefusesWithItsReason) {
  AcquiredStudy single = study();
  auto& frames = single.objects[0].frames;
  frames.erase(frames.begin(), frames.begin() + 2);
  EXPECT_EQ(refusalOf(made(single)), "single-view");

  AcquiredStudy lateral = study();
  for (AcquiredFrame& each : lateral.objects[0].frames) each.view.view = View::kLeftLateral;
  EXPECT_EQ(refusalOf(made(lateral)), "unopposed-views");

  AcquiredStudy pinhole = study();
  pinhole.objects[0].pinhole = true;
  EXPECT_EQ(refusalOf(made(pinhole)), "pinhole");

  AcquiredStudy saturated = study();
  saturated.objects[0].saturated = true;
  EXPECT_EQ(refusalOf(made(saturated)), "saturated-pixels");

  AcquiredStudy doseless = study();
  doseless.doseMBq.reset();
  EXPECT_EQ(std::get<StudyProblem>(made(doseless)).problem.activityToUptakePercent, 0)
      << "the uptake alone is refused, later";

  AcquiredStudy timeless = study();
  timeless.objects[0].frames[0].exposureSeconds = 0;
  EXPECT_EQ(refusalOf(made(timeless)), "no-exposure");

  AcquiredStudy other = study();
  for (AcquiredFrame& each : other.objects[0].frames) each.collimatorName = "Siemens ME";
  EXPECT_EQ(refusalOf(made(other)), "no-calibration");

  AcquiredStudy empty = study();
  empty.objects.clear();
  EXPECT_EQ(refusalOf(made(empty)), "no-planar-object");

  StudyProblemConfig config;
  config.medium = MediumChoice::kMap;
  EXPECT_EQ(refusalOf(made(study(), config)), "no-map");
}

TEST(StudyProblem, RefusesAHeadThatLooksElsewhereThanItsViewSays) {
  AcquiredStudy turned = study();
  for (AcquiredFrame& frame : turned.objects[0].frames)
    if (frame.view.view == View::kPosterior)
      frame.view.contradiction = "detector 2 at 20 degrees says oblique";
  EXPECT_EQ(refusalOf(made(turned)), "unopposed-views");
}

TEST(StudyProblem, RefusesAStudyOfSeveralPatients) {
  AcquiredStudy mixed = study();
  mixed.severalPatients = true;
  EXPECT_EQ(refusalOf(made(mixed)), "several-patients");
}

}  // namespace
}  // namespace remnant::quantify

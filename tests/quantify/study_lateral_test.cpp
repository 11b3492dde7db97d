#include "remnant/quantify/study_lateral.h"

#include <gtest/gtest.h>

#include "quantify/acquired_scene.h"
#include "remnant/quantify/neck_population.h"

namespace remnant::quantify {
namespace {

using scintigraphy::AcquiredFrame;
using scintigraphy::AcquiredObject;
using scintigraphy::AcquiredStudy;
using scintigraphy::View;

constexpr double kRow = 30;

/// A study with a lateral object, a spot at this column.
AcquiredStudy lateralStudy(View view, double column) {
  AcquiredStudy study = acquiredStudy(2);
  AcquiredObject object = study.objects[0];
  object.frames = {acquiredFrame(view, 1, {328, 401}, 2)};
  addSpot(object.frames[0].counts, 20000, column, kRow, 6);
  study.objects.push_back(object);
  return study;
}

StudyProblem planarOf(const AcquiredStudy& study) {
  return std::get<StudyProblem>(problemOf(study, acquiredCalibration(), physics::CameraLibrary::standard(),
                                          NeckMeasurement{118, 4, 128, 5}));
}

Result depthOf(const AcquiredStudy& study, const std::vector<NamedBox>& boxes, double x = 0) {
  const StudyProblem planar = planarOf(study);
  const auto laterals =
      lateralProblemsOf(study, planar, acquiredCalibration(), physics::CameraLibrary::standard(), boxes);
  return lateralDepth(laterals, *planar.optics, {{x, (kRow + 0.5) * kPixelMm}}, {20}, 0);
}

/// One pixel on the skin.
std::vector<NamedBox> marker(View view, std::size_t column) {
  return {{"skin", view, {.x = column, .y = 30, .width = 1, .height = 1}}};
}

TEST(StudyLateral, MeasuresFromTheMarkerOnTheSkin) {
  // From the left the patient's front is on the left of the picture: 5 pixels behind the marker.
  const Result left = depthOf(lateralStudy(View::kLeftLateral, 20), marker(View::kLeftLateral, 15));
  ASSERT_TRUE(std::holds_alternative<Estimate>(left)) << std::get<Refusal>(left).sentence;
  EXPECT_NEAR(std::get<Estimate>(left).value, 5 * kPixelMm, 0.5);
  EXPECT_DOUBLE_EQ(std::get<Estimate>(left).systematic, 2);
  // From the right it is on the right.
  const Result right = depthOf(lateralStudy(View::kRightLateral, 40), marker(View::kRightLateral, 44));
  ASSERT_TRUE(std::holds_alternative<Estimate>(right)) << std::get<Refusal>(right).sentence;
  EXPECT_NEAR(std::get<Estimate>(right).value, 4 * kPixelMm, 0.5);
}

TEST(StudyLateral, TakesTheSkinBesideTheMiddleByTheEllipse) {
  // 118 x 128 mm; at x = 40 the skin lies 59 (1 - (1 - (40/64)^n)^(1/n)) mm behind the foremost.
  const double n = NeckPopulation{}.exponent;
  const double behind = 59 * (1 - std::pow(1 - std::pow(40. / 64, n), 1 / n));
  const Result depth = depthOf(lateralStudy(View::kLeftLateral, 22), marker(View::kLeftLateral, 15), 40);
  ASSERT_TRUE(std::holds_alternative<Estimate>(depth)) << std::get<Refusal>(depth).sentence;
  EXPECT_NEAR(std::get<Estimate>(depth).value, 7 * kPixelMm - behind, 0.7);
}

TEST(StudyLateral, LooksForTheFocusAlongItsRow) {
  // The regions are placed 20 mm deep; the focus is 8 pixels behind the skin.
  const Result depth = depthOf(lateralStudy(View::kLeftLateral, 23), marker(View::kLeftLateral, 15));
  ASSERT_TRUE(std::holds_alternative<Estimate>(depth)) << std::get<Refusal>(depth).sentence;
  EXPECT_NEAR(std::get<Estimate>(depth).value, 8 * kPixelMm, 0.5);
}

TEST(StudyLateral, RefusesWithoutASkin) {
  EXPECT_EQ(std::get<Refusal>(depthOf(lateralStudy(View::kLeftLateral, 20), {})).code, "no-skin");
  AcquiredStudy timeless = lateralStudy(View::kLeftLateral, 20);
  timeless.objects[1].frames[0].exposureSeconds = 0;
  EXPECT_EQ(std::get<Refusal>(depthOf(timeless, marker(View::kLeftLateral, 15))).code, "no-exposure");
}

TEST(StudyLateral, HasNothingToSayWithoutALateralView) {
  const AcquiredStudy study = acquiredStudy();
  EXPECT_TRUE(
      lateralProblemsOf(study, planarOf(study), acquiredCalibration(), physics::CameraLibrary::standard(), {})
          .empty());
}

}  // namespace
}  // namespace remnant::quantify

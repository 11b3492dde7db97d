#include "remnant/quantify/study_foci.h"

#include <cmath>

#include <gtest/gtest.h>

#include "quantify/acquired_scene.h"
#include "remnant/base/random.h"

namespace remnant::quantify {
namespace {

StudyProblem problem(int counts, bool wholeBody = false) {
  auto study = acquiredStudy(counts);
  if (wholeBody) study.objects[0].acquisition = scintigraphy::Acquisition::kWholeBody;
  return std::get<StudyProblem>(problemOf(study, acquiredCalibration(), physics::CameraLibrary::standard(),
                                          NeckMeasurement{118, 4, 128, 5}));
}

TEST(SearchAreaOf, IsTheMiddleOfAPictureOfTheNeck) {
  const SearchArea area = std::get<SearchArea>(searchAreaOf(problem(1), std::nullopt));
  // 64 pixels of 4.8 mm: the middle is at x = 0 and 153.6 mm down.
  EXPECT_NEAR(area.leastX, -45, 1e-9);
  EXPECT_NEAR(area.mostX, 45, 1e-9);
  EXPECT_NEAR(area.leastZ, 108.6, 1e-9);
  EXPECT_NEAR(area.mostZ, 198.6, 1e-9);
}

TEST(SearchAreaOf, EndsWithThePicture) {
  FociSearchConfig wide;
  wide.halfWidthMm = 500;
  const SearchArea area = std::get<SearchArea>(searchAreaOf(problem(1), std::nullopt, wide));
  EXPECT_NEAR(area.leastX, -31.5 * kPixelMm, 1e-9);
  EXPECT_NEAR(area.mostX, 31.5 * kPixelMm, 1e-9);
}

TEST(SearchAreaOf, IsTheThyroidBedWhereTheTableHasIt) {
  const SearchArea area = std::get<SearchArea>(
      searchAreaOf(problem(1, true), image::Box{.x = 30, .y = 20, .width = 4, .height = 5}));
  // Columns 30 to 33 about the middle at 31.5, rows 20 to 24 from the upper edge.
  EXPECT_NEAR(area.leastX, -2 * kPixelMm, 1e-9);
  EXPECT_NEAR(area.mostX, 2 * kPixelMm, 1e-9);
  EXPECT_NEAR(area.leastZ, 20 * kPixelMm, 1e-9);
  EXPECT_NEAR(area.mostZ, 25 * kPixelMm, 1e-9);
}

TEST(SearchAreaOf, IsRefusedWhereNothingTellsTheNeck) {
  EXPECT_EQ(std::get<Refusal>(searchAreaOf(problem(1, true), std::nullopt)).code, "no-area");
  EXPECT_EQ(
      std::get<Refusal>(searchAreaOf(problem(1), image::Box{.x = 200, .y = 200, .width = 4, .height = 4}))
          .code,
      "no-area");
}

TEST(DetectionLimitAt, IsCurriesInTheCountsOfTheDisc) {
  FociSearchConfig config;
  config.limitDepthMm = 20;
  config.leastContrast = 0;
  const StudyProblem study = problem(16);
  const auto limit = std::get<DetectionLimit>(detectionLimitAt(study, {0, 150}, config));
  const auto& response = study.problem.views[0].model.response;
  const double sigmaMm = response.sigmaMm(20 + study.problem.views[0].head.planeMm);
  const double radiusMm = 0.9 * 2.3548 * sigmaMm;
  // Pixels in the disc, at 16 counts each, and a ring of 2.2^2 - 1.3^2 = 3.15 times the area. The disc's
  // pixels are whole ones, so that their number is off by some.
  const double background = 16 * 3.14159 * std::pow(radiusMm / kPixelMm, 2);
  EXPECT_NEAR(limit.netCounts / (2.71 + 3.29 * std::sqrt(background * (1 + 1 / 3.15))), 1, 0.1);
  // Photons through the holes: 27 a second and MBq over 600 s, 20 mm deep at 0.0110 per mm, the share of a
  // Gaussian within the disc less that in the ring; scatter and tails add up to a third.
  const double share = 1 - std::exp(-0.5 * std::pow(radiusMm / sigmaMm, 2));
  const double least = 27 * 600 * std::exp(-0.0110 * 20) * share * 0.95;
  EXPECT_GT(limit.netCounts / limit.activityMBq, least);
  EXPECT_LT(limit.netCounts / limit.activityMBq, least * 1.4);
  EXPECT_DOUBLE_EQ(limit.uptakePercent.value(), limit.activityMBq * study.problem.activityToUptakePercent);
}

TEST(DetectionLimitAt, AsksForContrastWhereCountsAreMany) {
  // 400 counts a pixel: Currie's limit is below 3 % of what the disc holds; a half is asked for.
  const StudyProblem study = problem(400);
  FociSearchConfig config;
  config.leastContrast = 0.5;
  const auto limit = std::get<DetectionLimit>(detectionLimitAt(study, {0, 150}, config));
  const double radiusMm = 0.9 * 2.3548 *
                          study.problem.views[0].model.response.sigmaMm(config.limitDepthMm +
                                                                        study.problem.views[0].head.planeMm);
  EXPECT_NEAR(limit.netCounts / (0.5 * 400 * 3.14159 * std::pow(radiusMm / kPixelMm, 2)), 1, 0.15);
}

TEST(SearchFoci, FindsAFocusAndElseNone) {
  StudyProblem study = problem(4);
  RandomStream random(5, 1);
  for (CalibratedView& view : study.problem.views)
    for (std::int32_t& pixel : view.counts.pixels()) pixel = static_cast<std::int32_t>(random.poisson(4));
  const SearchArea area{-40, 40, 110, 190};
  const FociSearch none = searchFoci(study, area);
  EXPECT_TRUE(none.detection.foci.empty());
  EXPECT_TRUE(std::holds_alternative<DetectionLimit>(none.limit));
  // Eight times what is seen at a known place, in the image's own width.
  const double counts = 8 * std::get<DetectionLimit>(none.limit).netCounts;
  addSpot(study.problem.views[0].counts, counts, 33, 30, study.problem.views[0].model.response.sigmaMm(60));
  addSpot(study.problem.views[1].counts, counts / 3, 30, 30,
          study.problem.views[1].model.response.sigmaMm(150));
  const FociSearch found = searchFoci(study, area);
  ASSERT_EQ(found.detection.foci.size(), 1U);
  EXPECT_NEAR(found.detection.foci[0].place.x, 1.5 * kPixelMm, 3);
  EXPECT_NEAR(found.detection.foci[0].place.z, 30.5 * kPixelMm, 3);
}

}  // namespace
}  // namespace remnant::quantify

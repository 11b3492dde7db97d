#include <gtest/gtest.h>

#include "remnant/dicom/pixels.h"
#include "standardise/synthetic_body.h"
#include "support/shared_folder.h"

namespace remnant::standardise {
namespace {

using image::Box;
using image::Counts;
using testing::kPixelMm;
using testing::SyntheticBody;

double middleRowMm(const Box& box, double spacingMm = kPixelMm) {
  return (static_cast<double>(box.y) + static_cast<double>(box.height) / 2) * spacingMm;
}

double middleColumnMm(const Box& box, double spacingMm = kPixelMm) {
  return (static_cast<double>(box.x) + static_cast<double>(box.width) / 2) * spacingMm;
}

bool holds(const Box& outer, const Box& inner) {
  return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width &&
         inner.y + inner.height <= outer.y + outer.height;
}

/// The neck of the drawn body reaches from 220 to 290 mm below the vertex; the bed lies in its lower half.
void expectBed(const OpposedViews& views) {
  const NeckGeometry geometry = findNeck(views);
  EXPECT_TRUE(geometry.headFirst) << geometry.evidence;
  EXPECT_NEAR(middleRowMm(geometry.thyroid), testing::kTopMm + 265, 30) << geometry.evidence;
  EXPECT_NEAR(middleColumnMm(geometry.thyroid), testing::kMidlineMm, 8) << geometry.evidence;
  EXPECT_GT(middleRowMm(geometry.shoulder), testing::kTopMm + 300) << geometry.evidence;
  EXPECT_LT(middleColumnMm(geometry.shoulder), testing::kMidlineMm - 60)
      << "the patient's right is on the left";
  EXPECT_TRUE(holds(geometry.neck, geometry.thyroid));
  EXPECT_TRUE(holds(geometry.neck, geometry.shoulder));
}

TEST(FindNeck, LiesBetweenHeadAndShoulders) {
  expectBed(testing::syntheticStudy());
}

TEST(FindNeck, StandsHotOrgansAndFewCounts) {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    expectBed(testing::syntheticStudy({.bodyCounts = 1, .bladderCounts = 3000, .seed = seed}));
    expectBed(
        testing::syntheticStudy({.bodyCounts = 0.4, .bladderCounts = 300, .remnantCounts = 3, .seed = seed}));
    expectBed(testing::syntheticStudy({.bodyCounts = 2, .remnantCounts = 2000, .seed = seed}));
  }
}

TEST(FindNeck, StandsTheHazeOfAHotRemnant) {
  for (const std::uint64_t seed : {1u, 2u, 3u})
    expectBed(testing::syntheticStudy({.bodyCounts = 1, .roomCounts = 0.3, .hazeCounts = 6, .seed = seed}));
}

TEST(FindNeck, TakesTheOutlineOverTheHeader) {
  OpposedViews views = testing::syntheticStudy();
  const NeckGeometry geometry = findNeck(views);
  views.headFirst = false;
  const NeckGeometry contradicted = findNeck(views);
  EXPECT_EQ(contradicted.neck, geometry.neck);
  EXPECT_TRUE(contradicted.headFirst);
  EXPECT_NE(contradicted.evidence.find("patient position"), std::string::npos);
}

TEST(FindNeck, OnAnImageTurnedByHalfFindsTheSameBoxesTurned) {
  const OpposedViews views = testing::syntheticStudy();
  OpposedViews turned = views;
  turned.anterior = image::mirrored(image::upsideDown(views.anterior));
  turned.posterior = image::mirrored(image::upsideDown(views.posterior));
  const NeckGeometry geometry = findNeck(views);
  const NeckGeometry found = findNeck(turned);
  EXPECT_FALSE(found.headFirst);
  const double lengthMm = 1024 * kPixelMm;
  const double widthMm = 256 * kPixelMm;
  for (const auto box : {&NeckGeometry::neck, &NeckGeometry::thyroid, &NeckGeometry::shoulder}) {
    EXPECT_NEAR(middleRowMm(found.*box), lengthMm - middleRowMm(geometry.*box), 3 * kPixelMm);
    EXPECT_NEAR(middleColumnMm(found.*box), widthMm - middleColumnMm(geometry.*box), 3 * kPixelMm);
  }
}

void expectRefused(const OpposedViews& views, const std::string& code) {
  try {
    findNeck(views);
    ADD_FAILURE() << "not refused: " << code;
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), code) << error.what();
  }
}

OpposedViews viewsOf(const Counts& counts) {
  return {.anterior = counts, .posterior = counts, .rowSpacingMm = kPixelMm, .columnSpacingMm = kPixelMm};
}

TEST(FindNeck, RefusesToGuess) {
  expectRefused(viewsOf(Counts(1024, 256, 0)), "no-body-outline");
  expectRefused(viewsOf(Counts(1024, 256, 3)), "no-body-outline");
  Counts noise(1024, 256);
  RandomStream random(5, 0);
  for (auto& pixel : noise.pixels()) pixel = static_cast<std::int32_t>(random.poisson(0.3));
  expectRefused(viewsOf(noise), "no-body-outline");
  // A trunk without a head: the body cut off above the shoulders.
  const OpposedViews whole = testing::syntheticStudy();
  const Box headless{.x = 0, .y = 220, .width = 256, .height = 300};
  expectRefused(viewsOf(cropped(whole.anterior, headless)), "no-body-outline");
}

TEST(FindNeck, RefusesViewsThatDoNotBelongTogether) {
  OpposedViews views = testing::syntheticStudy();
  views.rowSpacingMm = 0;
  expectRefused(views, "bad-views");
  views = testing::syntheticStudy();
  views.posterior = Counts(1024, 255);
  expectRefused(views, "bad-views");
}

TEST(MirroredBox, IsWhereTheBoxLiesOnTheMirroredImage) {
  Counts counts(4, 10);
  counts.at(1, 2) = 7;
  counts.at(1, 3) = 9;
  const Box box{.x = 2, .y = 1, .width = 2, .height = 1};
  EXPECT_EQ(cropped(image::mirrored(counts), mirroredBox(box, 10)), image::mirrored(cropped(counts, box)));
}

/// Landmarks read off the images by eye: vertex and chin in rows.
void expectNeckOfRealFile(const std::string& file, std::size_t frame, double spacingMm, double vertexRow) {
  const auto path = testing::sharedFolder() / file;
  const auto pixels = dicom::decodePixels(dicom::Object::read(path));
  ASSERT_TRUE(pixels);
  const Counts& anterior = pixels->frames.at(frame);
  const OpposedViews views{
      .anterior = anterior,
      .posterior = pixels->frames.size() > 1 ? pixels->frames[1] : image::mirrored(anterior),
      .rowSpacingMm = spacingMm,
      .columnSpacingMm = spacingMm,
      .headFirst = true};
  const NeckGeometry geometry = findNeck(views);
  EXPECT_TRUE(geometry.headFirst);
  EXPECT_NEAR(middleRowMm(geometry.thyroid, spacingMm), vertexRow * spacingMm + 245, 40) << geometry.evidence;
}

TEST(FindNeck, OnARealBoneScanWhoseHeaderSaysFeetFirst) {
  REMNANT_REQUIRE_SHARED("nm/siemens_wholebody_ant_post_tc99m.dcm");
  expectNeckOfRealFile("nm/siemens_wholebody_ant_post_tc99m.dcm", 0, 2.3976, 147);
}

TEST(FindNeck, OnARealScanOfALargePatient) {
  REMNANT_REQUIRE_SHARED("nm/ge_wholebody_unc.dcm");
  expectNeckOfRealFile("nm/ge_wholebody_unc.dcm", 0, 2.26, 88);
}

}  // namespace
}  // namespace remnant::standardise

#include "remnant/dataset/region_rows.h"

#include <gtest/gtest.h>

#include "dataset/example_catalogue.h"
#include "dataset/refusal.h"
#include "remnant/base/atomic_file.h"

namespace remnant::dataset {
namespace {

using image::Box;

RegionRow regionAt(const Box& box) {
  RegionRow row;
  row.imageSet = "full-body";
  row.view = "anterior";
  row.region = "focus";
  row.box = box;
  row.xMm = (static_cast<double>(box.x) + static_cast<double>(box.width) / 2) * 2;
  row.yMm = (static_cast<double>(box.y) + static_cast<double>(box.height) / 2) * 3;
  row.depthMm = 17;
  return row;
}

constexpr Box kCrop{.x = 100, .y = 200, .width = 50, .height = 40};

TEST(RegionOnCrop, MovesWithTheCropAndKeepsWhatDoesNotMove) {
  const auto moved = regionOnCrop(regionAt({.x = 110, .y = 205, .width = 6, .height = 4}), kCrop, 3, 2);
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->imageSet, "neck-region");
  EXPECT_EQ(moved->box, (Box{.x = 10, .y = 5, .width = 6, .height = 4}));
  EXPECT_DOUBLE_EQ(*moved->xMm, 13 * 2);
  EXPECT_DOUBLE_EQ(*moved->yMm, 7 * 3);
  EXPECT_EQ(moved->depthMm, 17);
}

TEST(RegionOnCrop, CutsAtTheEdgeAndDropsWhatLiesOutside) {
  const auto cut = regionOnCrop(regionAt({.x = 95, .y = 235, .width = 10, .height = 10}), kCrop, 3, 2);
  ASSERT_TRUE(cut);
  EXPECT_EQ(cut->box, (Box{.x = 0, .y = 35, .width = 5, .height = 5}));
  EXPECT_FALSE(regionOnCrop(regionAt({.x = 90, .y = 210, .width = 10, .height = 5}), kCrop, 3, 2));
  EXPECT_FALSE(regionOnCrop(regionAt({.x = 110, .y = 240, .width = 5, .height = 5}), kCrop, 3, 2));
}

TEST(AutomaticRegions, ShowTheSamePixelsOnTheMirroredView) {
  standardise::OpposedViews views{
      .anterior = image::Counts(300, 256), .posterior = {}, .rowSpacingMm = 2, .columnSpacingMm = 2};
  for (std::size_t i = 0; i < views.anterior.pixels().size(); ++i)
    views.anterior.pixels()[i] = static_cast<std::int32_t>(i % 977);
  views.posterior = image::mirrored(views.anterior);
  standardise::NeckGeometry geometry;
  geometry.thyroid = {.x = 100, .y = 120, .width = 30, .height = 20};
  geometry.shoulder = {.x = 60, .y = 160, .width = 20, .height = 10};
  const auto rows = automaticRegions(views, geometry);
  ASSERT_EQ(rows.size(), 4u);
  for (std::size_t i = 0; i < rows.size(); i += 2) {
    EXPECT_EQ(rows[i].view, "anterior");
    EXPECT_EQ(rows[i + 1].view, "posterior");
    EXPECT_EQ(cropped(views.posterior, rows[i + 1].box),
              image::mirrored(cropped(views.anterior, rows[i].box)));
    EXPECT_EQ(*rows[i].xMm + *rows[i + 1].xMm, 256 * 2);
    EXPECT_EQ(rows[i].source, "automatic");
  }
}

class GivenRegions : public ::testing::Test {
 protected:
  void SetUp() override {
    Catalogue::openForWriting(folder_ / "c.sqlite", exampleKey().keyId(), "test").add(exampleObject(1, 1));
  }

  std::map<std::string, std::vector<RegionRow>> read(const std::string& cells) const {
    writeWholeFile(folder_ / "regions.csv",
                   "patientId,studyInstanceUid,imageSet,view,region,x,y,width,height,xMm,yMm,depthMm,"
                   "depthUncertaintyMm,depthMethod,uptakePercent,uptakeUncertaintyPercent,source\n" +
                       patientIdOf(1) + "," + studyUidOf(1, 1) + "," + cells + "\n");
    const Catalogue catalogue = Catalogue::open(folder_ / "c.sqlite");
    return readRegionRows(folder_ / "regions.csv", StudyMatcher(catalogue, exampleKey()));
  }

  testing::TemporaryFolder folder_;
};

TEST_F(GivenRegions, AreReadWithDepthAndUptake) {
  const auto regions =
      read("full-body,posterior,focus,100,200,5,6,246.5,487.25,18.5,2,geometric,0.31,0.02,reader A");
  const RegionRow& row = regions.at(exampleObject(1, 1).study).at(0);
  EXPECT_EQ(row.view, "posterior");
  EXPECT_EQ(row.box, (Box{.x = 100, .y = 200, .width = 5, .height = 6}));
  EXPECT_EQ(row.depthMm, 18.5);
  EXPECT_EQ(row.uptakePercent, 0.31);
  EXPECT_EQ(row.source, "reader A");
  EXPECT_EQ(cellsOf("S1", row), (std::vector<std::string>{"S1", "full-body", "posterior", "focus", "100",
                                                          "200", "5", "6", "246.5", "487.25", "18.5", "2",
                                                          "geometric", "0.31", "0.02", "reader A"}));
}

TEST_F(GivenRegions, OfAnotherFormAreRefused) {
  const auto reading = [this](const std::string& cells) { return [this, cells] { read(cells); }; };
  testing::expectRefusal(reading("neck-region,anterior,focus,1,2,3,4,,,,,,,,me"), "bad-value", "line 2",
                         "imageSet");
  testing::expectRefusal(reading("full-body,lateral,focus,1,2,3,4,,,,,,,,me"), "bad-value", "line 2", "view");
  testing::expectRefusal(reading("full-body,anterior,focus,-1,2,3,4,,,,,,,,me"), "bad-value", "line 2", "x");
  testing::expectRefusal(reading("full-body,anterior,focus,1,2,0,4,,,,,,,,me"), "bad-value", "line 2",
                         "width");
  testing::expectRefusal(reading("full-body,anterior,focus,1,2,3,4,,,deep,,,,,me"), "bad-number", "line 2",
                         "depthMm");
  testing::expectRefusal(reading("full-body,anterior,focus,1,2,3,4,,,,,,,,"), "bad-value", "line 2",
                         "source");
}

}  // namespace
}  // namespace remnant::dataset

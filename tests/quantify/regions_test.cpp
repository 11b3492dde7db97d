#include "remnant/quantify/regions.h"

#include <gtest/gtest.h>

#include "support/refusal_code.h"

namespace remnant::quantify {
namespace {

constexpr const char* kHead = "studyInstanceUid,view,region,x,y,width,height";

TEST(Regions, PutAFocusAtTheMiddleOfItsBox) {
  const CsvTable table = CsvTable::parse(std::string(kHead) + "\n1.2,anterior,focus,10,20,5,8\n", "r.csv");
  const auto regions = readFocusRegions(table);
  ASSERT_EQ(regions.at("1.2").size(), 1U);
  // Pixels 10 to 14 have their middle at 12, pixels 20 to 27 at 23.5.
  EXPECT_DOUBLE_EQ(regions.at("1.2")[0].column, 12);
  EXPECT_DOUBLE_EQ(regions.at("1.2")[0].row, 23.5);
  EXPECT_DOUBLE_EQ(regions.at("1.2")[0].radius, 4);
}

TEST(Regions, NumberFociInEachViewWhereTheTableDoesNot) {
  const CsvTable table = CsvTable::parse(std::string(kHead) +
                                             "\n1,anterior,thyroid,1,1,9,9\n1,anterior,focus,1,1,3,3\n"
                                             "1,anterior,focus,5,5,3,3\n1,posterior,focus,1,1,3,3\n",
                                         "r.csv");
  const auto foci = readFocusRegions(table).at("1");
  ASSERT_EQ(foci.size(), 3U);
  EXPECT_EQ(foci[0].number, 1);
  EXPECT_EQ(foci[1].number, 2);
  EXPECT_EQ(foci[2].number, 1);
  EXPECT_EQ(foci[2].view, scintigraphy::View::kPosterior);
}

TEST(Regions, TakeTheNumbersOfTheTable) {
  const CsvTable table =
      CsvTable::parse(std::string(kHead) + ",focus\n1,anterior,focus,1,1,3,3,7\n", "r.csv");
  EXPECT_EQ(readFocusRegions(table).at("1")[0].number, 7);
}

TEST(Regions, RefuseABoxWithoutPixelsAndAnUnknownView) {
  const auto read = [](const std::string& row) {
    return remnant::testing::refusalCodeOf(
        [&] { readFocusRegions(CsvTable::parse(std::string(kHead) + "\n" + row, "r.csv")); });
  };
  EXPECT_EQ(read("1,anterior,focus,1,1,0,3\n"), "bad-region");
  EXPECT_EQ(read("1,oblique,focus,1,1,3,3\n"), "bad-region");
  EXPECT_EQ(read("1,anterior,focus,1,,3,3\n"), "bad-number");
}

TEST(NeckMeasurements, AreReadWithTheirUncertaintyOrTheUsualOne) {
  const auto measured = readNeckMeasurements(CsvTable::parse(
      "studyInstanceUid,neckDepthMm,neckDepthSigmaMm,neckWidthMm\n1,118,3,131\n2,122,,129\n", "m.csv"));
  EXPECT_DOUBLE_EQ(measured.at("1").depthMm, 118);
  EXPECT_DOUBLE_EQ(measured.at("1").depthSigmaMm, 3);
  EXPECT_DOUBLE_EQ(measured.at("2").depthSigmaMm, NeckMeasurement{}.depthSigmaMm);
  EXPECT_DOUBLE_EQ(measured.at("2").widthMm, 129);
}

TEST(NeckMeasurements, OutOfReasonAreRefused) {
  EXPECT_EQ(
      remnant::testing::refusalCodeOf([] {
        readNeckMeasurements(CsvTable::parse("studyInstanceUid,neckDepthMm,neckWidthMm\n1,12,13\n", "m.csv"));
      }),
      "bad-measurement");
}

TEST(NamedBoxes, AreTheRegionsThatAreNoFoci) {
  const CsvTable table = CsvTable::parse(std::string(kHead) +
                                             "\n1,anterior,thyroid,10,11,12,13\n1,anterior,focus,1,1,3,3\n"
                                             "1,left-lateral,skin,5,6,1,1\n",
                                         "r.csv");
  const auto boxes = readNamedBoxes(table).at("1");
  ASSERT_EQ(boxes.size(), 2U);
  const NamedBox* thyroid = boxOf(boxes, "thyroid", scintigraphy::View::kAnterior);
  ASSERT_NE(thyroid, nullptr);
  EXPECT_EQ(thyroid->box, (image::Box{.x = 10, .y = 11, .width = 12, .height = 13}));
  EXPECT_EQ(boxOf(boxes, "thyroid", scintigraphy::View::kPosterior), nullptr);
  EXPECT_NE(boxOf(boxes, "skin", scintigraphy::View::kLeftLateral), nullptr);
}

TEST(NamedBoxes, AreRefusedWhereTheyCannotBe) {
  const auto refused = [](const std::string& row) {
    return testing::refusalCodeOf(
        [&] { readNamedBoxes(CsvTable::parse(std::string(kHead) + "\n" + row + "\n", "r.csv")); });
  };
  EXPECT_EQ(refused("1,anterior,thyroid,10,11,0,13"), "bad-region");
  EXPECT_EQ(refused("1,anterior,thyroid,-1,11,2,13"), "bad-region");
  EXPECT_EQ(refused("1,above,thyroid,1,11,2,13"), "bad-region");
  EXPECT_EQ(refused("1,anterior,tyroid,1,11,2,13"), "bad-region");
  EXPECT_EQ(refused("1,anterior,thyroid,x,11,2,13"), "bad-number");
  EXPECT_EQ(refused("1,anterior,thyroid,,11,2,13"), "bad-number");
}

}  // namespace
}  // namespace remnant::quantify

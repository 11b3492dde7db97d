#include "remnant/scintigraphy/ct_reader.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "remnant/physics/attenuation.h"
#include "remnant/scintigraphy/hounsfield.h"
#include "scintigraphy/example_ct.h"
#include "support/refusal_code.h"

namespace remnant::scintigraphy {
namespace {

using testing::PlainSlice;

image::Volume mapOf(const std::vector<PlainSlice>& slices, const CtReadingConfig& config = {}) {
  const testing::TemporaryFolder folder;
  std::vector<dicom::Object> objects;
  for (const PlainSlice& slice : slices) objects.push_back(testing::ctObject(slice));
  return readCtSeries(testing::writeAll(objects, folder), testing::kExampleKeV, config);
}

std::string refusalOf(const std::vector<PlainSlice>& slices, const CtReadingConfig& config = {}) {
  return testing::refusalCodeOf([&] { mapOf(slices, config); });
}

/// Slices of 4 x 3 pixels at these heights, water everywhere.
std::vector<PlainSlice> waterAt(const std::vector<double>& heights) {
  std::vector<PlainSlice> slices;
  for (const double height : heights) {
    PlainSlice slice;
    slice.zToHead = height;
    slice.hounsfield = image::Counts(4, 3, 0);
    slices.push_back(slice);
  }
  return slices;
}

TEST(ReadCtSeries, GivesBackTheMapThatWasWritten) {
  const testing::TemporaryFolder folder;
  const image::Volume written = testing::exampleMap();
  auto files = testing::writeAll(writeCtSeries(written, testing::kExampleKeV, testing::exampleCt(7)), folder);
  std::swap(files[1], files[5]);  // the order of files says nothing
  const image::Volume read = readCtSeries(files, testing::kExampleKeV);
  EXPECT_EQ(read.grid().columns, 6U);
  EXPECT_EQ(read.grid().rows, 7U);
  EXPECT_EQ(read.grid().slices, 5U);
  EXPECT_NEAR(read.grid().voxelMm, 2, 1e-12);
  EXPECT_NEAR(read.grid().corner.x, -11, 1e-9);
  EXPECT_NEAR(read.grid().corner.y, 3, 1e-9);
  EXPECT_NEAR(read.grid().corner.z, -7.5, 1e-9);
  // Half a Hounsfield unit of either slope; that of bone is the steeper one below 1 MeV.
  const HounsfieldScale scale(testing::kExampleKeV);
  const double half = 0.51 * std::max(scale.attenuationPerMm(0) - scale.attenuationPerMm(-1),
                                      scale.attenuationPerMm(1) - scale.attenuationPerMm(0));
  for (std::size_t i = 0; i < written.values().size(); ++i)
    ASSERT_NEAR(read.values()[i], written.values()[i], half) << i;
}

TEST(ReadCtSeries, FinePixelsAreAveraged) {
  // 4 x 4 pixels of 1 mm, slices 2 mm apart: 2 x 2 voxels of 2 mm, each the mean of four. Air is 0, water 1.
  const double water = physics::attenuationPerMm(physics::Material::kWater, testing::kExampleKeV);
  std::vector<PlainSlice> slices(2);
  for (std::size_t i = 0; i < 2; ++i) {
    slices[i].pixelMm = 1;
    slices[i].zToHead = 2.0 * static_cast<double>(i);
    slices[i].hounsfield = image::Counts(4, 4, 0);
  }
  // Pixels are unsigned: soft tissue of +100 HU in one pixel of four of the first voxel of the upper slice.
  slices[1].hounsfield.at(1, 0) = 100;
  const image::Volume map = mapOf(slices);
  ASSERT_EQ(map.grid().columns, 2U);
  ASSERT_EQ(map.grid().rows, 2U);
  const double excess = HounsfieldScale(testing::kExampleKeV).attenuationPerMm(100) - water;
  EXPECT_NEAR(map.at(0, 0, 0), water + excess / 4, 1e-8);  // row 0 is nearest the head
  EXPECT_NEAR(map.at(0, 1, 0), water, 1e-8);
  EXPECT_NEAR(map.at(1, 0, 0), water, 1e-8);
  EXPECT_NEAR(map.at(0, 0, 1), water, 1e-8);
}

TEST(ReadCtSeries, ThickSlicesReachHalfTheWay) {
  // Slices 5 mm apart become voxels of 2 mm: edges at 0, 5, 10; voxel 2 (4 to 6 mm) is half of each.
  auto slices = waterAt({7.5, 2.5});  // z to the head: the first lies above
  slices[0].hounsfield = image::Counts(4, 3, 200);
  const image::Volume map = mapOf(slices);
  const HounsfieldScale scale(testing::kExampleKeV);
  ASSERT_EQ(map.grid().rows, 5U);
  EXPECT_NEAR(map.grid().corner.z, -10, 1e-9);
  EXPECT_NEAR(map.at(0, 1, 0), scale.attenuationPerMm(200), 1e-8);
  EXPECT_NEAR(map.at(0, 2, 0), (scale.attenuationPerMm(200) + scale.attenuationPerMm(0)) / 2, 1e-8);
  EXPECT_NEAR(map.at(0, 3, 0), scale.attenuationPerMm(0), 1e-8);
}

TEST(ReadCtSeries, ColumnsMayRunToTheRightAndRowsToTheFront) {
  auto slices = waterAt({0, 2});
  for (PlainSlice& slice : slices) {
    slice.orientation = {-1, 0, 0, 0, -1, 0};
    slice.x = 10;
    slice.y = 20;
    slice.hounsfield.at(0, 0) = 300;  // at the patient's far left and back
  }
  const image::Volume map = mapOf(slices);
  EXPECT_NEAR(map.grid().corner.x, 10 - 2 * 2 - 1, 1e-9);  // three columns of 2 mm
  EXPECT_NEAR(map.grid().corner.y, 20 - 3 * 2 - 1, 1e-9);  // four rows
  const HounsfieldScale scale(testing::kExampleKeV);
  EXPECT_NEAR(map.at(3, 0, 2), scale.attenuationPerMm(300), 1e-8);
  EXPECT_NEAR(map.at(0, 0, 0), scale.attenuationPerMm(0), 1e-8);
}

TEST(ReadCtSeries, RefusesSeriesThatAreNotWhole) {
  EXPECT_EQ(refusalOf(waterAt({0, 2, 4, 6})), "no error");
  EXPECT_EQ(refusalOf(waterAt({0})), "incomplete-ct");
  EXPECT_EQ(refusalOf(waterAt({0, 2, 4, 8})), "incomplete-ct");
  EXPECT_EQ(refusalOf(waterAt({0, 2, 2, 4})), "incomplete-ct");
  EXPECT_EQ(refusalOf(waterAt({0, 40})), "incomplete-ct");
}

TEST(ReadCtSeries, RefusesSlicesThatCannotBePlaced) {
  auto slices = waterAt({0, 2});
  slices[1].orientation = {1, 0, 0, 0, 0.9962, 0.0872};  // a gantry tilted by five degrees
  EXPECT_EQ(refusalOf(slices), "unsupported-ct");
  slices = waterAt({0, 2});
  slices[1].x = 5;
  EXPECT_EQ(refusalOf(slices), "unsupported-ct");
  slices = waterAt({0, 2});
  slices[1].pixelMm = 0;
  EXPECT_EQ(refusalOf(slices), "unsupported-ct");
}

TEST(ReadCtSeries, RefusesWhatIsNotInHounsfieldUnits) {
  const testing::TemporaryFolder folder;
  std::vector<dicom::Object> objects;
  for (const PlainSlice& slice : waterAt({0, 2})) objects.push_back(testing::ctObject(slice));
  objects[1].dataset().setText({0x0028, 0x1054}, "US");
  const auto files = testing::writeAll(objects, folder);
  EXPECT_EQ(testing::refusalCodeOf([&] { readCtSeries(files, 364.49); }), "unsupported-ct");
}

TEST(ReadCtSeries, KeepsWithinItsBounds) {
  CtReadingConfig config;
  config.mostSlices = 2;
  EXPECT_EQ(refusalOf(waterAt({0, 2, 4}), config), "over-limit");
  config = {};
  config.mostRows = 3;
  EXPECT_EQ(refusalOf(waterAt({0, 2}), config), "over-limit");
  config = {};
  config.mostVoxels = 23;  // 4 x 3 x 2 are 24
  EXPECT_EQ(refusalOf(waterAt({0, 2}), config), "over-limit");
}

}  // namespace
}  // namespace remnant::scintigraphy

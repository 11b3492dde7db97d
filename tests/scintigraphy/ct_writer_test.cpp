#include "remnant/scintigraphy/ct_writer.h"

#include <gtest/gtest.h>

#include <limits>

#include "remnant/physics/attenuation.h"
#include "scintigraphy/dicom_check.h"
#include "scintigraphy/example_ct.h"
#include "support/refusal_code.h"

namespace remnant::scintigraphy {
namespace {

TEST(WriteCtSeries, IsSoundDicom) {
  REMNANT_REQUIRE_DCIODVFY();
  const testing::TemporaryFolder folder;
  const auto files = testing::writeAll(
      writeCtSeries(testing::exampleMap(), testing::kExampleKeV, testing::exampleCt(7)), folder);
  for (const auto& file : files) EXPECT_EQ(testing::errorsIn(file), "");
}

TEST(WriteCtSeries, LiesAsDicomCountsSpace) {
  const auto slices = writeCtSeries(testing::exampleMap(), testing::kExampleKeV, testing::exampleCt(7));
  ASSERT_EQ(slices.size(), 7U);
  // The grid's corner is (-11, 3, -7.5) and z runs to the feet: centres lie a millimetre further in.
  EXPECT_EQ(slices[0].dataset().numbers({0x0020, 0x0032}), (std::vector<double>{-10, 4, 6.5}));
  EXPECT_EQ(slices[6].dataset().numbers({0x0020, 0x0032}), (std::vector<double>{-10, 4, -5.5}));
  EXPECT_EQ(slices[0].dataset().text({0x0020, 0x0052}), testing::exampleStatic().frameOfReferenceUid);
  EXPECT_EQ(slices[0].dataset().integer({0x0028, 0x0010}), 5);  // rows run to the back
  EXPECT_EQ(slices[0].dataset().integer({0x0028, 0x0011}), 6);
}

TEST(WriteCtSeries, WaterIsZeroHounsfield) {
  const double water = physics::attenuationPerMm(physics::Material::kWater, testing::kExampleKeV);
  const image::Volume map({2, 2, 2, 2, {}}, static_cast<float>(water));
  const auto slices = writeCtSeries(map, testing::kExampleKeV, testing::exampleCt(2));
  const auto pixels = dicom::decodePixels(slices[0]);
  EXPECT_EQ(pixels->frames.at(0).at(0, 0) + pixels->rescaleIntercept.value(), 0);
}

TEST(WriteCtSeries, RefusesWhatIsNoAttenuation) {
  for (const float value : {-0.1F, 100.0F, std::numeric_limits<float>::quiet_NaN()}) {
    const image::Volume map({2, 2, 2, 2, {}}, value);
    EXPECT_EQ(testing::refusalCodeOf([&] { writeCtSeries(map, 364.49, testing::exampleCt(2)); }),
              "attenuation-out-of-range");
  }
  EXPECT_THROW(writeCtSeries(testing::exampleMap(), 364.49, testing::exampleCt(6)), ProgramError);
}

}  // namespace
}  // namespace remnant::scintigraphy

#include "remnant/scintigraphy/study_time.h"

#include <gtest/gtest.h>

#include "scintigraphy/example_acquisition.h"

namespace remnant::scintigraphy {
namespace {

using testing::exampleTime;

/// An object acquired on the given day of March 2020.
dicom::Object acquiredAt(const std::string& date, const std::string& time) {
  dicom::Object object = dicom::Object::create("1.2.840.10008.5.1.4.1.1.20", "2.25.1");
  object.dataset().setText({0x0008, 0x0022}, date);
  object.dataset().setText({0x0008, 0x0032}, time);
  return object;
}

std::optional<CivilTime> givenAt(const std::string& timeOfDay, CivilTime start, const std::string& nuclide) {
  dicom::Object object = acquiredAt("20200304", "120000");
  dicom::Dataset dose = object.dataset().appendItem({0x0054, 0x0016});
  dose.setText({0x0018, 0x1072}, timeOfDay);
  return administrationTime(object.dataset(), start, nuclide);
}

TEST(AcquisitionStart, PrefersTheDateTimeAndFallsBackToTheSeries) {
  dicom::Object object = acquiredAt("20200304", "120000");
  object.dataset().setText({0x0008, 0x0021}, "20200304");
  object.dataset().setText({0x0008, 0x0031}, "113000");
  EXPECT_EQ(acquisitionStart(object.dataset()), exampleTime(4, 12));
  object.dataset().setText({0x0008, 0x002a}, "20200304121500");
  EXPECT_EQ(acquisitionStart(object.dataset()), exampleTime(4, 12, 15));
  object.dataset().setText({0x0008, 0x002a}, "20200304");
  object.dataset().setText({0x0008, 0x0032}, "");
  EXPECT_EQ(acquisitionStart(object.dataset()), exampleTime(4, 11, 30));
}

TEST(AdministrationTime, MidnightMayLieBetween) {
  EXPECT_EQ(givenAt("114000", exampleTime(4, 12), "Tc-99m"), exampleTime(4, 11, 40));
  EXPECT_EQ(givenAt("235000", exampleTime(4, 0, 10), "Tc-99m"), exampleTime(3, 23, 50));
  // A dose "after" the scan of the same day is a mistake and not one of 23 hours before.
  EXPECT_EQ(givenAt("121000", exampleTime(4, 12), "Tc-99m"), std::nullopt);
}

TEST(AdministrationTime, ATimeOfDayTellsNothingOfIodine) {
  EXPECT_EQ(givenAt("114000", exampleTime(4, 12), "I-131"), std::nullopt);
}

TEST(AdministrationTime, AShiftOfAllDatesLeavesTheDifference) {
  const auto hoursOf = [](const std::string& given, const std::string& day) {
    dicom::Object object = acquiredAt(day, "090000");
    object.dataset().appendItem({0x0054, 0x0016}).setText({0x0018, 0x1078}, given);
    const CivilTime start = acquisitionStart(object.dataset()).value();
    return hoursBetween(administrationTime(object.dataset(), start, "I-131").value(), start);
  };
  EXPECT_EQ(hoursOf("20200302083000", "20200304"), 48.5);
  EXPECT_EQ(hoursOf("20191231083000", "20200102"), 48.5);
}

}  // namespace
}  // namespace remnant::scintigraphy

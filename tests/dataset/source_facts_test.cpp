#include "remnant/dataset/source_facts.h"

#include <gtest/gtest.h>

#include "dataset/example_source.h"

namespace remnant::dataset {
namespace {

TEST(AgeBandOf, IsTheDecadeAndOneBandFromNinetyOn) {
  EXPECT_EQ(ageBandOf(0), "0-9");
  EXPECT_EQ(ageBandOf(49), "40-49");
  EXPECT_EQ(ageBandOf(50), "50-59");
  EXPECT_EQ(ageBandOf(89), "80-89");
  EXPECT_EQ(ageBandOf(90), "90+");
  EXPECT_EQ(ageBandOf(111), "90+");
}

TEST(AgeInYears, CountsBirthdays) {
  dicom::Object object = makeSource({});  // born on 15 June 1970
  EXPECT_EQ(ageInYears(object.dataset()), 50);
  object.dataset().setText({0x0008, 0x0022}, "20210615");
  EXPECT_EQ(ageInYears(object.dataset()), 51);
}

TEST(AgeInYears, FallsBackOnTheAgeToldAndRefusesTheAbsurd) {
  dicom::Object object = makeSource({});
  object.dataset().setText({0x0010, 0x0030}, "99990101");
  EXPECT_EQ(ageInYears(object.dataset()), std::nullopt);
  object.dataset().setText({0x0010, 0x1010}, "050Y");
  EXPECT_EQ(ageInYears(object.dataset()), 50);
  object.dataset().setText({0x0010, 0x1010}, "018M");
  EXPECT_EQ(ageInYears(object.dataset()), 1);
  object.dataset().setText({0x0010, 0x1010}, "200Y");
  EXPECT_EQ(ageInYears(object.dataset()), std::nullopt);
  object.dataset().setText({0x0010, 0x0030}, "00000000");
  EXPECT_EQ(ageInYears(object.dataset()), std::nullopt);
}

TEST(HoursFromDose, GoesFromTheAdministrationToTheAcquisition) {
  const dicom::Object object = makeSource({});
  // 12 June 10:30 to 14 June 12:00.
  EXPECT_DOUBLE_EQ(hoursFromDose(object.dataset(), "I-131").value(), 49.5);
}

TEST(HoursFromDose, IsUnknownWhereNegativeAbsurdOrNotTold) {
  dicom::Object object = makeSource({});
  dicom::Dataset dose = object.dataset().items({0x0054, 0x0016}).front();
  dose.setText({0x0018, 0x1078}, "20210614120001");
  EXPECT_EQ(hoursFromDose(object.dataset(), "I-131"), std::nullopt);
  dose.setText({0x0018, 0x1078}, "20210101000000");
  EXPECT_EQ(hoursFromDose(object.dataset(), "I-131"), std::nullopt);
  dose.setText({0x0018, 0x1078}, "20210612");  // the hour is not told
  EXPECT_EQ(hoursFromDose(object.dataset(), "I-131"), std::nullopt);
  object.dataset().remove({0x0054, 0x0016});
  EXPECT_EQ(hoursFromDose(object.dataset(), "I-131"), std::nullopt);
}

TEST(HoursFromDose, TakesATimeOfDayForTheLastOneOnlyWhereTheNuclideIsShortLived) {
  dicom::Object object = makeSource({});
  dicom::Dataset dose = object.dataset().items({0x0054, 0x0016}).front();
  dose.remove({0x0018, 0x1078});
  dose.setText({0x0018, 0x1072}, "113000");
  EXPECT_DOUBLE_EQ(hoursFromDose(object.dataset(), "Tc-99m").value(), 0.5);
  dose.setText({0x0018, 0x1072}, "233000");
  // The acquisition starts at noon: half an hour before midnight, more than twelve hours earlier.
  EXPECT_EQ(hoursFromDose(object.dataset(), "Tc-99m"), std::nullopt);
  object.dataset().setText({0x0008, 0x0032}, "003000");
  EXPECT_DOUBLE_EQ(hoursFromDose(object.dataset(), "Tc-99m").value(), 1);
  EXPECT_EQ(hoursFromDose(object.dataset(), "I-131"), std::nullopt);
}

TEST(ReadSourceFacts, ReadsWhatCleaningTakesAway) {
  const SourceFacts facts = readSourceFacts(makeSource({}).dataset(), "I-131");
  EXPECT_EQ(facts.patientId, "PAT4711");
  EXPECT_EQ(facts.studyUid, "1.2.3.100");
  EXPECT_EQ(facts.institution, "Hospital of Nowhere");
  EXPECT_EQ(facts.sex, "F");
  EXPECT_EQ(facts.ageBand, "50-59");
  EXPECT_EQ(facts.scanner, "MAKER MODEL 1");
  EXPECT_EQ(facts.acquisitionPeriod, 2021);
}

// An archive registered years later: the study's date is not that of the scan.
TEST(ReadSourceFacts, TakesTheYearAndTheAgeFromTheAcquisition) {
  dicom::Object object = makeSource({});
  dicom::Dataset source = object.dataset();
  source.setText({0x0008, 0x0020}, "20310615");
  source.setText({0x0008, 0x0022}, "20190615");
  source.setText({0x0010, 0x0030}, "19800616");
  const SourceFacts facts = readSourceFacts(source, "I-131");
  EXPECT_EQ(facts.acquisitionPeriod, 2019);
  EXPECT_EQ(facts.ageBand, "30-39");
}

}  // namespace
}  // namespace remnant::dataset

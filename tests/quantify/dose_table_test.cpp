#include "remnant/quantify/dose_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "quantify/acquired_scene.h"
#include "support/refusal_code.h"

namespace remnant::quantify {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::map<std::string, ToldDose> doses(const std::string& row) {
  return readDoses(CsvTable::parse("studyInstanceUid,doseMBq,hoursFromDose\n" + row + "\n", "doses.csv"));
}

/// Given 100 MBq on 1 June 2023 at 10:00, seen a day later.
scintigraphy::AcquiredStudy told(const std::string& row,
                                 scintigraphy::AcquiredStudy study = acquiredStudy()) {
  std::vector<scintigraphy::AcquiredStudy> studies{std::move(study)};
  setDoses(doses(row), studies);
  return studies.front();
}

TEST(DoseTable, FillsInWhatTheObjectsDoNotTell) {
  scintigraphy::AcquiredStudy silent = acquiredStudy();
  silent.doseMBq.reset();
  silent.administration.reset();
  const auto study = told("1.2.3,111,26.5", silent);
  EXPECT_EQ(study.doseMBq, 111);
  EXPECT_EQ(study.administration, parseDateTime("20230601073000"));
  EXPECT_THAT(study.warnings, IsEmpty());
}

TEST(DoseTable, StandsAboveTheObjectsWithAWarning) {
  const auto study = told("1.2.3,80,48");
  EXPECT_EQ(study.doseMBq, 80);
  EXPECT_EQ(study.administration, parseDateTime("20230531100000"));
  EXPECT_THAT(study.warnings, ElementsAre(HasSubstr("100 MBq"), HasSubstr("24 h before")));
  EXPECT_THAT(told("1.2.3,100,24").warnings, IsEmpty());
}

TEST(DoseTable, LeavesWhatItDoesNotTell) {
  EXPECT_EQ(told("1.2.3,,").doseMBq, 100);
  EXPECT_EQ(told("9.9,80,48").doseMBq, 100) << "another study";
  scintigraphy::AcquiredStudy timeless = acquiredStudy();
  timeless.administration.reset();
  timeless.objects.front().start.reset();
  EXPECT_FALSE(told("1.2.3,80,48", timeless).administration);
}

TEST(DoseTable, RefusesWhatCannotBe) {
  for (const char* row : {"1,0,24", "1,-5,24", "1,100,-1", "1,100,2000", "1,1e9,24"})
    EXPECT_EQ(remnant::testing::refusalCodeOf([&] { doses(row); }), "bad-dose") << row;
  EXPECT_EQ(remnant::testing::refusalCodeOf([] { doses("1,much,24"); }), "bad-number");
}

}  // namespace
}  // namespace remnant::quantify

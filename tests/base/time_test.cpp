#include "remnant/base/time.h"

#include <gtest/gtest.h>

namespace remnant {
namespace {

using std::chrono::microseconds;

TEST(ParseDate, ReadsDatesThatExist) {
  ASSERT_TRUE(parseDate("19700102"));
  EXPECT_EQ(parseDate("19700102")->time_since_epoch().count(), 1);
  EXPECT_EQ(parseDate("2000.02.29"), parseDate("20000229"));
  EXPECT_EQ(dateText(*parseDate("20240229")), "20240229");
  EXPECT_EQ(yearOf(*parseDate("20211231")), 2021);
}

TEST(ParseDate, RefusesWhatIsNoDate) {
  for (const char* text : {"", "00000000", "20230229", "20231301", "2023010", "2023-01-01", "abcdefgh"})
    EXPECT_FALSE(parseDate(text)) << text;
}

TEST(ParseTimeOfDay, ReadsDicomTimes) {
  EXPECT_EQ(parseTimeOfDay("10"), microseconds(std::chrono::hours(10)));
  EXPECT_EQ(parseTimeOfDay("102217.363"), microseconds(((10 * 60 + 22) * 60 + 17) * 1000000L + 363000));
  EXPECT_EQ(timeOfDayText(*parseTimeOfDay("102217.000042")), "102217.000042");
  EXPECT_EQ(timeOfDayText(*parseTimeOfDay("0102")), "010200");
  for (const char* text : {"", "1", "24", "1060", "10.5", "102217.", "102217.1234567", "10221x"})
    EXPECT_FALSE(parseTimeOfDay(text)) << text;
}

TEST(ParseDateTime, KeepsIntervalsAcrossMidnight) {
  const auto evening = parseDateTime("20230228235900");
  const auto morning = parseDateTime("20230301000100+0100");
  ASSERT_TRUE(evening && morning);
  EXPECT_DOUBLE_EQ(hoursBetween(*evening, *morning), 2.0 / 60);
  EXPECT_FALSE(parseDateTime("2023022823590000000"));
}

}  // namespace
}  // namespace remnant

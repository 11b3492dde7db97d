#include "remnant/base/progress.h"

#include <gtest/gtest.h>

namespace remnant {
namespace {

TEST(DurationText, NamesTheTwoLargestUnits) {
  EXPECT_EQ(durationText(44.6), "45 s");
  EXPECT_EQ(durationText(200), "3 min 20 s");
  EXPECT_EQ(durationText(2 * 3600 + 5 * 60), "2 h 05 min");
}

TEST(Progress, TellsTheEndOnStderrOnly) {
  ::testing::internal::CaptureStderr();
  ::testing::internal::CaptureStdout();
  {
    Progress progress("ingest", "objects", 3, 1);
    progress.advance(2);
  }
  EXPECT_NE(::testing::internal::GetCapturedStderr().find("ingest: 3 of 3 objects, done"), std::string::npos);
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "");
}

}  // namespace
}  // namespace remnant

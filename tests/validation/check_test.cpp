#include "remnant/validation/check.h"

#include <gtest/gtest.h>

#include <limits>

namespace remnant::validation {
namespace {

TEST(Check, PassesWithinItsTolerance) {
  EXPECT_TRUE((Check{"g", "q", 1.04, 1, 0.05, 0, "s"}.passed()));
  EXPECT_FALSE((Check{"g", "q", 1.06, 1, 0.05, 0, "s"}.passed()));
  EXPECT_FALSE((Check{"g", "q", 0.94, 1, 0.05, 0, "s"}.passed()));
}

TEST(Check, AllowsTwiceTheStandardErrorBesides) {
  EXPECT_TRUE((Check{"g", "q", 1.06, 1, 0.05, 0.006, "s"}.passed()));
  EXPECT_FALSE((Check{"g", "q", 1.06, 1, 0.05, 0.004, "s"}.passed()));
}

TEST(Check, WhatIsNoNumberFails) {
  EXPECT_FALSE((Check{"g", "q", std::numeric_limits<double>::quiet_NaN(), 1, 10, 0, "s"}.passed()));
}

TEST(Check, ToleranceMayBeAShareOfWhatIsExpected) {
  EXPECT_DOUBLE_EQ(relativeCheck("g", "q", 0, -20, 0.05, "s").tolerance, 1);
}

TEST(Check, WritesOneObjectARow) {
  const std::string json = jsonOf({{"g", "q", 2, 1, 0.5, 0, "s"}});
  EXPECT_NE(json.find("\"passed\": false"), std::string::npos);
  EXPECT_NE(json.find("\"source\": \"s\""), std::string::npos);
}

}  // namespace
}  // namespace remnant::validation

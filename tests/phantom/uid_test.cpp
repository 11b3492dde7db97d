#include "remnant/phantom/uid.h"

#include <gtest/gtest.h>

namespace remnant::phantom {
namespace {

TEST(UidFrom, IsTheDecimalFormOfAUuid) {
  // SHA-256 of nothing begins e3b0c44298fc1c149afbf4c8996fb924; as a UUID of version 8 that is
  // e3b0c442-98fc-8c14-9afb-f4c8996fb924, in decimal (Python's int(..., 16)):
  EXPECT_EQ(uidFrom(""), "2.25.302652579918966106791432553938847512868");
}

TEST(UidFrom, DiffersWithTheTextAndFitsAUid) {
  EXPECT_EQ(uidFrom("a"), uidFrom("a"));
  EXPECT_NE(uidFrom("a"), uidFrom("b"));
  EXPECT_LE(uidFrom("a").size(), 64U);
}

}  // namespace
}  // namespace remnant::phantom

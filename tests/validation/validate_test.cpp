#include "remnant/validation/validate.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

namespace remnant::validation {
namespace {

void expectPassed(const std::vector<Check>& checks) {
  ASSERT_FALSE(checks.empty());
  for (const Check& check : checks)
    EXPECT_TRUE(check.passed()) << check.group << ": " << check.quantity << " is " << check.value
                                << ", expected " << check.expected << " +- " << check.tolerance;
}

TEST(Validate, ClosedFormsPass) {
  expectPassed(closedFormChecks());
}

TEST(Validate, ProjectorPasses) {
  expectPassed(projectorChecks());
}

TEST(Validate, EverythingPassesLong) {
  if (!std::getenv("REMNANT_LONG_TESTS")) GTEST_SKIP() << "set REMNANT_LONG_TESTS to run it";
  const std::vector<Check> checks = validate();
  expectPassed(checks);
  std::set<std::string> quantities;
  for (const Check& check : checks) quantities.insert(check.group + check.quantity);
  EXPECT_EQ(quantities.size(), checks.size()) << "two checks have one name";
}

}  // namespace
}  // namespace remnant::validation

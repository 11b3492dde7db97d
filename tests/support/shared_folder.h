#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

/// The folder of shared reference material; tests that read it skip, visibly, where it is absent.
namespace remnant::testing {

inline std::filesystem::path sharedFolder() {
  const char* folder = std::getenv("REMNANT_SHARED");
  return folder ? folder : "../shared";
}

}  // namespace remnant::testing

/// Skips the test where sharedFolder()/part does not exist.
#define REMNANT_REQUIRE_SHARED(part)                                         \
  do {                                                                       \
    if (!std::filesystem::exists(remnant::testing::sharedFolder() / (part))) \
      GTEST_SKIP() << "shared/" << (part) << " is not here";                 \
  } while (false)

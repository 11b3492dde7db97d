#pragma once

#include <gtest/gtest.h>

#include <string>

#include "remnant/base/error.h"

namespace remnant::testing {

/// The call must throw an InputError of this code whose message holds the words; tag is compared where it is
/// not empty.
template <class Call>
void expectRefusal(const Call& call, const std::string& code, const std::string& words,
                   const std::string& tag = {}) {
  try {
    call();
    ADD_FAILURE() << "not refused, where " << code << " is due";
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_NE(std::string(error.what()).find(words), std::string::npos)
        << "'" << error.what() << "' does not tell " << words;
    if (!tag.empty()) {
      EXPECT_EQ(error.tag(), tag);
    }
  }
}

}  // namespace remnant::testing

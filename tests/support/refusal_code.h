#pragma once

#include <functional>
#include <string>

#include "remnant/base/error.h"

namespace remnant::testing {

/// The code of the InputError that the action ends in; "no error" where it ends in none.
inline std::string refusalCodeOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.code();
  }
  return "no error";
}

}  // namespace remnant::testing

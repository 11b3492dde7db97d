#include "remnant/base/error.h"

namespace remnant {

std::string describe(const InputError& error) {
  std::string text;
  if (!error.file().empty()) text += error.file() + ": ";
  if (!error.tag().empty()) text += error.tag() + ": ";
  return text + error.what();
}

}  // namespace remnant

#include "remnant/dicom/tag.h"

#include <fmt/format.h>

namespace remnant::dicom {

std::string tagText(Tag tag) {
  return fmt::format("({:04x},{:04x})", tag.group, tag.element);
}

}  // namespace remnant::dicom

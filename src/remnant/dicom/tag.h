#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace remnant::dicom {

/// The name of a DICOM attribute (PS3.6).
struct Tag {
  std::uint16_t group = 0;
  std::uint16_t element = 0;
  auto operator<=>(const Tag&) const = default;
  bool isPrivate() const { return (group & 1) != 0; }
};

/// "(gggg,eeee)" in lower-case hexadecimal.
std::string tagText(Tag tag);

}  // namespace remnant::dicom

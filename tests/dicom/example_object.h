#pragma once

#include <string>

#include "remnant/dicom/object.h"
#include "remnant/dicom/pixels.h"

/// Objects that tests make themselves.
namespace remnant::testing {

inline constexpr const char* kNmImageStorage = "1.2.840.10008.5.1.4.1.1.20";

inline dicom::Object exampleObject() {
  return dicom::Object::create(kNmImageStorage, "2.25.1001");
}

/// Frames whose every pixel tells frame, row and column, so that no two places can be confused.
inline std::vector<image::Counts> exampleFrames(std::size_t frames, std::size_t rows, std::size_t columns) {
  std::vector<image::Counts> made;
  for (std::size_t frame = 0; frame < frames; ++frame) {
    image::Counts counts(rows, columns);
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t column = 0; column < columns; ++column)
        counts.at(row, column) = static_cast<std::int32_t>((1000 * frame + columns * row + column) % 60000);
    made.push_back(std::move(counts));
  }
  return made;
}

}  // namespace remnant::testing

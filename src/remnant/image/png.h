#pragma once

#include <filesystem>
#include <string>

#include "remnant/image/grid.h"

/// The door to libpng. The bytes depend on the pixels alone: no time stamp, no text, fixed compression
/// settings.
namespace remnant::image {

/// Raw counts as 16-bit greyscale PNG in memory. Throws InputError "counts-out-of-range" where a pixel lies
/// outside 0..65535.
std::string encodePng(const Counts& counts);
/// Values 0..255 as 8-bit greyscale PNG in memory (for display only).
std::string encodePng(const Grid<std::uint8_t>& grey);

/// Writes by rename.
void writePng(const std::filesystem::path& path, const Counts& counts);

/// Reads a greyscale PNG of 8 or 16 bits as it is stored. Throws InputError "bad-png" (not a PNG, colour,
/// truncated, more than 16384 pixels a side).
Counts readPng(const std::filesystem::path& path);

}  // namespace remnant::image

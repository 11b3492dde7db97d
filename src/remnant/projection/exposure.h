#pragma once

#include <cstdint>

#include "remnant/image/grid.h"

/// From rates to counts.
namespace remnant::projection {

/// Draws each pixel's counts from its expectation. The stream of a pixel depends on (seed, place, pixel)
/// alone. Counts beyond 65535 stay there, as in a camera that stores 16 bits.
image::Counts drawCounts(const image::Image& expected, std::uint64_t seed, std::uint32_t place0,
                         std::uint32_t place1);

}  // namespace remnant::projection

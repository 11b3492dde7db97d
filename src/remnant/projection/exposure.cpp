#include "remnant/projection/exposure.h"

#include <algorithm>

#include "remnant/base/random.h"

namespace remnant::projection {

image::Counts drawCounts(const image::Image& expected, std::uint64_t seed, std::uint32_t place0,
                         std::uint32_t place1) {
  constexpr std::uint32_t kMostCounts = 65535;
  image::Counts counts(expected.rows(), expected.columns());
  for (std::size_t pixel = 0; pixel < expected.pixels().size(); ++pixel) {
    const double mean = expected.pixels()[pixel];
    if (mean <= 0) continue;
    RandomStream random(seed, place0, place1, static_cast<std::uint32_t>(pixel));
    counts.pixels()[pixel] = static_cast<std::int32_t>(std::min(random.poisson(mean), kMostCounts));
  }
  return counts;
}

}  // namespace remnant::projection

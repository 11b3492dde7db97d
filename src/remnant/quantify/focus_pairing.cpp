#include "remnant/quantify/focus_pairing.h"

#include <numeric>
#include <utility>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

double squaredDistance(const PlaneCoordinates& one, const PlaneCoordinates& other) {
  return (one.x - other.x) * (one.x - other.x) + (one.z - other.z) * (one.z - other.z);
}

/// Whether two found foci, in each other's place, are nearer to the true ones.
bool areCrossed(const std::vector<PlaneCoordinates>& truth,
                const std::vector<std::optional<PlaneCoordinates>>& found,
                const std::vector<std::size_t>& pairing, std::size_t one, std::size_t other) {
  const auto apart = [&](std::size_t place, std::size_t answer) {
    const auto& there = found[pairing[answer]];
    return there ? squaredDistance(truth[place], *there) : 0;
  };
  return apart(one, other) + apart(other, one) < apart(one, one) + apart(other, other);
}

}  // namespace

std::vector<std::size_t> pairedByPlace(const std::vector<PlaneCoordinates>& truth,
                                       const std::vector<std::optional<PlaneCoordinates>>& found,
                                       double sameSpotMm) {
  if (truth.size() != found.size()) throw ProgramError("as many foci are to be found as there are");
  std::vector<std::size_t> pairing(truth.size());
  std::iota(pairing.begin(), pairing.end(), std::size_t{0});
  // Each exchange lowers the sum, so the search ends.
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t one = 0; one < truth.size(); ++one)
      for (std::size_t other = one + 1; other < truth.size(); ++other)
        if (squaredDistance(truth[one], truth[other]) < sameSpotMm * sameSpotMm &&
            areCrossed(truth, found, pairing, one, other)) {
          std::swap(pairing[one], pairing[other]);
          changed = true;
        }
  }
  return pairing;
}

}  // namespace remnant::quantify

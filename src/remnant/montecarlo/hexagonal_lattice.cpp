#include "remnant/montecarlo/hexagonal_lattice.h"

#include <cmath>
#include <numbers>

namespace remnant::montecarlo {

namespace {

constexpr double kHalfRootThree = std::numbers::sqrt3 / 2;

double squaredDistance(const PlanePoint& a, const PlanePoint& b) {
  return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

}  // namespace

PlanePoint HexagonalLattice::cellCentre(const PlanePoint& point) const {
  // The lattice is two rectangular ones, pitch x sqrt3 pitch, shifted by half of each.
  const double height = 2 * kHalfRootThree * pitch_;
  const PlanePoint even{std::floor(point.x / pitch_ + 0.5) * pitch_,
                        std::floor(point.y / height + 0.5) * height};
  const PlanePoint odd{(std::floor(point.x / pitch_) + 0.5) * pitch_,
                       (std::floor(point.y / height) + 0.5) * height};
  return squaredDistance(even, point) <= squaredDistance(odd, point) ? even : odd;
}

bool HexagonalLattice::holds(const PlanePoint& centre, const PlanePoint& point) const {
  const double x = std::abs(point.x - centre.x);
  const double y = std::abs(point.y - centre.y);
  return x <= halfHole_ && 0.5 * x + kHalfRootThree * y <= halfHole_;
}

bool HexagonalLattice::inHole(const PlanePoint& point) const {
  return holds(cellCentre(point), point);
}

bool HexagonalLattice::inOneHole(const PlanePoint& a, const PlanePoint& b) const {
  const PlanePoint centre = cellCentre(a);
  return holds(centre, a) && holds(centre, b);
}

}  // namespace remnant::montecarlo

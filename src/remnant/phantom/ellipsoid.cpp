#include "remnant/phantom/ellipsoid.h"

#include <cmath>
#include <numbers>

namespace remnant::phantom {

std::optional<Span> Ellipsoid::spanAt(double x, double z) const {
  const double lateral = (x - centre.x) / semiAxes.x;
  const double axial = (z - centre.z) / semiAxes.z;
  const double rest = 1 - lateral * lateral - axial * axial;
  if (rest <= 0) return std::nullopt;
  const double half = semiAxes.y * std::sqrt(rest);
  return Span{centre.y - half, centre.y + half};
}

double Ellipsoid::volumeMl() const {
  return 4.0 / 3.0 * std::numbers::pi * semiAxes.x * semiAxes.y * semiAxes.z / 1000;
}

Ellipsoid ovoid(const Point& centre, double volumeMl, double stretch) {
  const double radius = std::cbrt(volumeMl * 1000 * 3 / (4 * std::numbers::pi * stretch));
  return {centre, {radius, radius, radius * stretch}};
}

}  // namespace remnant::phantom

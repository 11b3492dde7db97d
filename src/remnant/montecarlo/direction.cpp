#include "remnant/montecarlo/direction.h"

#include <algorithm>
#include <cmath>

namespace remnant::montecarlo {

namespace {

struct CosineSine {
  double cosine;
  double sine;
};

/// A random azimuth by rejection in the unit disc (von Neumann), without trigonometric functions.
CosineSine azimuth(RandomStream& stream) {
  for (;;) {
    const double a = 2 * stream.uniform() - 1;
    const double b = 2 * stream.uniform() - 1;
    const double square = a * a + b * b;
    if (square > 1 || square < 1e-12) continue;
    return {(a * a - b * b) / square, 2 * a * b / square};
  }
}

}  // namespace

Direction isotropic(RandomStream& stream) {
  const double cosine = 2 * stream.uniform() - 1;
  const double sine = std::sqrt(std::max(0.0, 1 - cosine * cosine));
  const CosineSine phi = azimuth(stream);
  return {sine * phi.cosine, sine * phi.sine, cosine};
}

Direction deflected(const Direction& d, double cosine, RandomStream& stream) {
  const double sine = std::sqrt(std::max(0.0, 1 - cosine * cosine));
  const CosineSine phi = azimuth(stream);
  const double across = std::sqrt(d.x * d.x + d.y * d.y);
  if (across < 1e-9) return {sine * phi.cosine, sine * phi.sine, d.z > 0 ? cosine : -cosine};
  const double along = sine * phi.cosine / across;
  const double aside = sine * phi.sine / across;
  return {d.x * cosine + along * d.x * d.z - aside * d.y, d.y * cosine + along * d.y * d.z + aside * d.x,
          d.z * cosine - sine * phi.cosine * across};
}

}  // namespace remnant::montecarlo

#pragma once

#include "remnant/base/random.h"
#include "remnant/image/volume.h"

namespace remnant::montecarlo {

/// A unit vector in patient space.
struct Direction {
  double x = 0;
  double y = 0;
  double z = 1;
};

inline double dot(const Direction& a, const Direction& b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

inline image::Point moved(const image::Point& point, const Direction& direction, double mm) {
  return {point.x + direction.x * mm, point.y + direction.y * mm, point.z + direction.z * mm};
}

/// Uniform over the sphere.
Direction isotropic(RandomStream& stream);
/// Turned by the polar angle with that cosine, azimuth uniform.
Direction deflected(const Direction& direction, double cosine, RandomStream& stream);

}  // namespace remnant::montecarlo

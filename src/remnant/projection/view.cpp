#include "remnant/projection/view.h"

#include <cmath>
#include <numbers>

namespace remnant::projection {

SeenPoint seenFrom(const HeadPosition& head, const image::Point& point) {
  const double angle = head.angleDegrees * std::numbers::pi / 180;
  const double x = point.x - head.axisX, y = point.y - head.axisY;
  return {x * std::cos(angle) + y * std::sin(angle), point.z,
          head.planeMm - x * std::sin(angle) + y * std::cos(angle)};
}

}  // namespace remnant::projection

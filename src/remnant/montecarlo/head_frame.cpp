#include "remnant/montecarlo/head_frame.h"

#include <cmath>
#include <numbers>

namespace remnant::montecarlo {

HeadFrame::HeadFrame(const projection::HeadPosition& head)
    : planeMm_(head.planeMm), axisX_(head.axisX), axisY_(head.axisY) {
  const double radians = head.angleDegrees * std::numbers::pi / 180;
  toHead_ = {std::sin(radians), -std::cos(radians), 0};
}

}  // namespace remnant::montecarlo

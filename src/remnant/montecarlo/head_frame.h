#pragma once

#include "remnant/montecarlo/direction.h"
#include "remnant/projection/view.h"

namespace remnant::montecarlo {

/// A head's axes, computed once: projection::seenFrom for millions of points.
class HeadFrame {
 public:
  explicit HeadFrame(const projection::HeadPosition& head);

  /// The direction in which photons reach the head along its holes.
  const Direction& toHead() const { return toHead_; }
  projection::SeenPoint seen(const image::Point& point) const {
    const double x = point.x - axisX_;
    const double y = point.y - axisY_;
    return {-toHead_.y * x + toHead_.x * y, point.z, planeMm_ - (toHead_.x * x + toHead_.y * y)};
  }

 private:
  Direction toHead_;
  double planeMm_;
  double axisX_;
  double axisY_;
};

}  // namespace remnant::montecarlo

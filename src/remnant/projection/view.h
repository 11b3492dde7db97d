#pragma once

#include <cstddef>

#include "remnant/image/volume.h"

/// Where a camera head stands and how its picture lies over the patient.
namespace remnant::projection {

/// A head with parallel holes looks at the patient along a direction in the x-y plane.
///   angle 0 anterior (looks along +y), 90 from the patient's left (looks along -x), 180 posterior, 270 from
///   the right.
/// Picture columns run along u = x cos(angle) + y sin(angle) as the head sees it (anterior: the patient's
/// right on the left of the picture), rows along z. Distance before the collimator's face is
///   b = planeMm + w, with w = -x sin(angle) + y cos(angle) measured from the axis.
/// The axis is the line (axisX, axisY).
struct HeadPosition {
  double angleDegrees = 0;
  double planeMm = 200;  ///< from the axis to the collimator's face, > 0
  double axisX = 0;
  double axisY = 0;
};

struct Picture {
  std::size_t rows = 128;
  std::size_t columns = 128;
  double pixelMm = 2.4;
  double centreU = 0;  ///< u of the picture's middle, from the axis
  double topMm = 0;    ///< z of the upper edge of row 0

  double rowOf(double z) const { return (z - topMm) / pixelMm - 0.5; }
  double columnOf(double u) const { return (u - centreU) / pixelMm + static_cast<double>(columns) / 2 - 0.5; }
};

/// A point as a head sees it.
struct SeenPoint {
  double u = 0;  ///< from the axis, along the columns
  double z = 0;
  double distanceMm = 0;  ///< before the collimator's face
};
SeenPoint seenFrom(const HeadPosition& head, const image::Point& point);

}  // namespace remnant::projection

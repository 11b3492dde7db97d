#pragma once

#include <memory>
#include <vector>

#include "remnant/physics/point_response.h"

/// Septal-penetration tails, tabulated: all tails of a response have the same shape at every distance, since
/// their lengths grow with the distance by one factor.
namespace remnant::quantify {

/// Density of all tails together with tail scale 1, and its derivatives.
struct TailDensity {
  double value = 0;  ///< counts a second, MBq and mm^2
  double byU = 0, byZ = 0;
  double byDistance = 0;
};

class TailTable {
 public:
  /// reachMm: greatest distance from the image of the source, at the smallest distance from the collimator.
  TailTable(const physics::PointResponse& response, double reachMm);

  /// Zero beyond the reach. Interpolated by cubic convolution (Keys 1981, IEEE Trans. ASSP 29:1153).
  TailDensity at(double du, double dz, double distanceMm) const;
  bool serves(const physics::PointResponse& response, double reachMm) const;

 private:
  double lengthFactor(double distanceMm) const;

  physics::PointResponse response_;
  double reachMm_ = 0;
  std::size_t side_ = 0;
  std::vector<double> values_;
};

/// The table of a response, nullptr where it has no tails; one already made for the same response is shared.
std::shared_ptr<const TailTable> tailTableFor(const physics::PointResponse& response, double reachMm);

}  // namespace remnant::quantify

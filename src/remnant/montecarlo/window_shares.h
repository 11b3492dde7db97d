#pragma once

#include <cstddef>
#include <vector>

#include "remnant/physics/detector.h"

namespace remnant::montecarlo {

/// W(E): the share of full-energy pulses of photons of energy E that falls into each of several windows.
class WindowShares {
 public:
  WindowShares(const physics::Detector& detector, const std::vector<physics::Window>& windows,
               double highestKeV);

  std::size_t windows() const { return windows_; }
  /// `windows()` shares at the nearest tabulated energy (an eighth of a keV apart).
  const double* at(double keV) const;
  /// Photons below it count in no window (shares below a millionth).
  double lowestKeV() const { return lowestKeV_; }

 private:
  std::size_t windows_;
  double lowestKeV_ = 0;
  std::vector<double> shares_;  ///< energy by energy
};

}  // namespace remnant::montecarlo

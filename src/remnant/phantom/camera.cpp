#include "remnant/phantom/camera.h"

#include <cmath>
#include <numbers>

namespace remnant::phantom {

double Collimator::fwhmMm(double distanceMm) const {
  const double effectiveLengthMm = lengthMm - 2 / leadAttenuationPerMm;
  const double geometric =
      shapeFactor * holeMm * (effectiveLengthMm + distanceMm + crystalGapMm) / effectiveLengthMm;
  return std::hypot(geometric, intrinsicFwhmMm);
}

double Collimator::sigmaMm(double distanceMm) const {
  return fwhmMm(distanceMm) / (2 * std::sqrt(2 * std::numbers::ln2));
}

}  // namespace remnant::phantom

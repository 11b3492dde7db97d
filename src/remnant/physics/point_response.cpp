#include "remnant/physics/point_response.h"

#include <cmath>
#include <numbers>

namespace remnant::physics {
namespace {

constexpr int kRays = 6;

/// Six Gaussians of the angle, sixty degrees from one another, of mean 1 over the circle.
double rays(double degrees, double widthDegrees) {
  const double spacing = 360.0 / kRays;
  double sum = 0;
  // Angle to the nearest ray; rays further than two away add nothing for the widths in use.
  const double offset = degrees - spacing * std::round(degrees / spacing);
  for (int neighbour = -2; neighbour <= 2; ++neighbour) {
    const double distance = (offset - neighbour * spacing) / widthDegrees;
    sum += std::exp(-distance * distance / 2);
  }
  return sum * spacing / (widthDegrees * std::sqrt(2 * std::numbers::pi));
}

}  // namespace

double PointResponse::totalCpsPerMBq() const {
  double total = coreCpsPerMBq;
  for (std::size_t tail = 0; tail < tails.size(); ++tail) total += tailCpsPerMBq(tail);
  return total;
}

double PointResponse::tailLengthMm(std::size_t tail, double distanceMm) const {
  return tails.at(tail).lengthMm * (distanceMm + collimator.lengthMm) /
         (statedDistanceMm + collimator.lengthMm);
}

double PointResponse::tailBlurMm() const {
  if (knownTailBlurMm) return *knownTailBlurMm;
  const double period = collimator.holeMm + collimator.septumMm;
  const double onCrystal = period * (statedDistanceMm + collimator.lengthMm + collimator.crystalGapMm) /
                           (statedDistanceMm + collimator.lengthMm / 2);
  return std::hypot(onCrystal, detector.intrinsicFwhmMmAt(keV)) / (2 * std::sqrt(2 * std::numbers::ln2));
}

double PointResponse::tailDensity(std::size_t tail, double dxMm, double dzMm, double distanceMm) const {
  const double length = tailLengthMm(tail, distanceMm);
  const double radial = std::exp(-std::hypot(dxMm, dzMm) / length) / (2 * std::numbers::pi * length * length);
  const double degrees = std::atan2(dzMm, dxMm) * 180 / std::numbers::pi - rayAngleDegrees;
  const double modulation = tails[tail].modulation;
  return radial * (1 - modulation + modulation * rays(degrees, rayWidthDegrees));
}

}  // namespace remnant::physics

#include "remnant/physics/scatter_neck.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "remnant/physics/attenuation.h"
#include "remnant/physics/scatter_first_order.h"

namespace remnant::physics {
namespace {

constexpr int kAzimuths = 8;  ///< in a quarter turn; the neck is symmetric
constexpr int kSteps = 24;
constexpr double kLongestMm = 400;

struct Direction {
  double lateral, towardsHead;  ///< per mm of path
};

/// Length of the ray inside the ellipse from a point `middleMm` nearer to the head than the axis.
double lengthInside(const Direction& direction, double middleMm) {
  const double across = direction.lateral / kNeckHalfWidthMm,
               along = direction.towardsHead / kNeckHalfDepthMm;
  const double start = middleMm / kNeckHalfDepthMm;
  const double square = across * across + along * along;
  if (square < 1e-12) return kLongestMm;
  const double half = along * start;
  const double length = (-half + std::sqrt(half * half + square * (1 - start * start))) / square;
  return std::clamp(length, 0.0, kLongestMm);
}

/// Water on the way to the head from a place on the ray.
double depthBelowSkin(const Direction& direction, double middleMm, double pathMm) {
  const double across = direction.lateral * pathMm / kNeckHalfWidthMm;
  const double skin = kNeckHalfDepthMm * std::sqrt(std::max(0.0, 1 - across * across));
  return std::max(0.0, skin - (middleMm + direction.towardsHead * pathMm));
}

/// Attenuation before and after the scattering, integrated along the ray; equal steps of absorption.
double transmittedAlong(const Direction& direction, double middleMm, double emitted, double scattered) {
  const double absorbed = -std::expm1(-emitted * lengthInside(direction, middleMm));
  double sum = 0;
  for (int step = 0; step < kSteps; ++step) {
    const double path = -std::log1p(-absorbed * (step + 0.5) / kSteps) / emitted;
    sum += std::exp(-scattered * depthBelowSkin(direction, middleMm, path));
  }
  return sum * absorbed / kSteps / emitted;
}

}  // namespace

double FirstOrderScatter::inNeck(double depthMm) const {
  const double middle = kNeckHalfDepthMm - depthMm;
  double sum = 0;
  for (const Angle& angle : angles_)
    for (int azimuth = 0; azimuth < kAzimuths; ++azimuth) {
      const double phi = (azimuth + 0.5) / kAzimuths * std::numbers::pi / 2;
      const Direction direction{angle.sine * std::cos(phi), angle.cosine};
      sum += angle.strengthPerMm *
             transmittedAlong(direction, middle, attenuationPerMm_, angle.attenuationPerMm);
    }
  return sum / kAzimuths;
}

double firstOrderInNeck(double depthMm, double keV, const Window& window, const Detector& detector) {
  return FirstOrderScatter(keV, window, detector).inNeck(depthMm);
}

}  // namespace remnant::physics

#include "remnant/physics/scatter_first_order.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "remnant/physics/attenuation.h"
#include "remnant/physics/compton.h"
#include "remnant/physics/scatter.h"

namespace remnant::physics {
namespace {

constexpr std::size_t kAngles = 64;
constexpr std::size_t kDensityAngles = 200;
constexpr double kLeastResponse = 1e-7;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct AngleRange {
  double from = 0, to = 0;
};

/// The scattering angles that the window accepts; a degree beyond them on either side.
AngleRange acceptedAngles(double keV, const Window& window, const Detector& detector) {
  constexpr double kDegree = std::numbers::pi / 180;
  int first = 180, last = 0;
  for (int degree = 0; degree <= 180; ++degree) {
    if (detector.windowFraction(window, scatteredKeV(keV, std::cos(degree * kDegree))) < kLeastResponse)
      continue;
    first = std::min(first, degree);
    last = std::max(last, degree);
  }
  if (first > last) return {};
  return {std::max(0, first - 1) * kDegree, std::min(180, last + 1) * kDegree};
}

double waterPerMm(double keV) {
  return attenuationPerMm(Material::kWater, keV);
}

}  // namespace

double scatteredPerMm(double keV, double cosine, const Window& window, const Detector& detector) {
  return kElectronsPerMm3OfWater * kleinNishinaMm2(keV, cosine) *
         incoherentFunction(momentumTransfer(keV, cosine)) *
         detector.windowFraction(window, scatteredKeV(keV, cosine));
}

FirstOrderScatter::FirstOrderScatter(double keV, const Window& window, const Detector& detector)
    : attenuationPerMm_(waterPerMm(keV)) {
  const AngleRange range = acceptedAngles(keV, window, detector);
  if (range.to <= range.from) return;
  const double step = (range.to - range.from) / kAngles;
  for (std::size_t index = 0; index < kAngles; ++index) {
    const double theta = range.from + (static_cast<double>(index) + 0.5) * step;
    const double sine = std::sin(theta), cosine = std::cos(theta), scattered = scatteredKeV(keV, cosine);
    const double strength =
        2 * std::numbers::pi * sine * step * scatteredPerMm(keV, cosine, window, detector);
    angles_.push_back({sine, cosine, strength, waterPerMm(scattered), scattered});
  }
}

/// Integral along the emission ray, without the strength and the attenuation of the depth itself.
double FirstOrderScatter::alongRay(const Angle& angle, double longestMm, double depthMm) const {
  const double path = angle.cosine > 0 ? std::min(longestMm, depthMm / angle.cosine) : longestMm;
  const double difference = attenuationPerMm_ - angle.attenuationPerMm * angle.cosine;
  return -std::expm1(-difference * path) / difference;
}

std::vector<double> FirstOrderScatter::withinEach(std::span<const double> radiiMm, double depthMm) const {
  std::vector<double> sums(radiiMm.size());
  for (const Angle& angle : angles_) {
    const double strength = angle.strengthPerMm * std::exp(-angle.attenuationPerMm * depthMm);
    for (std::size_t index = 0; index < sums.size(); ++index)
      sums[index] += strength * alongRay(angle, radiiMm[index] / angle.sine, depthMm);
  }
  return sums;
}

double FirstOrderScatter::within(double radiusMm, double depthMm) const {
  return withinEach(std::span(&radiusMm, 1), depthMm).front();
}

double FirstOrderScatter::total(double depthMm) const {
  return within(kInfinity, depthMm);
}

double FirstOrderScatter::meanKeV(double depthMm) const {
  double sum = 0, energy = 0;
  for (const Angle& angle : angles_) {
    const double share = angle.strengthPerMm * std::exp(-angle.attenuationPerMm * depthMm) *
                         alongRay(angle, kInfinity, depthMm);
    sum += share;
    energy += share * angle.keV;
  }
  return sum > 0 ? energy / sum : 0;
}

double firstOrderDensity(double radiusMm, double depthMm, double keV, const Window& window,
                         const Detector& detector) {
  const AngleRange accepted = acceptedAngles(keV, window, detector);
  // Below this angle the photon would scatter before the surface.
  const double from = std::max(accepted.from, std::atan2(radiusMm, depthMm));
  if (accepted.to <= from) return 0;
  const double step = (accepted.to - from) / kDensityAngles, emitted = waterPerMm(keV);
  double sum = 0;
  for (std::size_t index = 0; index < kDensityAngles; ++index) {
    const double theta = from + (static_cast<double>(index) + 0.5) * step;
    const double sine = std::sin(theta), cosine = std::cos(theta);
    const double left = depthMm - radiusMm * cosine / sine;
    sum += scatteredPerMm(keV, cosine, window, detector) *
           std::exp(-emitted * radiusMm / sine - waterPerMm(scatteredKeV(keV, cosine)) * left);
  }
  return sum * step / radiusMm;
}

double firstOrderTotal(double depthMm, double keV, const Window& window, const Detector& detector) {
  return FirstOrderScatter(keV, window, detector).total(depthMm);
}

}  // namespace remnant::physics

#include "remnant/physics/collimator.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "remnant/base/error.h"
#include "remnant/physics/attenuation.h"

namespace remnant::physics {
namespace {

/// Standard deviations in a Gaussian's full width at half maximum.
const double kFwhmInSigma = 2 * std::sqrt(2 * std::numbers::ln2);

double square(double value) {
  return value * value;
}

}  // namespace

double Collimator::effectiveLengthMm(double keV) const {
  const double left = lengthMm - 2 / attenuationPerMm(Material::kLead, keV);
  if (left > 0) return left;
  throw InputError("no-collimator",
                   fmt::format("holes of {} mm in lead do not collimate {} keV", lengthMm, keV));
}

double Collimator::geometricEfficiency(double keV) const {
  const double ratio = square(holeMm) / (effectiveLengthMm(keV) * (holeMm + septumMm));
  return std::numbers::sqrt3 / (8 * std::numbers::pi) * square(ratio);
}

double Collimator::geometricSensitivityCpsPerMBq(const Nuclide& nuclide, const Detector& detector) const {
  const double keV = nuclide.photopeakKeV;
  return 1e6 * nuclide.photonsPerDecay() * geometricEfficiency(keV) * detector.photopeakEfficiency(keV);
}

double Collimator::geometricFwhmMm(double keV, double distanceMm) const {
  const double length = effectiveLengthMm(keV);
  return shapeFactor * holeMm * (length + distanceMm + crystalGapMm) / length;
}

double Collimator::fwhmMm(const Detector& detector, double keV, double distanceMm) const {
  return std::hypot(geometricFwhmMm(keV, distanceMm), detector.intrinsicFwhmMmAt(keV));
}

double Collimator::sigmaMm(const Detector& detector, double keV, double distanceMm) const {
  return fwhmMm(detector, keV, distanceMm) / kFwhmInSigma;
}

double Pinhole::effectiveApertureMm(double keV) const {
  const double halfOpening = openingDegrees * std::numbers::pi / 360;
  const double penetration = 2 / attenuationPerMm(Material::kLead, keV) * std::tan(halfOpening);
  return std::sqrt(apertureMm * (apertureMm + penetration));
}

double Pinhole::geometricEfficiency(double keV, double distanceMm, double thetaDegrees) const {
  const double sine = std::sin(thetaDegrees * std::numbers::pi / 180);
  return square(effectiveApertureMm(keV) / distanceMm) * sine * sine * sine / 16;
}

double Pinhole::fwhmMm(const Detector& detector, double keV, double distanceMm) const {
  const double magnification = apertureToDetectorMm / distanceMm;
  const double aperture =
      effectiveApertureMm(keV) * (apertureToDetectorMm + distanceMm) / apertureToDetectorMm;
  return std::hypot(aperture, detector.intrinsicFwhmMmAt(keV) / magnification);
}

}  // namespace remnant::physics

#include "remnant/physics/compton.h"

#include <cmath>
#include <numbers>

namespace remnant::physics {
namespace {

/// Classical radius of the electron, CODATA 2018.
constexpr double kElectronRadiusMm = 2.8179403262e-12;
constexpr double kBohrAngstrom = 0.529177;
/// Planck's constant times the speed of light, keV angstrom.
constexpr double kKeVAngstrom = 12.398420;

/// Form factor of a 1s orbital exp(-zeta r); q in inverse Bohr radii.
double formFactor1s(double q, double zeta) {
  const double ratio = q / (2 * zeta);
  return 1 / std::pow(1 + ratio * ratio, 2);
}

/// ... of an orbital r exp(-zeta r), averaged over directions.
double formFactor2(double q, double zeta) {
  const double ratio = q / (2 * zeta);
  return (1 - ratio * ratio) / std::pow(1 + ratio * ratio, 4);
}

double oxygenFormFactor(double q) {
  return 2 * formFactor1s(q, 7.6579) + 2 * formFactor2(q, 2.2458) + 4 * formFactor2(q, 2.2266);
}

}  // namespace

double scatteredKeV(double keV, double cosine) {
  return keV / (1 + keV / kElectronRestKeV * (1 - cosine));
}

double kleinNishinaMm2(double keV, double cosine) {
  const double ratio = scatteredKeV(keV, cosine) / keV;
  return kElectronRadiusMm * kElectronRadiusMm / 2 * ratio * ratio *
         (ratio + 1 / ratio - 1 + cosine * cosine);
}

double kleinNishinaTotalMm2(double keV) {
  const double k = keV / kElectronRestKeV;
  const double logarithm = std::log1p(2 * k);
  const double area = 2 * std::numbers::pi * kElectronRadiusMm * kElectronRadiusMm;
  // Below, the closed form loses its digits by cancellation; this is its series.
  if (k < 1e-3) return area * (4.0 / 3 - 8.0 / 3 * k + 104.0 / 15 * k * k);
  return area * ((1 + k) / (k * k) * (2 * (1 + k) / (1 + 2 * k) - logarithm / k) + logarithm / (2 * k) -
                 (1 + 3 * k) / ((1 + 2 * k) * (1 + 2 * k)));
}

double momentumTransfer(double keV, double cosine) {
  return std::sqrt((1 - cosine) / 2) * keV / kKeVAngstrom;
}

double incoherentFunction(double momentumTransferPerAngstrom) {
  return 1 - 1 / (1 + std::pow(momentumTransferPerAngstrom / 0.33, 1.45));
}

double coherentFormFactorSquared(double momentumTransferPerAngstrom) {
  const double q = 4 * std::numbers::pi * momentumTransferPerAngstrom * kBohrAngstrom;
  const double oxygen = oxygenFormFactor(q);
  const double hydrogen = formFactor1s(q, 1);
  return (oxygen * oxygen + 2 * hydrogen * hydrogen) / 10;
}

}  // namespace remnant::physics

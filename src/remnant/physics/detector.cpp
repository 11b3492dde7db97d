#include "remnant/physics/detector.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "remnant/physics/attenuation.h"

namespace remnant::physics {
namespace {

struct Efficiency {
  double keV;
  double countsPerPhoton;
};

constexpr double kTabulatedCrystalMm = 9.5;

// Counts in a 20 % window for each photon on 9.5 mm of sodium iodide, from the SIMIND and Geant4 comparisons
// of the TOPAS-SPECT release; 159 and 364.5 keV derived between its neighbours.
constexpr std::array<Efficiency, 7> kEfficiencies{
    {{113, 0.944}, {140.5, 0.862}, {159, 0.76}, {208, 0.545}, {250, 0.400}, {364.5, 0.21}, {440, 0.149}}};

double tabulatedEfficiency(double keV) {
  if (keV <= kEfficiencies.front().keV) return kEfficiencies.front().countsPerPhoton;
  const auto above = std::find_if(kEfficiencies.begin() + 1, kEfficiencies.end() - 1,
                                  [&](const Efficiency& row) { return keV < row.keV; });
  const Efficiency& upper = *above;
  const Efficiency& lower = *(above - 1);
  const double power =
      std::log(upper.countsPerPhoton / lower.countsPerPhoton) / std::log(upper.keV / lower.keV);
  return lower.countsPerPhoton * std::pow(keV / lower.keV, power);
}

double interactingShare(double keV, double crystalMm) {
  return -std::expm1(-attenuationWithoutCoherentPerMm(Material::kSodiumIodide, keV) * crystalMm);
}

}  // namespace

double Detector::energyFwhmKeV(double keV) const {
  return widthOffsetKeV + widthSlope * std::sqrt(keV + widthCurvaturePerKeV * keV * keV);
}

double Detector::intrinsicFwhmMmAt(double keV) const {
  return std::max(intrinsicFwhmMm * std::sqrt(140 / keV), leastIntrinsicFwhmMm);
}

double Detector::windowFraction(const Window& window, double keV) const {
  // sqrt2 sigma = FWHM / (2 sqrt(ln 2)).
  const double width = energyFwhmKeV(keV) / (2 * std::sqrt(std::numbers::ln2));
  return (std::erf((window.upperKeV - keV) / width) - std::erf((window.lowerKeV - keV) / width)) / 2;
}

double Detector::photopeakEfficiency(double keV) const {
  const double share = interactingShare(keV, crystalMm) / interactingShare(keV, kTabulatedCrystalMm);
  return std::min(1.0, tabulatedEfficiency(keV) * share);
}

}  // namespace remnant::physics

#include "remnant/montecarlo/crystal.h"

#include <algorithm>
#include <cmath>

#include "remnant/montecarlo/compton_sampling.h"
#include "remnant/physics/compton.h"

namespace remnant::montecarlo {

namespace {

/// Below this everything is absorbed where it is.
constexpr double kLocalKeV = 16;

// Iodine's K shell: binding energy, the mean energy of its X-rays, the share of absorptions there (jump ratio
// of the edge) and of those the share that emits an X-ray. Source: Krause 1979 (fluorescence yield 0.884),
// NIST XCOM (the jump at 33.17 keV; iodine makes nearly all of the absorption).
constexpr double kIodineKEdgeKeV = 33.17;
constexpr double kIodineXrayKeV = 29.2;
constexpr double kIodineKShare = 0.83;
constexpr double kIodineYield = 0.884;

}  // namespace

struct Crystal::Deposits {
  double keV = 0, x = 0, y = 0;  ///< sums, places weighted by energy
  void add(double energy, const image::Point& place) {
    keV += energy;
    x += energy * place.x;
    y += energy * place.y;
  }
};

Crystal::Crystal(double thicknessMm, double highestKeV, bool iodineKEscape)
    : thickness_(thicknessMm),
      iodineKEscape_(iodineKEscape),
      sodiumIodide_(physics::Material::kSodiumIodide, highestKeV, false) {}

double Crystal::pathToExit(double depth, const Direction& direction) const {
  if (std::abs(direction.z) < 1e-9) return 1e9;
  return direction.z > 0 ? (thickness_ - depth) / direction.z : -depth / direction.z;
}

void Crystal::photoelectric(double keV, const image::Point& place, Deposits& deposits,
                            RandomStream& stream) const {
  const bool xray =
      iodineKEscape_ && keV > kIodineKEdgeKeV && stream.uniform() < kIodineKShare * kIodineYield;
  if (!xray) return deposits.add(keV, place);
  deposits.add(keV - kIodineXrayKeV, place);
  const Direction direction = isotropic(stream);
  const double path = -std::log1p(-stream.uniform()) / sodiumIodide_.at(kIodineXrayKeV).attenuationPerMm;
  if (path < pathToExit(place.z, direction)) deposits.add(kIodineXrayKeV, moved(place, direction, path));
}

Pulse Crystal::absorb(double keV, double x, double y, Direction direction, RandomStream& stream) const {
  image::Point place{x, y, 0};
  Deposits deposits;
  double rate = sodiumIodide_.at(keV).attenuationPerMm;
  const double probability = -std::expm1(-rate * pathToExit(0, direction));
  double path = -std::log1p(-probability * stream.uniform()) / rate;
  for (;;) {
    place = moved(place, direction, path);
    if (stream.uniform() < sodiumIodide_.at(keV).photoelectricShare || keV < kLocalKeV) {
      photoelectric(keV, place, deposits, stream);
      break;
    }
    const double cosine = sampleKleinNishinaCosine(keV, stream);
    const double scattered = physics::scatteredKeV(keV, cosine);
    deposits.add(keV - scattered, place);
    keV = std::max(scattered, kLocalKeV - 0.5);
    direction = deflected(direction, cosine, stream);
    rate = sodiumIodide_.at(keV).attenuationPerMm;
    path = -std::log1p(-stream.uniform()) / rate;
    if (path >= pathToExit(place.z, direction)) break;
  }
  const double whole = std::max(deposits.keV, 1e-9);
  return {deposits.keV, probability, deposits.x / whole, deposits.y / whole};
}

}  // namespace remnant::montecarlo

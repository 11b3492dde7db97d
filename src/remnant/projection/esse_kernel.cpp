#include "remnant/projection/esse_kernel.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "remnant/physics/attenuation.h"
#include "remnant/physics/compton.h"
#include "remnant/physics/scatter_first_order.h"

namespace remnant::projection {
namespace {

using physics::Material;
constexpr std::size_t kCosines = 1024;

}  // namespace

EsseKernel::EsseKernel(const physics::ScatterKernel& kernel, double meanPerMm, double cellMm)
    : emittedPerMm_(physics::attenuationPerMm(Material::kWater, kernel.emittedKeV())), cellMm_(cellMm) {
  const double keV = kernel.emittedKeV();
  for (std::size_t index = 0; index <= kCosines; ++index) {
    const double cosine = 2 * static_cast<double>(index) / kCosines - 1;
    const double counted = physics::scatteredPerMm(keV, cosine, kernel.window(), kernel.detector());
    const double scattered = physics::attenuationPerMm(Material::kWater, physics::scatteredKeV(keV, cosine));
    byCosine_.emplace_back(counted, counted * (meanPerMm - scattered));
  }
}

std::complex<double> EsseKernel::ofAngle(double cosine) const {
  const double place = (cosine + 1) / 2 * kCosines;
  const auto index = std::min(static_cast<std::size_t>(std::max(place, 0.0)), kCosines - 1);
  const double fraction = place - static_cast<double>(index);
  return (1 - fraction) * byCosine_[index] + fraction * byCosine_[index + 1];
}

std::complex<float> EsseKernel::at(double slices, double rows, double columns) const {
  const double farthest = std::max({std::abs(slices), std::abs(rows), std::abs(columns)});
  if (farthest < 0.5) return aroundSource();
  const int parts = farthest < 1.5 ? 8 : farthest < 4.5 ? 4 : farthest < 9.5 ? 2 : 1;
  std::complex<double> sum = 0;
  const auto offset = [parts](int part) { return (part + 0.5) / parts - 0.5; };
  for (int slice = 0; slice < parts; ++slice)
    for (int row = 0; row < parts; ++row)
      for (int column = 0; column < parts; ++column)
        sum += atPoint(slices + offset(slice), rows + offset(row), columns + offset(column));
  return std::complex<float>(sum / static_cast<double>(parts * parts * parts));
}

std::complex<double> EsseKernel::atPoint(double slices, double rows, double columns) const {
  const double square = cellMm_ * cellMm_ * (slices * slices + rows * rows + columns * columns);
  const double distance = std::sqrt(square);
  return ofAngle(-slices * cellMm_ / distance) * std::exp(-emittedPerMm_ * distance) / square;
}

/// The source's own cell, where 1 / r^2 has no bound: along each direction to the cube's face.
std::complex<float> EsseKernel::aroundSource() const {
  constexpr int kPolar = 256, kAzimuths = 32;
  std::complex<double> sum = 0;
  for (int polar = 0; polar < kPolar; ++polar) {
    const double cosine = 2 * (polar + 0.5) / kPolar - 1, sine = std::sqrt(1 - cosine * cosine);
    for (int azimuth = 0; azimuth < kAzimuths; ++azimuth) {
      const double phi = (azimuth + 0.5) / kAzimuths * std::numbers::pi / 2;
      const double path =
          cellMm_ / 2 / std::max({std::abs(cosine), sine * std::cos(phi), sine * std::sin(phi)});
      sum += ofAngle(cosine) * -std::expm1(-emittedPerMm_ * path) / emittedPerMm_;
    }
  }
  const double solidAngle = 4 * std::numbers::pi / (kPolar * kAzimuths);
  return std::complex<float>(sum * solidAngle / (cellMm_ * cellMm_ * cellMm_));
}

}  // namespace remnant::projection

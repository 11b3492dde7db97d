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

/// Before the source, forward is where what a photon passed before scattering is told by the way to the head.
std::complex<double> sharesOf(HalfSpace half, double cosine) {
  if ((cosine > 0) != (half == HalfSpace::kBefore)) return 0;
  if (half == HalfSpace::kBehind) return 1;
  return {cosine * cosine, 1 - cosine * cosine};
}

/// Parts along each axis of a cube by which the mean over it is taken.
int partsAt(double farthestCells) {
  return farthestCells < 1.5 ? 8 : farthestCells < 4.5 ? 4 : farthestCells < 9.5 ? 2 : 1;
}

double farthestOf(double slices, double rows, double columns) {
  return std::max({std::abs(slices), std::abs(rows), std::abs(columns)});
}

/// Mean of a function of three offsets in cells over a cube.
template <class Value, class Function>
Value meanOverCube(double slices, double rows, double columns, const Function& function) {
  const int parts = partsAt(farthestOf(slices, rows, columns));
  Value sum{};
  const auto offset = [parts](int part) { return (part + 0.5) / parts - 0.5; };
  for (int slice = 0; slice < parts; ++slice)
    for (int row = 0; row < parts; ++row)
      for (int column = 0; column < parts; ++column)
        sum += function(slices + offset(slice), rows + offset(row), columns + offset(column));
  return sum / static_cast<double>(parts * parts * parts);
}

}  // namespace

EsseKernel::EsseKernel(const physics::ScatterKernel& kernel, HalfSpace half, double cellMm)
    : emittedPerMm_(physics::attenuationPerMm(Material::kWater, kernel.emittedKeV())), cellMm_(cellMm) {
  const double keV = kernel.emittedKeV();
  std::complex<double> sum, attenuation;
  double all = 0;
  for (std::size_t index = 0; index <= kCosines; ++index) {
    const double cosine = 2 * static_cast<double>(index) / kCosines - 1;
    const double counted = physics::scatteredPerMm(keV, cosine, kernel.window(), kernel.detector());
    const double scattered = physics::attenuationPerMm(Material::kWater, physics::scatteredKeV(keV, cosine));
    byCosine_.push_back(counted * sharesOf(half, cosine));
    sum += byCosine_.back();
    attenuation += byCosine_.back() * scattered;
    all += counted;
  }
  const double otherwise = physics::attenuationPerMm(Material::kWater, kernel.meanKeV());
  meanPerMm_ = {sum.real() > 0 ? attenuation.real() / sum.real() : otherwise,
                sum.imag() > 0 ? attenuation.imag() / sum.imag() : otherwise};
  if (all > 0) share_ = (sum.real() + sum.imag()) / all;
}

std::complex<double> EsseKernel::ofAngle(double cosine) const {
  const double place = (cosine + 1) / 2 * kCosines;
  const auto index = std::min(static_cast<std::size_t>(std::max(place, 0.0)), kCosines - 1);
  const double fraction = place - static_cast<double>(index);
  return (1 - fraction) * byCosine_[index] + fraction * byCosine_[index + 1];
}

std::complex<float> EsseKernel::at(double slices, double rows, double columns) const {
  if (farthestOf(slices, rows, columns) < 0.5) return aroundSource();
  return std::complex<float>(meanOverCube<std::complex<double>>(
      slices, rows, columns,
      [this](double slice, double row, double column) { return atPoint(slice, row, column); }));
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

SurroundKernel::SurroundKernel(double perMm, double reachMm, double cellMm)
    : perMm_(perMm), reachMm_(reachMm), cellMm_(cellMm), atReach_(std::exp(-perMm * reachMm)) {}

std::complex<float> SurroundKernel::at(double slices, double rows, double columns) const {
  if (farthestOf(slices, rows, columns) < 0.5) return aroundSource();
  const auto mean = meanOverCube<std::complex<double>>(
      slices, rows, columns,
      [this](double slice, double row, double column) { return atPoint(slice, row, column); });
  return std::complex<float>(mean * cellMm_ * cellMm_ * cellMm_);
}

std::complex<double> SurroundKernel::atPoint(double slices, double rows, double columns) const {
  const double distance = cellMm_ * std::sqrt(slices * slices + rows * rows + columns * columns);
  if (distance > reachMm_) return 0;
  const double value = (std::exp(-perMm_ * distance) - atReach_) / (1 - atReach_) /
                       (2 * std::numbers::pi * distance * distance);
  // A whole cube beside the source lies on both sides.
  if (slices == 0) return {value / 2, value / 2};
  return slices > 0 ? std::complex<double>(value, 0) : std::complex<double>(0, value);
}

/// In closed form over the ball of the cube's volume.
std::complex<float> SurroundKernel::aroundSource() const {
  const double radius = cellMm_ * std::cbrt(3 / (4 * std::numbers::pi));
  const auto each =
      static_cast<float>((-std::expm1(-perMm_ * radius) / perMm_ - atReach_ * radius) / (1 - atReach_));
  return {each, each};
}

}  // namespace remnant::projection

#include "remnant/projection/medium.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace remnant::projection {
namespace {

/// Trilinear; air beyond the outermost voxels' middles but for their outer halves.
double attenuationAt(const image::Volume& volume, const image::Point& point) {
  const image::VoxelGrid& grid = volume.grid();
  const std::array place{(point.y - grid.corner.y) / grid.voxelMm - 0.5,
                         (point.z - grid.corner.z) / grid.voxelMm - 0.5,
                         (point.x - grid.corner.x) / grid.voxelMm - 0.5};
  const std::array<std::size_t, 3> count{grid.slices, grid.rows, grid.columns};
  std::array<std::size_t, 3> first{}, second{};
  std::array<double, 3> weight{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double last = static_cast<double>(count[axis]) - 1;
    if (place[axis] < -0.5 || place[axis] > last + 0.5) return 0;
    const double inside = std::clamp(place[axis], 0.0, last);
    first[axis] = static_cast<std::size_t>(inside);
    second[axis] = std::min(first[axis] + 1, count[axis] - 1);
    weight[axis] = inside - std::floor(inside);
  }
  double value = 0;
  for (unsigned corner = 0; corner < 8; ++corner) {
    const auto index = [&](std::size_t axis) { return corner >> axis & 1 ? second[axis] : first[axis]; };
    const auto share = [&](std::size_t axis) { return corner >> axis & 1 ? weight[axis] : 1 - weight[axis]; };
    value += share(0) * share(1) * share(2) * volume.at(index(0), index(1), index(2));
  }
  return value;
}

/// Samples along the ray from a point to the head, until it has left the volume.
struct Ray {
  Ray(const image::VoxelGrid& grid, const HeadPosition& head, const image::Point& point) : from(point) {
    const double angle = head.angleDegrees * std::numbers::pi / 180;
    stepX = std::sin(angle);
    stepY = -std::cos(angle);
    const double distance = seenFrom(head, point).distanceMm;
    const double across = static_cast<double>(grid.columns) * grid.voxelMm;
    const double deep = static_cast<double>(grid.slices) * grid.voxelMm;
    const double outX =
        std::max(std::abs(point.x - grid.corner.x), std::abs(point.x - grid.corner.x - across));
    const double outY = std::max(std::abs(point.y - grid.corner.y), std::abs(point.y - grid.corner.y - deep));
    const double length = std::max(std::min(distance, std::hypot(outX, outY)), 0.0);
    samples = static_cast<std::size_t>(std::ceil(length / (grid.voxelMm / 2)));
    stepMm = samples == 0 ? 0 : length / static_cast<double>(samples);
  }

  image::Point at(double sample) const {
    return {from.x + stepX * stepMm * sample, from.y + stepY * stepMm * sample, from.z};
  }

  image::Point from;
  double stepX = 0, stepY = 0, stepMm = 0;
  std::size_t samples = 0;
};

}  // namespace

double opticalDepth(const Medium& medium, const HeadPosition& head, const image::Point& point) {
  if (medium.attenuationPerMm.values().empty()) return 0;
  const Ray ray(medium.attenuationPerMm.grid(), head, point);
  double sum = 0;
  for (std::size_t sample = 0; sample < ray.samples; ++sample)
    sum += attenuationAt(medium.attenuationPerMm, ray.at(static_cast<double>(sample) + 0.5));
  return sum * ray.stepMm;
}

image::Point skinTowards(const Medium& medium, const HeadPosition& head, const image::Point& point) {
  if (medium.attenuationPerMm.values().empty()) return point;
  const Ray ray(medium.attenuationPerMm.grid(), head, point);
  const double least = medium.attenuationOfWaterPerMm() / 2;
  double before = 0;
  for (std::size_t sample = ray.samples + 1; sample-- > 0;) {
    const double here = attenuationAt(medium.attenuationPerMm, ray.at(static_cast<double>(sample)));
    if (here > least)
      return ray.at(static_cast<double>(sample) +
                    (sample == ray.samples ? 0 : (here - least) / (here - before)));
    before = here;
  }
  return point;
}

}  // namespace remnant::projection

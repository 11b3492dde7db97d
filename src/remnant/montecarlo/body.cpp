#include "remnant/montecarlo/body.h"

#include <algorithm>
#include <cmath>

#include "remnant/base/error.h"
#include "remnant/montecarlo/head_frame.h"

namespace remnant::montecarlo {

void EllipticCylinder::requireInside(const image::Point& point) const {
  const double x = point.x / semiAxisX_;
  const double y = point.y / semiAxisY_;
  if (x * x + y * y > 1 || std::abs(point.z) > halfLength_)
    throw InputError("source-outside", "the source lies outside the body");
}

double EllipticCylinder::pathToExit(const image::Point& from, const Direction& direction) const {
  const double x = from.x / semiAxisX_;
  const double y = from.y / semiAxisY_;
  const double dx = direction.x / semiAxisX_;
  const double dy = direction.y / semiAxisY_;
  const double a = dx * dx + dy * dy;
  const double b = x * dx + y * dy;
  const double c = x * x + y * y - 1;
  double path = 1e9;
  if (a > 1e-18) path = (-b + std::sqrt(std::max(0.0, b * b - a * c))) / a;
  if (direction.z > 1e-12) path = std::min(path, (halfLength_ - from.z) / direction.z);
  if (direction.z < -1e-12) path = std::min(path, (-halfLength_ - from.z) / direction.z);
  return std::max(0.0, path);
}

std::optional<Collision> EllipticCylinder::nextCollision(const image::Point& from, const Direction& direction,
                                                         double waterPerMm, RandomStream& stream) const {
  const double probability = -std::expm1(-waterPerMm * pathToExit(from, direction));
  if (probability <= 0) return std::nullopt;
  const double path = -std::log1p(-probability * stream.uniform()) / waterPerMm;
  return Collision{moved(from, direction, path), probability};
}

std::array<image::Point, 2> EllipticCylinder::corners() const {
  return {image::Point{-semiAxisX_, -semiAxisY_, -halfLength_}, {semiAxisX_, semiAxisY_, halfLength_}};
}

VoxelBody::VoxelBody(const projection::Medium& medium, const std::vector<projection::HeadPosition>& heads)
    : grid_(medium.attenuationPerMm.grid()) {
  if (grid_.count() == 0) throw InputError("bad-medium", "the attenuation map has no voxels");
  const double water = medium.attenuationOfWaterPerMm();
  for (const float attenuation : medium.attenuationPerMm.values()) {
    if (!(attenuation >= 0)) throw InputError("bad-medium", "the attenuation map has a negative value");
    density_.push_back(static_cast<float>(attenuation / water));
  }
  highestDensity_ = *std::max_element(density_.begin(), density_.end());
  for (const projection::HeadPosition& head : heads) waterToHead_.push_back(waterFromCentres(head));
}

void VoxelBody::requireInside(const image::Point& point) const {
  if (!voxelOf(point)) throw InputError("source-outside", "the source lies outside the attenuation map");
}

std::optional<std::size_t> VoxelBody::voxelOf(const image::Point& point) const {
  const double column = (point.x - grid_.corner.x) / grid_.voxelMm;
  const double slice = (point.y - grid_.corner.y) / grid_.voxelMm;
  const double row = (point.z - grid_.corner.z) / grid_.voxelMm;
  if (!(column >= 0 && slice >= 0 && row >= 0)) return std::nullopt;
  if (column >= static_cast<double>(grid_.columns) || slice >= static_cast<double>(grid_.slices) ||
      row >= static_cast<double>(grid_.rows))
    return std::nullopt;
  return (static_cast<std::size_t>(slice) * grid_.rows + static_cast<std::size_t>(row)) * grid_.columns +
         static_cast<std::size_t>(column);
}

std::optional<Collision> VoxelBody::nextCollision(const image::Point& from, const Direction& direction,
                                                  double waterPerMm, RandomStream& stream) const {
  const double rate = waterPerMm * highestDensity_;
  if (rate <= 0) return std::nullopt;
  image::Point place = from;
  for (;;) {
    place = moved(place, direction, -std::log1p(-stream.uniform()) / rate);
    const auto voxel = voxelOf(place);
    if (!voxel) return std::nullopt;
    if (stream.uniform() * highestDensity_ < density_[*voxel]) return Collision{place, 1};
  }
}

double VoxelBody::waterTowards(std::size_t head, const Direction& toHead, const image::Point& point) const {
  const auto voxel = voxelOf(point);
  if (!voxel) return 0;
  const std::size_t plane = grid_.rows * grid_.columns;
  const std::size_t slice = *voxel / plane;
  const std::size_t column = *voxel % grid_.columns;
  const double nearer = (point.x - grid_.x(static_cast<double>(column))) * toHead.x +
                        (point.y - grid_.y(static_cast<double>(slice))) * toHead.y;
  return std::max(0.0, waterToHead_[head][*voxel] - density_[*voxel] * nearer);
}

std::array<image::Point, 2> VoxelBody::corners() const {
  const auto far = [&](double corner, std::size_t count) {
    return corner + grid_.voxelMm * static_cast<double>(count);
  };
  const image::Point& near = grid_.corner;
  return {near, {far(near.x, grid_.columns), far(near.y, grid_.slices), far(near.z, grid_.rows)}};
}

namespace {

/// The voxels that a ray from a voxel's centre crosses, the same for every voxel (Amanatides and Woo 1987).
struct Crossing {
  std::ptrdiff_t slices;
  std::ptrdiff_t columns;
  double pathMm;
};

std::vector<Crossing> crossings(const Direction& direction, const image::VoxelGrid& grid) {
  const auto reach = [&](double component) {
    return std::abs(component) < 1e-9 ? 1e18 : grid.voxelMm / std::abs(component);
  };
  const double stepX = reach(direction.x);
  const double stepY = reach(direction.y);
  double nextX = stepX / 2;
  double nextY = stepY / 2;
  double at = 0;
  std::vector<Crossing> path;
  Crossing cell{0, 0, 0};
  const auto columns = static_cast<std::ptrdiff_t>(grid.columns);
  const auto slices = static_cast<std::ptrdiff_t>(grid.slices);
  while (std::abs(cell.columns) < columns && std::abs(cell.slices) < slices) {
    cell.pathMm = std::min(nextX, nextY) - at;
    path.push_back(cell);
    at = std::min(nextX, nextY);
    if (nextX < nextY) {
      cell.columns += direction.x > 0 ? 1 : -1;
      nextX += stepX;
    } else {
      cell.slices += direction.y > 0 ? 1 : -1;
      nextY += stepY;
    }
  }
  return path;
}

}  // namespace

std::vector<float> VoxelBody::waterFromCentres(const projection::HeadPosition& head) const {
  std::vector<float> water(density_.size(), 0);
  const auto columns = static_cast<std::ptrdiff_t>(grid_.columns);
  const auto slices = static_cast<std::ptrdiff_t>(grid_.slices);
  const std::ptrdiff_t plane = columns * static_cast<std::ptrdiff_t>(grid_.rows);
  for (const Crossing& crossing : crossings(HeadFrame(head).toHead(), grid_)) {
    const auto length = static_cast<float>(crossing.pathMm);
    const std::ptrdiff_t offset = crossing.slices * plane + crossing.columns;
    const std::ptrdiff_t firstColumn = std::max<std::ptrdiff_t>(0, -crossing.columns);
    const std::ptrdiff_t endColumn = std::min(columns, columns - crossing.columns);
    for (std::ptrdiff_t slice = std::max<std::ptrdiff_t>(0, -crossing.slices);
         slice < std::min(slices, slices - crossing.slices); ++slice)
      for (std::ptrdiff_t row = 0; row < static_cast<std::ptrdiff_t>(grid_.rows); ++row) {
        float* to = water.data() + slice * plane + row * columns;
        const float* from = density_.data() + slice * plane + row * columns + offset;
        for (std::ptrdiff_t column = firstColumn; column < endColumn; ++column)
          to[column] += length * from[column];
      }
  }
  return water;
}

}  // namespace remnant::montecarlo

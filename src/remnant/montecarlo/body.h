#pragma once

#include <array>
#include <optional>
#include <vector>

#include "remnant/image/volume.h"
#include "remnant/montecarlo/direction.h"
#include "remnant/projection/medium.h"
#include "remnant/projection/view.h"

namespace remnant::montecarlo {

/// Where a photon interacts next, and with what probability it does so at all.
struct Collision {
  image::Point place;
  double probability = 1;  ///< the factor of its weight: below 1 where the interaction was forced
};

/// Uniform water inside x^2/a^2 + y^2/b^2 < 1, |z| < half length, about the origin. Interactions are forced.
class EllipticCylinder {
 public:
  EllipticCylinder(double semiAxisXMm, double semiAxisYMm, double halfLengthMm)
      : semiAxisX_(semiAxisXMm), semiAxisY_(semiAxisYMm), halfLength_(halfLengthMm) {}

  /// Throws InputError "source-outside" where the point lies outside.
  void requireInside(const image::Point& point) const;
  double pathToExit(const image::Point& from, const Direction& direction) const;
  std::optional<Collision> nextCollision(const image::Point& from, const Direction& direction,
                                         double waterPerMm, RandomStream& stream) const;
  /// Millimetres of water between a point and a head.
  double waterTowards(std::size_t, const Direction& toHead, const image::Point& point) const {
    return pathToExit(point, toHead);
  }
  /// Two opposite corners of a box around it.
  std::array<image::Point, 2> corners() const;

 private:
  double semiAxisX_;
  double semiAxisY_;
  double halfLength_;
};

/// A voxel map, each voxel water of the density that gives its attenuation. Interactions are found by
/// Woodcock tracking: tentative ones at the densest voxel's rate, accepted by the ratio of densities.
/// Source: Woodcock 1965 (ANL-7050).
class VoxelBody {
 public:
  /// Throws InputError "bad-medium" for an empty map or negative attenuation.
  VoxelBody(const projection::Medium& medium, const std::vector<projection::HeadPosition>& heads);

  /// Throws InputError "source-outside" where the point lies outside the map.
  void requireInside(const image::Point& point) const;
  std::optional<Collision> nextCollision(const image::Point& from, const Direction& direction,
                                         double waterPerMm, RandomStream& stream) const;
  double waterTowards(std::size_t head, const Direction& toHead, const image::Point& point) const;
  /// Two opposite corners of a box around it.
  std::array<image::Point, 2> corners() const;

 private:
  std::optional<std::size_t> voxelOf(const image::Point& point) const;
  std::vector<float> waterFromCentres(const projection::HeadPosition& head) const;

  image::VoxelGrid grid_;
  std::vector<float> density_;                   ///< relative to water
  std::vector<std::vector<float>> waterToHead_;  ///< head by head, from the voxels' centres, mm
  double highestDensity_ = 0;
};

}  // namespace remnant::montecarlo

#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "remnant/quantify/neck_optics.h"

/// The optics of a neck sampled on a grid of 2 mm as a fit needs it, since a ray through a neck costs more
/// than a picture of a focus; between, trilinear, so that derivatives are those of the values.
namespace remnant::quantify {

/// A value at (x, z, depth) with its derivatives.
struct Sampled {
  double value = 0, byX = 0, byZ = 0, byDepth = 0;
};

/// What lies between a point and one head.
struct SampledRay {
  Sampled opticalDepth;
  std::vector<Sampled> errors;  ///< of each common cause
};

class SampledOptics {
 public:
  /// Heads of one angle share their rays. Keeps a reference to the optics.
  SampledOptics(const NeckOptics& optics, const std::vector<projection::HeadPosition>& heads);

  /// At depthMm below the anterior skin of the column (x, z); one ray a head. Depth >= 0.
  std::vector<SampledRay> raysAt(double x, double z, double depthMm);
  /// Anterior skin, patient y.
  Sampled skinAt(double x, double z);
  Sampled thicknessAt(double x, double z);
  std::size_t causes() const { return causes_; }
  const NeckOptics& optics() const { return *optics_; }

 private:
  const std::vector<float>& node(int x, int z, int depth);
  Column column(int x, int z);
  Sampled mixedColumn(double x, double z, double Column::*part);

  const NeckOptics* optics_;
  std::vector<projection::HeadPosition> heads_;  ///< one an angle
  std::vector<std::size_t> angleOfHead_;
  std::size_t causes_ = 0;
  std::unordered_map<std::uint64_t, std::vector<float>> nodes_;  ///< angle by angle: depth, then errors
  std::unordered_map<std::uint64_t, Column> columns_;
};

}  // namespace remnant::quantify

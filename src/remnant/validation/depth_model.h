#pragma once

#include <vector>

#include "remnant/physics/scatter.h"
#include "remnant/quantify/cramer_rao.h"

/// A point of Tc-99m in a neck of water 12 cm thick, seen from before and behind in the photopeak and a
/// window beside it.
namespace remnant::validation {

constexpr double kThicknessMm = 120;

/// Counts of a view and window by depth, relative to each other.
class DepthModel {
 public:
  /// beside: the second window.
  explicit DepthModel(const physics::Window& beside);

  double photopeak(double depthMm) const { return counted(photopeak_, depthMm); }
  double beside(double depthMm) const { return counted(beside_, depthMm); }
  /// Of both heads with the photopeak, or in all four pictures, for so many counts in the anterior photopeak.
  std::vector<quantify::BoundObservation> opposed(double depthMm, double counts) const;
  std::vector<quantify::BoundObservation> anterior(double depthMm, double counts) const;
  std::vector<quantify::BoundObservation> all(double depthMm, double counts) const;

 private:
  using Response = double (DepthModel::*)(double) const;
  double counted(const physics::ScatterKernel& kernel, double depthMm) const;
  quantify::BoundObservation seen(Response response, double depthMm, double scale, bool fromBehind) const;

  physics::ScatterKernel photopeak_, beside_;
};

/// Standard deviation of the depths that the score fit finds in Poisson counts of these observations.
struct Realised {
  double meanMm = 0, deviationMm = 0;
};
Realised realisedDepth(const DepthModel& model, bool withSecondWindow, double depthMm, double counts,
                       int trials, std::uint64_t seed);

}  // namespace remnant::validation

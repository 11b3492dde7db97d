#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "remnant/base/error.h"
#include "remnant/quantify/neck_optics.h"

namespace remnant::quantify {
namespace {

using image::Point;
using projection::HeadPosition;

/// Between the map and the emission, each way across and along the patient. Along y only the distance to the
/// skin of the map counts.
constexpr double kRegistrationMm = 2;

/// The skin is known to a voxel: the standard deviation of a uniform error.
double skinSigmaMm(double voxelMm) {
  return voxelMm / std::sqrt(12.0);
}

class MapOptics : public NeckOptics {
 public:
  MapOptics(projection::Medium map, double relativeSigma)
      : map_(std::move(map)), relativeSigma_(relativeSigma) {}

  Column columnAt(double x, double z) const override {
    const image::VoxelGrid& grid = map_.attenuationPerMm.grid();
    const double half = static_cast<double>(grid.slices) * grid.voxelMm / 2;
    const double middle = grid.corner.y + half;
    const HeadPosition front{0, half + 10, x, middle}, back{180, half + 10, x, middle};
    const double anterior = projection::skinTowards(map_, front, {x, middle + half, z}).y;
    const double posterior = projection::skinTowards(map_, back, {x, middle - half, z}).y;
    return {anterior, std::max(0.0, posterior - anterior)};
  }

  Ray ray(const Point& point, const HeadPosition& head) const override {
    const double step = map_.attenuationPerMm.grid().voxelMm;
    return {depth(point, head, 0, 0, 0),
            (depth(point, head, 0, step, 0) - depth(point, head, 0, -step, 0)) / (2 * step)};
  }

  /// 0 the whole map, 1 and 2 its place along x and z, 3 to 5 the skin before, behind and beside the neck.
  std::vector<double> opticalDepthErrors(const Point& point, const HeadPosition& head) const override {
    const double across =
        (depth(point, head, kRegistrationMm, 0, 0) - depth(point, head, -kRegistrationMm, 0, 0)) / 2;
    const double along =
        (depth(point, head, 0, 0, kRegistrationMm) - depth(point, head, 0, 0, -kRegistrationMm)) / 2;
    std::vector<double> errors{relativeSigma_ * depth(point, head, 0, 0, 0), across, along, 0, 0, 0};
    errors[sideOf(head)] = waterAttenuationPerMm() * skinSigmaMm(map_.attenuationPerMm.grid().voxelMm);
    return errors;
  }

  std::string name() const override { return "attenuation map"; }
  double waterAttenuationPerMm() const override { return map_.attenuationOfWaterPerMm(); }

 private:
  double depth(const Point& point, const HeadPosition& head, double dx, double dy, double dz) const {
    return projection::opticalDepth(map_, head, {point.x + dx, point.y + dy, point.z + dz});
  }

  static std::size_t sideOf(const HeadPosition& head) {
    const double facing = std::cos(head.angleDegrees * std::numbers::pi / 180);
    return facing > 0.5 ? 3 : facing < -0.5 ? 4 : 5;
  }

  projection::Medium map_;
  double relativeSigma_;
};

}  // namespace

std::unique_ptr<NeckOptics> opticsFromMap(projection::Medium map, double relativeSigma) {
  if (map.attenuationPerMm.grid().count() == 0)
    throw InputError("empty-map", "the attenuation map holds no voxel");
  if (!(relativeSigma >= 0 && relativeSigma < 1))
    throw InputError("bad-uncertainty", "the relative uncertainty of an attenuation map lies in 0 to 1");
  return std::make_unique<MapOptics>(std::move(map), relativeSigma);
}

}  // namespace remnant::quantify

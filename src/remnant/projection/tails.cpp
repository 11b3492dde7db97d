#include "remnant/projection/tails.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "remnant/projection/tail_kernels.h"

namespace remnant::projection {
namespace {

constexpr std::ptrdiff_t kFactor = 2;
/// From node to node the lengths of the tails grow by this.
constexpr double kNodeRatio = 1.2;

/// Fixed distances at which there are kernels, whatever the volume: lengths of the tails go with the distance
/// from the back of the holes, and in its logarithm nodes are evenly apart.
class Nodes {
 public:
  explicit Nodes(double collimatorMm) : collimatorMm_(collimatorMm) {}

  /// Place among the nodes; node 0 lies in the collimator's face.
  double placeOf(double distanceMm) const {
    return std::log1p(distanceMm / collimatorMm_) / std::log(kNodeRatio);
  }
  double distanceOf(std::ptrdiff_t node) const {
    return collimatorMm_ * std::expm1(static_cast<double>(node) * std::log(kNodeRatio));
  }

 private:
  double collimatorMm_;
};

/// Cubic interpolation (Lagrange) at t between the second and the third of four nodes.
std::array<double, 4> shares(double t) {
  return {-t * (t - 1) * (t - 2) / 6, (t + 1) * (t - 1) * (t - 2) / 2, -(t + 1) * t * (t - 2) / 2,
          (t + 1) * t * (t - 1) / 6};
}

/// Planes handed out to the four nodes around them, by node.
std::map<std::ptrdiff_t, Plane> nodeImages(const SeenPlanes& planes, const Nodes& nodes) {
  std::map<std::ptrdiff_t, Plane> images;
  for (const SeenPlanes::One& plane : planes.planes) {
    const double place = nodes.placeOf(plane.distanceMm), before = std::floor(place);
    const std::array<double, 4> weights = shares(place - before);
    for (std::ptrdiff_t which = 0; which < 4; ++which) {
      const auto weight = static_cast<float>(weights[static_cast<std::size_t>(which)]);
      if (weight == 0) continue;
      const std::ptrdiff_t node = static_cast<std::ptrdiff_t>(before) + which - 1;
      float* __restrict to = images.try_emplace(node, planes.support).first->second.values().data();
      const float* __restrict from = plane.seen;
      for (std::size_t ray = 0; ray < planes.support.cells(); ++ray) to[ray] += weight * from[ray];
    }
  }
  return images;
}

/// Where coarse cells lie on a cyclic grid that is wide enough for all steps from a cell of the volume to one
/// of the picture, and does not depend on the activity.
class CyclicLayout {
 public:
  CyclicLayout(const Region& from, const Region& to)
      : top_(std::min(from.top, to.top)),
        left_(std::min(from.left, to.left)),
        grid_(sizeFor(from.top, from.bottom, to.top, to.bottom),
              sizeFor(from.left, from.right, to.left, to.right)) {}

  const FourierGrid& grid() const { return grid_; }
  std::size_t placeOf(std::ptrdiff_t row, std::ptrdiff_t column) const {
    return static_cast<std::size_t>(row - top_) * grid_.columns() + static_cast<std::size_t>(column - left_);
  }

 private:
  static std::size_t sizeFor(std::ptrdiff_t fromBegin, std::ptrdiff_t fromEnd, std::ptrdiff_t toBegin,
                             std::ptrdiff_t toEnd) {
    const std::ptrdiff_t widest = std::max({toEnd - fromBegin, fromEnd - toBegin, std::ptrdiff_t{1}});
    // In steps of 16: pictures that lie a little otherwise then share kernels.
    return FourierGrid::goodSize(static_cast<std::size_t>((2 * widest + 15) / 16 * 16));
  }

  std::ptrdiff_t top_, left_;
  FourierGrid grid_;
};

Spectrum spectrumOf(const Plane& coarse, const CyclicLayout& layout) {
  std::vector<float> values(layout.grid().rows() * layout.grid().columns(), 0.0F);
  const Region& region = coarse.region();
  for (std::ptrdiff_t row = region.top; row < region.bottom; ++row)
    std::copy_n(coarse.row(row), region.columns(), values.data() + layout.placeOf(row, region.left));
  return layout.grid().forward(values);
}

Plane planeOf(const Spectrum& spectrum, const CyclicLayout& layout, const Region& region) {
  const std::vector<float> values = layout.grid().inverse(spectrum);
  Plane plane(region);
  for (std::ptrdiff_t row = region.top; row < region.bottom; ++row)
    std::copy_n(values.data() + layout.placeOf(row, region.left), region.columns(), plane.row(row));
  return plane;
}

void addProduct(const Spectrum& image, const std::vector<float>& kernel, float weight, Spectrum& sum) {
  for (std::size_t index = 0; index < sum.size(); ++index)
    sum[index] += image[index] * (kernel[index] * weight);
}

}  // namespace

void addTails(const SeenPlanes& planes, const std::vector<WindowModel>& windows,
              std::vector<Plane>& counted) {
  const auto hasTails = [](const WindowModel& window) { return !window.response.tails.empty(); };
  const auto first = std::find_if(windows.begin(), windows.end(), hasTails);
  if (first == windows.end()) return;
  const Region region = counted.front().region().coarsened(kFactor).grown(1);
  const CyclicLayout layout(planes.volume.coarsened(kFactor).grown(2), region);
  const Nodes nodes(first->response.collimator.lengthMm);
  const double cell = planes.voxelMm * kFactor;
  std::vector<Spectrum> sums(windows.size(),
                             Spectrum(layout.grid().rows() * layout.grid().spectrumColumns()));
  for (const auto& [node, image] : nodeImages(planes, nodes)) {
    const Spectrum spectrum = spectrumOf(halved(image), layout);
    for (std::size_t window = 0; window < windows.size(); ++window) {
      const physics::PointResponse& response = windows[window].response;
      if (response.tails.empty()) continue;
      const auto kernel = tailSpectrum(response, nodes.distanceOf(node), layout.grid(), cell);
      const double height = response.coreCpsPerMBq / response.coreFraction * response.tailScale;
      addProduct(spectrum, *kernel, static_cast<float>(height), sums[window]);
    }
  }
  for (std::size_t window = 0; window < windows.size(); ++window)
    if (hasTails(windows[window]))
      addRefined(planeOf(sums[window], layout, region), kFactor, counted[window]);
}

}  // namespace remnant::projection

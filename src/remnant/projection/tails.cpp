#include "remnant/projection/tails.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "remnant/projection/tail_kernels.h"

namespace remnant::projection {
namespace {

constexpr std::ptrdiff_t kFactor = 4;

/// Fixed distances, multiples of a round spacing, so that kernels serve all volumes.
double nodeSpacingMm(const SeenPlanes& planes, std::size_t depthGroups) {
  const double least = (planes.farthestMm - planes.nearestMm) / static_cast<double>(depthGroups);
  double spacing = 1;
  for (int step = 0; spacing < least; ++step) spacing *= step % 3 == 1 ? 2.5 : 2;
  return spacing;
}

/// Planes handed out to the nodes before and behind them, by node number.
std::map<std::size_t, Plane> nodeImages(const SeenPlanes& planes, double spacingMm) {
  std::map<std::size_t, Plane> nodes;
  const auto add = [&](std::size_t node, const SeenPlanes::One& plane, float weight) {
    if (weight == 0) return;
    Plane& image = nodes.try_emplace(node, planes.support).first->second;
    float* __restrict to = image.values().data();
    const float* __restrict from = plane.seen;
    for (std::size_t ray = 0; ray < planes.support.cells(); ++ray) to[ray] += weight * from[ray];
  };
  for (const SeenPlanes::One& plane : planes.planes) {
    const double place = plane.distanceMm / spacingMm, node = std::floor(place);
    add(static_cast<std::size_t>(node), plane, static_cast<float>(1 - (place - node)));
    add(static_cast<std::size_t>(node) + 1, plane, static_cast<float>(place - node));
  }
  return nodes;
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
  // Rounding of the transforms leaves values a millionth of the peak below zero.
  for (std::ptrdiff_t row = region.top; row < region.bottom; ++row)
    std::transform(values.data() + layout.placeOf(row, region.left),
                   values.data() + layout.placeOf(row, region.left) + region.columns(), plane.row(row),
                   [](float value) { return std::max(value, 0.0F); });
  return plane;
}

void addProduct(const Spectrum& image, const std::vector<float>& kernel, float weight, Spectrum& sum) {
  for (std::size_t index = 0; index < sum.size(); ++index)
    sum[index] += image[index] * (kernel[index] * weight);
}

}  // namespace

void addTails(const SeenPlanes& planes, const std::vector<WindowModel>& windows, std::size_t depthGroups,
              std::vector<Plane>& counted) {
  const auto hasTails = [](const WindowModel& window) { return !window.response.tails.empty(); };
  if (std::none_of(windows.begin(), windows.end(), hasTails)) return;
  const Region region = counted.front().region().coarsened(kFactor).grown(1);
  const CyclicLayout layout(planes.volume.coarsened(kFactor).grown(2), region);
  const double spacing = nodeSpacingMm(planes, depthGroups), cell = planes.voxelMm * kFactor;
  std::vector<Spectrum> sums(windows.size(),
                             Spectrum(layout.grid().rows() * layout.grid().spectrumColumns()));
  for (const auto& [node, image] : nodeImages(planes, spacing)) {
    const Spectrum spectrum = spectrumOf(halved(halved(image)), layout);
    for (std::size_t window = 0; window < windows.size(); ++window) {
      const physics::PointResponse& response = windows[window].response;
      if (response.tails.empty()) continue;
      const auto kernel = tailSpectrum(response, static_cast<double>(node) * spacing, layout.grid(), cell);
      const double height = response.coreCpsPerMBq / response.coreFraction * response.tailScale;
      addProduct(spectrum, *kernel, static_cast<float>(height), sums[window]);
    }
  }
  for (std::size_t window = 0; window < windows.size(); ++window)
    if (hasTails(windows[window]))
      addRefined(planeOf(sums[window], layout, region), kFactor, counted[window]);
}

}  // namespace remnant::projection

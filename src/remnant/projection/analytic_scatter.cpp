#include "remnant/projection/analytic_scatter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "remnant/base/error.h"
#include "remnant/projection/core.h"
#include "remnant/projection/gaussian_blur.h"

namespace remnant::projection {
namespace {

using physics::ScatterKernel;

constexpr double kMarginSigmas = 4;

/// Depths of water between which kernels are interpolated: dense where they change fast.
constexpr std::array<float, 26> kKnotMm{0,  1,  2,  3,  4,  6,  8,   10,  12,  15,  18,  22,  27,
                                        33, 40, 48, 58, 70, 84, 100, 118, 140, 170, 210, 250, 300};

/// The knot before each whole millimetre of depth.
std::vector<std::uint8_t> knotTable() {
  std::vector<std::uint8_t> table;
  std::uint8_t knot = 0;
  for (int depth = 0; depth < static_cast<int>(kKnotMm.back()); ++depth) {
    if (static_cast<float>(depth) >= kKnotMm[knot + 1U]) ++knot;
    table.push_back(knot);
  }
  return table;
}

/// The activity of a group of planes, handed out to the two knots around each voxel's depth.
class KnotImages {
 public:
  explicit KnotImages(const Region& support)
      : cells_(support.cells()), images_(emptyPlanes(kKnotMm.size(), support)) {
    used_.fill(false);
  }

  void add(const SeenPlanes::One& plane) {
    static const std::vector<std::uint8_t> table = knotTable();
    const float deepest = kKnotMm.back() - 1e-3F;
    for (std::size_t ray = 0; ray < cells_; ++ray) {
      const float activity = plane.emitted[ray];
      const float depth = std::min(plane.waterDepthMm[ray], deepest);
      if (activity == 0 || depth <= 0) continue;
      const std::size_t knot = table[static_cast<std::size_t>(depth)];
      const float beyond = activity * (depth - kKnotMm[knot]) / (kKnotMm[knot + 1] - kKnotMm[knot]);
      images_[knot].values()[ray] += activity - beyond;
      images_[knot + 1].values()[ray] += beyond;
      used_[knot] = used_[knot + 1] = true;
    }
  }

  bool used(std::size_t knot) const { return used_[knot]; }
  const Plane& image(std::size_t knot) const { return images_[knot]; }
  void clear() {
    for (std::size_t knot = 0; knot < kKnotMm.size(); ++knot)
      if (used_[knot]) images_[knot].clear();
    used_.fill(false);
  }

 private:
  std::size_t cells_;
  std::vector<Plane> images_;
  std::array<bool, kKnotMm.size()> used_{};
};

/// One Gaussian of one window's kernel: what is to be blurred by it, on a grid as coarse as it allows.
class Component {
 public:
  Component(const SeenPlanes& planes, const WindowModel& window, std::size_t width, const Region& output)
      : response_(window.response),
        voxelMm_(planes.voxelMm),
        sigma_(ScatterKernel::kSigmaMm[width] / planes.voxelMm),
        factor_(sigma_ > 8   ? 4
                : sigma_ > 4 ? 2
                             : 1) {
    const double widest = coreVariance(window.response, planes.farthestMm, planes.voxelMm) + sigma_ * sigma_;
    const auto margin = static_cast<std::ptrdiff_t>(std::ceil(kMarginSigmas * std::sqrt(widest))) + 4;
    const Region region = overlapOf(planes.support.grown(margin), output.grown(margin));
    if (!region.empty()) image_ = Plane(region.coarsened(factor_).grown(1));
    const double primary = window.scatter.primaryFraction();
    if (primary <= 0) throw ProgramError("a scatter kernel has no share of full-energy pulses in its window");
    for (std::size_t knot = 0; knot < kKnotMm.size(); ++knot)
      weights_[knot] = static_cast<float>(window.response.coreCpsPerMBq / primary *
                                          window.scatter.weightsAt(kKnotMm[knot])[width]);
  }

  std::ptrdiff_t factor() const { return factor_; }
  bool matters() const {
    return !image_.region().empty() &&
           std::any_of(weights_.begin(), weights_.end(), [](float weight) { return weight != 0; });
  }
  /// `image`: of a knot, on this component's grid.
  void add(std::size_t knot, const Plane& image) { addScaled(image, weights_[knot], image_); }
  /// Blurs from one distance of the core to a nearer one.
  void approach(double fromMm, double toMm) {
    const double variance =
        coreVariance(response_, fromMm, voxelMm_) - coreVariance(response_, toMm, voxelMm_);
    blur(image_, variance / static_cast<double>(factor_ * factor_));
  }
  /// Blurs by the core at the distance reached and by the Gaussian itself.
  void finish(double distanceMm, Plane& counted) {
    const double variance = coreVariance(response_, distanceMm, voxelMm_) + sigma_ * sigma_;
    blur(image_, variance / static_cast<double>(factor_ * factor_) - varianceOfCoarseness(factor_));
    if (factor_ == 1)
      addScaled(image_, 1, counted);
    else
      addRefined(image_, factor_, counted);
  }

 private:
  const physics::PointResponse& response_;
  double voxelMm_;
  double sigma_;  ///< voxels
  std::ptrdiff_t factor_;
  std::array<float, kKnotMm.size()> weights_{};
  Plane image_;
};

/// Equal parts of the volume's depth, whatever planes hold activity.
class DepthGroups {
 public:
  DepthGroups(const SeenPlanes& planes, std::size_t count)
      : nearestMm_(planes.nearestMm),
        depthMm_(std::max((planes.farthestMm - planes.nearestMm) / static_cast<double>(count), 1e-6)),
        last_(count - 1) {}
  std::size_t groupOf(double distanceMm) const {
    return std::min(static_cast<std::size_t>(std::max((distanceMm - nearestMm_) / depthMm_, 0.0)), last_);
  }
  double middleMm(std::size_t group) const {
    return nearestMm_ + (static_cast<double>(group) + 0.5) * depthMm_;
  }

 private:
  double nearestMm_, depthMm_;
  std::size_t last_;
};

void addKnots(const KnotImages& knots, std::vector<Component>& components) {
  for (std::size_t knot = 0; knot < kKnotMm.size(); ++knot) {
    if (!knots.used(knot)) continue;
    std::array<std::optional<Plane>, 5> coarse;
    for (Component& component : components) {
      const auto factor = static_cast<std::size_t>(component.factor());
      if (factor > 1 && !coarse[factor]) coarse[factor] = coarsened(knots.image(knot), component.factor());
      component.add(knot, factor > 1 ? *coarse[factor] : knots.image(knot));
    }
  }
}

}  // namespace

void addAnalyticScatter(const SeenPlanes& planes, const std::vector<WindowModel>& windows,
                        std::size_t depthGroups, std::vector<Plane>& counted) {
  std::vector<Component> components;
  std::vector<std::size_t> windowOf;
  for (std::size_t window = 0; window < windows.size(); ++window)
    for (std::size_t width = 0; width < ScatterKernel::kWidths; ++width) {
      Component component(planes, windows[window], width, counted[window].region());
      if (!component.matters()) continue;
      components.push_back(std::move(component));
      windowOf.push_back(window);
    }
  const DepthGroups groups(planes, depthGroups);
  KnotImages knots(planes.support);
  std::size_t index = planes.planes.size();
  while (index > 0) {
    const std::size_t group = groups.groupOf(planes.planes[index - 1].distanceMm);
    while (index > 0 && groups.groupOf(planes.planes[index - 1].distanceMm) == group)
      knots.add(planes.planes[--index]);
    addKnots(knots, components);
    knots.clear();
    if (index == 0) {
      for (std::size_t which = 0; which < components.size(); ++which)
        components[which].finish(groups.middleMm(group), counted[windowOf[which]]);
      return;
    }
    const double next = groups.middleMm(groups.groupOf(planes.planes[index - 1].distanceMm));
    for (Component& component : components) component.approach(groups.middleMm(group), next);
  }
}

}  // namespace remnant::projection

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
constexpr std::array<float, 27> kKnotMm{0,  1,  2,  3,  4,  6,   8,   10,  12,  15,  18,  22,  27, 33,
                                        40, 48, 58, 70, 84, 100, 112, 125, 140, 170, 210, 250, 300};

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
    std::array<float*, kKnotMm.size()> images;
    std::array<float, kKnotMm.size()> perSpacing{};
    for (std::size_t knot = 0; knot < kKnotMm.size(); ++knot) images[knot] = images_[knot].values().data();
    for (std::size_t knot = 0; knot + 1 < kKnotMm.size(); ++knot)
      perSpacing[knot] = 1 / (kKnotMm[knot + 1] - kKnotMm[knot]);
    for (std::size_t ray = 0; ray < cells_; ++ray) {
      const float activity = plane.emitted[ray];
      const float depth = std::min(plane.waterDepthMm[ray], deepest);
      if (activity == 0 || depth <= 0) continue;
      const std::size_t knot = table[static_cast<std::size_t>(static_cast<int>(depth))];
      const float beyond = activity * (depth - kKnotMm[knot]) * perSpacing[knot];
      images[knot][ray] += activity - beyond;
      images[knot + 1][ray] += beyond;
      used_[knot] = true;
    }
  }

  /// A voxel uses the knot before it and the next.
  bool used(std::size_t knot) const { return used_[knot] || (knot > 0 && used_[knot - 1]); }
  const Plane& image(std::size_t knot) const { return images_[knot]; }
  void clear() {
    for (std::size_t knot = 0; knot < kKnotMm.size(); ++knot)
      if (used(knot)) images_[knot].clear();
    used_.fill(false);
  }

 private:
  std::size_t cells_;
  std::vector<Plane> images_;
  std::array<bool, kKnotMm.size()> used_{};
};

/// How much coarser a grid may be for images at least so wide (sigma, voxels).
std::ptrdiff_t factorFor(double leastSigma) {
  return leastSigma > 7 ? 4 : leastSigma > 3 ? 2 : 1;
}

/// The core's variance at the volume's nearest and farthest plane, in voxels squared.
struct CoreRange {
  CoreRange(const SeenPlanes& planes, const physics::PointResponse& response)
      : least(coreVariance(response, planes.nearestMm, planes.voxelMm)),
        most(coreVariance(response, planes.farthestMm, planes.voxelMm)) {}
  double least, most;
};

/// Where the images of a component are needed: at the source, in the picture as far as the component reaches,
/// and as far around as the core could bring back.
Region regionOf(const SeenPlanes& planes, const CoreRange& core, double sigma, const Region& output) {
  const auto margin = [](double variance) {
    return static_cast<std::ptrdiff_t>(std::ceil(kMarginSigmas * std::sqrt(variance))) + 4;
  };
  const Region reached = planes.support.grown(margin(core.most + sigma * sigma));
  if (overlapOf(reached, output).empty()) return {};
  return overlapOf(reached, hullOf(planes.support, output).grown(margin(core.most)));
}

/// One Gaussian of one window's kernel: what is to be blurred by it, on a grid as coarse as it allows.
class Component {
 public:
  Component(const SeenPlanes& planes, const WindowModel& window, std::size_t width, const Region& output)
      : voxelMm_(planes.voxelMm),
        response_(window.response),
        sigma_(ScatterKernel::kSigmaMm[width] / planes.voxelMm) {
    const CoreRange core(planes, response_);
    factor_ = factorFor(std::sqrt(sigma_ * sigma_ + core.least));
    // Within a hundredth of its width a wide Gaussian is the same at all distances.
    if (core.most - core.least < 0.05 * sigma_ * sigma_) fixedCore_ = (core.least + core.most) / 2;
    const Region region = regionOf(planes, core, sigma_, output);
    if (!region.empty()) image_ = Plane(region.coarsened(factor_).grown(1));
    const double primary = window.scatter.primaryFraction();
    if (primary <= 0) throw ProgramError("a scatter kernel has no share of full-energy pulses in its window");
    for (std::size_t knot = 0; knot < kKnotMm.size(); ++knot)
      weights_[knot] = static_cast<float>(response_.coreCpsPerMBq / primary *
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
    if (!fixedCore_) blur(image_, inCells(varianceAt(fromMm) - varianceAt(toMm)));
  }
  /// Blurs by the core at the distance reached and by the Gaussian itself.
  void finish(double distanceMm, Plane& counted) {
    const double core = fixedCore_ ? *fixedCore_ : varianceAt(distanceMm);
    blur(image_, inCells(core + sigma_ * sigma_) - varianceOfCoarseness(factor_));
    if (factor_ == 1)
      addScaled(image_, 1, counted);
    else
      addRefined(image_, factor_, counted);
  }

 private:
  double varianceAt(double distanceMm) const { return coreVariance(response_, distanceMm, voxelMm_); }
  double inCells(double variance) const { return variance / static_cast<double>(factor_ * factor_); }

  double voxelMm_;
  const physics::PointResponse& response_;
  double sigma_;  ///< voxels
  std::ptrdiff_t factor_ = 1;
  std::optional<double> fixedCore_;
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
    const Plane half = halved(knots.image(knot)), quarter = halved(half);
    for (Component& component : components) {
      const std::ptrdiff_t factor = component.factor();
      component.add(knot, factor == 4 ? quarter : factor == 2 ? half : knots.image(knot));
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

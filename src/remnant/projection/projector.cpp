#include "remnant/projection/projector.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>

#include "remnant/base/parallel.h"
#include "remnant/projection/analytic_scatter.h"
#include "remnant/projection/core.h"
#include "remnant/projection/effective_scatter.h"
#include "remnant/projection/resampling.h"
#include "remnant/projection/seen_planes.h"
#include "remnant/projection/tails.h"

namespace remnant::projection {
namespace {

/// Adds the seconds it lived to a step's time.
class Stopwatch {
 public:
  explicit Stopwatch(double& seconds) : seconds_(seconds) {}
  ~Stopwatch() {
    seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  double& seconds_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// The square of the width is a parabola in the distance, which three values determine.
bool sameCore(const physics::PointResponse& first, const physics::PointResponse& second,
              const SeenPlanes& planes) {
  for (const double distanceMm : {planes.nearestMm, planes.farthestMm, planes.farthestMm + 100})
    if (first.sigmaMm(distanceMm) != second.sigmaMm(distanceMm)) return false;
  return true;
}

/// Windows whose cores are the same but for their height share one image.
void addCores(const SeenPlanes& planes, const std::vector<WindowModel>& windows,
              std::vector<Plane>& counted) {
  std::vector<bool> done(windows.size(), false);
  for (std::size_t first = 0; first < windows.size(); ++first) {
    if (done[first]) continue;
    const Plane image = coreImage(planes, windows[first].response, counted[first].region());
    for (std::size_t window = first; window < windows.size(); ++window) {
      if (done[window] || !sameCore(windows[first].response, windows[window].response, planes)) continue;
      addScaled(image, static_cast<float>(windows[window].response.coreCpsPerMBq), counted[window]);
      done[window] = true;
    }
  }
}

/// Nothing of note is blurred further than this, mm beyond the volume.
double reachMm(const SeenPlanes& planes, const std::vector<WindowModel>& windows,
               const ProjectorConfig& config) {
  double reach = 0;
  for (const WindowModel& window : windows) {
    reach = std::max(reach, 4 * window.response.sigmaMm(planes.farthestMm) + 4 * planes.voxelMm);
    if (config.scatter != ScatterModel::kNone)
      reach = std::max(reach, 4 * physics::ScatterKernel::kSigmaMm.back());
    // Beyond twelve lengths is (1 + 12) e^-12, a ten-thousandth of a tail.
    for (std::size_t tail = 0; config.tails && tail < window.response.tails.size(); ++tail)
      reach = std::max(reach, 12 * window.response.tailLengthMm(tail, planes.farthestMm));
  }
  return reach;
}

Region outputRegion(const SeenPlanes& planes, const Picture& picture, const std::vector<WindowModel>& windows,
                    const ProjectorConfig& config) {
  const auto reach =
      static_cast<std::ptrdiff_t>(std::ceil(reachMm(planes, windows, config) / planes.voxelMm));
  return overlapOf(cellsUnder(picture, planes), planes.volume.grown(reach));
}

/// One part of the picture, in its own planes, so that parts can be made side by side.
struct Part {
  std::function<void(std::vector<Plane>&)> add;
  double* seconds;
};

/// What is projected, and where it is seen from.
struct Subject {
  const image::Volume& activityMBq;
  const Medium& medium;
  const HeadPosition& head;
};

std::vector<Part> partsOf(const Subject& subject, const SeenPlanes& planes,
                          const std::vector<WindowModel>& windows, const ProjectorConfig& config,
                          ProjectorTimes& spent) {
  std::vector<Part> parts;
  if (config.cores)
    parts.push_back({[&](std::vector<Plane>& counted) { addCores(planes, windows, counted); }, &spent.core});
  if (config.scatter == ScatterModel::kEsse)
    parts.push_back({[&](std::vector<Plane>& counted) {
                       addEffectiveScatter(subject.activityMBq, subject.medium, subject.head, windows,
                                           counted);
                     },
                     &spent.scatter});
  if (config.scatter == ScatterModel::kAnalytic)
    parts.push_back({[&](std::vector<Plane>& counted) {
                       addAnalyticScatter(planes, windows, config.depthGroups, counted);
                     },
                     &spent.scatter});
  if (config.tails)
    parts.push_back({[&](std::vector<Plane>& counted) { addTails(planes, windows, counted); }, &spent.tails});
  return parts;
}

}  // namespace

std::vector<image::Image> project(const image::Volume& activityMBq, const Medium& medium,
                                  const HeadPosition& head, const Picture& picture,
                                  const std::vector<WindowModel>& windows, const ProjectorConfig& config,
                                  ProjectorTimes* times) {
  ProjectorTimes unwanted;
  ProjectorTimes& spent = times ? *times : unwanted;
  std::vector<image::Image> images(windows.size(), image::Image(picture.rows, picture.columns));
  SeenPlanes planes;
  {
    const Stopwatch watch(spent.attenuation);
    planes = seenPlanes(activityMBq, medium, head);
  }
  if (planes.planes.empty() || windows.empty()) return images;
  const Region output = outputRegion(planes, picture, windows, config);
  if (output.empty()) return images;
  const Subject subject{activityMBq, medium, head};
  const std::vector<Part> parts = partsOf(subject, planes, windows, config, spent);
  if (parts.empty()) return images;
  std::vector<std::vector<Plane>> counted;
  for (std::size_t part = 0; part < parts.size(); ++part)
    counted.push_back(emptyPlanes(windows.size(), output));
  parallelFor(parts.size(), config.threads, [&](std::size_t part) {
    const Stopwatch watch(*parts[part].seconds);
    parts[part].add(counted[part]);
  });
  const Stopwatch watch(spent.resampling);
  for (std::size_t window = 0; window < windows.size(); ++window) {
    for (std::size_t part = 1; part < parts.size(); ++part)
      addScaled(counted[part][window], 1, counted[0][window]);
    images[window] = resampled(counted[0][window], planes, picture);
  }
  return images;
}

}  // namespace remnant::projection

#include "remnant/projection/projector.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "remnant/base/error.h"
#include "remnant/projection/core.h"
#include "remnant/projection/resampling.h"
#include "remnant/projection/seen_planes.h"

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

bool sameCore(const physics::PointResponse& first, const physics::PointResponse& second,
              const SeenPlanes& planes) {
  return std::all_of(planes.planes.begin(), planes.planes.end(), [&](const SeenPlanes::One& plane) {
    return first.sigmaMm(plane.distanceMm) == second.sigmaMm(plane.distanceMm);
  });
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

}  // namespace

std::vector<image::Image> project(const image::Volume& activityMBq, const Medium& medium,
                                  const HeadPosition& head, const Picture& picture,
                                  const std::vector<WindowModel>& windows,
                                  [[maybe_unused]] const ProjectorConfig& config, ProjectorTimes* times) {
  ProjectorTimes unwanted;
  ProjectorTimes& spent = times ? *times : unwanted;
  std::vector<image::Image> images(windows.size(), image::Image(picture.rows, picture.columns));
  SeenPlanes planes;
  {
    const Stopwatch watch(spent.attenuation);
    planes = seenPlanes(activityMBq, medium, head);
  }
  if (planes.planes.empty()) return images;
  const Region output = cellsUnder(picture, planes);
  std::vector<Plane> counted(windows.size(), Plane(output));
  {
    const Stopwatch watch(spent.core);
    addCores(planes, windows, counted);
  }
  const Stopwatch watch(spent.resampling);
  for (std::size_t window = 0; window < windows.size(); ++window)
    images[window] = resampledByArea(counted[window], planes, picture);
  return images;
}

}  // namespace remnant::projection

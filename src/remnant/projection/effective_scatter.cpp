#include "remnant/projection/effective_scatter.h"

#include "remnant/projection/core.h"
#include "remnant/projection/esse.h"

namespace remnant::projection {

void addEffectiveScatter(const image::Volume& activityMBq, const Medium& medium, const HeadPosition& head,
                         const std::vector<WindowModel>& windows, std::vector<Plane>& counted) {
  if (medium.attenuationPerMm.values().empty()) return;
  const EsseScene scene = esseScene(activityMBq, medium, head);
  const auto factor = static_cast<std::ptrdiff_t>(scene.factor);
  for (std::size_t window = 0; window < windows.size(); ++window) {
    const auto& [response, kernel] = windows[window];
    const EffectiveScatter scatter(kernel, scene.activityMBq.grid());
    // The scene is in the head's coordinates: y is the distance.
    const SeenPlanes planes = seenPlanes(scatter.source(scene), scatter.mediumOf(scene), {0, 0, 0, 0});
    if (planes.planes.empty()) continue;
    Plane image = coreImage(planes, response, counted[window].region().coarsened(factor).grown(1));
    const auto perPhoton = static_cast<float>(response.coreCpsPerMBq / kernel.primaryFraction());
    for (float& value : image.values()) value *= perPhoton;
    addRefined(image, factor, counted[window]);
  }
}

}  // namespace remnant::projection

#include "remnant/projection/effective_scatter.h"

#include "remnant/projection/core.h"
#include "remnant/projection/esse.h"
#include "remnant/projection/head_view.h"

namespace remnant::projection {

void addEffectiveScatter(const image::Volume& activityMBq, const Medium& medium, const HeadPosition& head,
                         const std::vector<WindowModel>& windows, std::vector<Plane>& counted) {
  if (medium.attenuationPerMm.values().empty()) return;
  const image::Volume activity = activitySeenFrom(head, activityMBq);
  const Medium seenMedium{attenuationSeenFrom(head, medium.attenuationPerMm), medium.keV};
  for (std::size_t window = 0; window < windows.size(); ++window) {
    const auto& [response, kernel] = windows[window];
    const EffectiveScatter scatter(kernel, activity.grid());
    // These volumes are already in the head's coordinates: y is the distance.
    const SeenPlanes planes =
        seenPlanes(scatter.source(activity, seenMedium), scatter.mediumOf(seenMedium), {0, 0, 0, 0});
    if (planes.planes.empty()) continue;
    const double perPhoton = response.coreCpsPerMBq / kernel.primaryFraction();
    addScaled(coreImage(planes, response, counted[window].region()), static_cast<float>(perPhoton),
              counted[window]);
  }
}

}  // namespace remnant::projection

#include "remnant/montecarlo/acquisition.h"

#include <numeric>

#include "remnant/base/error.h"
#include "remnant/montecarlo/object_transport.h"

namespace remnant::montecarlo {

namespace {

ObjectConfig objectConfig(const projection::HeadPosition& head, const projection::Picture& picture,
                          const std::vector<projection::WindowModel>& windows,
                          const AcquisitionConfig& config) {
  ObjectConfig object;
  object.histories = config.histories;
  object.seed = config.seed;
  object.threads = config.threads;
  object.orders = config.orders;
  object.coherent = config.coherent;
  object.detector = windows.front().response.detector;
  for (const projection::WindowModel& window : windows) object.windows.push_back(window.response.window);
  object.heads = {head};
  object.makePictures = true;
  object.picture = picture;
  object.blurSigmaMm = [&windows](double distanceMm) { return windows.front().response.sigmaMm(distanceMm); };
  return object;
}

void addScattered(const WindowTally& tally, double cpsPerScore, SimulatedWindow& window) {
  window.scatteredCps = {tally.scatter.value * cpsPerScore, tally.scatter.standardError * cpsPerScore};
  for (std::size_t pixel = 0; pixel < window.scattered.pixels().size(); ++pixel) {
    const auto rate = static_cast<float>(tally.pictures[1].pixels()[pixel] * cpsPerScore);
    window.scattered.pixels()[pixel] = rate;
    window.expected.pixels()[pixel] += rate;
  }
}

bool sameOptics(const projection::WindowModel& a, const projection::WindowModel& b) {
  return a.response.detector.crystalMm == b.response.detector.crystalMm &&
         a.response.detector.energyFwhmKeV(140) == b.response.detector.energyFwhmKeV(140) &&
         a.response.collimator.holeMm == b.response.collimator.holeMm &&
         a.response.collimator.lengthMm == b.response.collimator.lengthMm;
}

}  // namespace

std::vector<SimulatedWindow> simulateAcquisition(
    const image::Volume& activityMBq, const projection::Medium& medium, const projection::HeadPosition& head,
    const projection::Picture& picture, const physics::Nuclide& nuclide,
    const std::vector<projection::WindowModel>& windows, const AcquisitionConfig& config) {
  if (windows.empty()) return {};
  for (const projection::WindowModel& window : windows)
    if (!sameOptics(window, windows.front()))
      throw ProgramError("the windows of one head have different cameras or collimators");
  projection::ProjectorConfig unscattered;
  unscattered.scatter = projection::ScatterModel::kNone;
  unscattered.tails = config.tails;
  unscattered.threads = config.threads;
  const auto primary = projection::project(activityMBq, medium, head, picture, windows, unscattered);
  std::vector<SimulatedWindow> simulated;
  for (const image::Image& image : primary)
    simulated.push_back({image, image::Image(picture.rows, picture.columns), {}});
  const double totalMBq = std::accumulate(activityMBq.values().begin(), activityMBq.values().end(), 0.0);
  if (medium.attenuationPerMm.grid().count() == 0 || totalMBq <= 0) return simulated;
  const auto tallies = transportInObject(&activityMBq, &medium, nuclide.photopeakKeV,
                                         objectConfig(head, picture, windows, config))
                           .tallies.front();
  for (std::size_t window = 0; window < windows.size(); ++window)
    addScattered(
        tallies[window],
        totalMBq * windows[window].response.coreCpsPerMBq / windows[window].scatter.primaryFraction(),
        simulated[window]);
  return simulated;
}

}  // namespace remnant::montecarlo

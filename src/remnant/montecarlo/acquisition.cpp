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
  object.batches = config.batches;
  object.batchDone = config.batchDone;
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

bool sameOptics(const projection::WindowModel& a, const projection::WindowModel& b) {
  return a.response.detector.crystalMm == b.response.detector.crystalMm &&
         a.response.detector.energyFwhmKeV(140) == b.response.detector.energyFwhmKeV(140) &&
         a.response.collimator.holeMm == b.response.collimator.holeMm &&
         a.response.collimator.lengthMm == b.response.collimator.lengthMm;
}

void requireSameOptics(const std::vector<projection::WindowModel>& windows) {
  for (const projection::WindowModel& window : windows)
    if (!sameOptics(window, windows.front()))
      throw ProgramError("the windows of one head have different cameras or collimators");
}

/// The tally is of one photon; scattered ones count as the unscattered do.
ScatteredWindow scatteredIn(const WindowTally& tally, double cpsPerScore) {
  ScatteredWindow window{tally.pictures[1],
                         {tally.scatter.value * cpsPerScore, tally.scatter.standardError * cpsPerScore}};
  for (float& pixel : window.rates.pixels()) pixel = static_cast<float>(pixel * cpsPerScore);
  return window;
}

}  // namespace

std::vector<ScatteredWindow> simulateScatter(
    const image::Volume& activityMBq, const projection::Medium& medium, const projection::HeadPosition& head,
    const projection::Picture& picture, const physics::Nuclide& nuclide,
    const std::vector<projection::WindowModel>& windows, const AcquisitionConfig& config) {
  requireSameOptics(windows);
  std::vector<ScatteredWindow> scattered(windows.size(),
                                         {image::Image(picture.rows, picture.columns), Estimate{}});
  const double totalMBq = std::accumulate(activityMBq.values().begin(), activityMBq.values().end(), 0.0);
  if (windows.empty() || medium.attenuationPerMm.grid().count() == 0 || totalMBq <= 0) return scattered;
  const auto tallies = transportInObject(&activityMBq, &medium, nuclide.photopeakKeV,
                                         objectConfig(head, picture, windows, config))
                           .tallies.front();
  for (std::size_t window = 0; window < windows.size(); ++window)
    scattered[window] = scatteredIn(tallies[window], totalMBq * windows[window].response.coreCpsPerMBq /
                                                         windows[window].scatter.primaryFraction());
  return scattered;
}

std::vector<SimulatedWindow> simulateAcquisition(
    const image::Volume& activityMBq, const projection::Medium& medium, const projection::HeadPosition& head,
    const projection::Picture& picture, const physics::Nuclide& nuclide,
    const std::vector<projection::WindowModel>& windows, const AcquisitionConfig& config) {
  projection::ProjectorConfig unscattered;
  unscattered.scatter = projection::ScatterModel::kNone;
  unscattered.tails = config.tails;
  unscattered.threads = config.threads;
  auto expected = projection::project(activityMBq, medium, head, picture, windows, unscattered);
  auto scattered = simulateScatter(activityMBq, medium, head, picture, nuclide, windows, config);
  std::vector<SimulatedWindow> simulated;
  for (std::size_t window = 0; window < windows.size(); ++window) {
    auto& [rates, total] = scattered[window];
    for (std::size_t pixel = 0; pixel < rates.pixels().size(); ++pixel)
      expected[window].pixels()[pixel] += rates.pixels()[pixel];
    simulated.push_back({std::move(expected[window]), std::move(rates), total});
  }
  return simulated;
}

}  // namespace remnant::montecarlo

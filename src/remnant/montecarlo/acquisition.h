#pragma once

#include <functional>
#include <vector>

#include "remnant/montecarlo/estimate.h"
#include "remnant/physics/nuclide.h"
#include "remnant/projection/projector.h"

/// What projection::project gives, with the scatter followed photon by photon instead of modelled.
namespace remnant::montecarlo {

struct AcquisitionConfig {
  std::size_t histories = 1'000'000;
  std::uint64_t seed = 1;
  std::size_t batches = 50;  ///< of equal size; their spread gives the uncertainties
  std::size_t orders = 5;    ///< scatterings followed
  bool coherent = true;      ///< coherent scattering in the patient
  bool tails = true;         ///< septal penetration of unscattered photons
  unsigned threads = 1;      ///< has no influence on the result
  /// Told of each batch that is done, from the thread that did it; for progress.
  std::function<void(std::size_t histories)> batchDone;
};

struct ScatteredWindow {
  image::Image rates;     ///< counts a second a pixel
  Estimate scatteredCps;  ///< of all scattered photons, in the picture or beyond it
};

/// The scattered photons that simulateAcquisition adds to the unscattered ones, one window each of `windows`.
/// The activity may lie on another grid than the medium, inside its box: a finer one around small sources.
/// Nothing scatters where the medium is empty or there is no activity.
std::vector<ScatteredWindow> simulateScatter(
    const image::Volume& activityMBq, const projection::Medium& medium, const projection::HeadPosition& head,
    const projection::Picture& picture, const physics::Nuclide& nuclide,
    const std::vector<projection::WindowModel>& windows, const AcquisitionConfig& config = {});

struct SimulatedWindow {
  image::Image expected;   ///< counts a second a pixel, unscattered, scattered and tails
  image::Image scattered;  ///< the scattered photons in it
  Estimate scatteredCps;   ///< of all scattered photons, in the picture or beyond it
};

/// One window each of `windows`, as projection::project: counts a second a pixel without noise, head gain,
/// exposure, table and dead time; linear in the activity but for statistics.
///
/// Unscattered photons come from projection::project. Scattered ones are those of the imaged line; each is
/// blurred by the collimator's response at the distance of its last site, and counts as the unscattered do:
/// core / primaryFraction. As in the fast model they make no tails.
/// Throws as projection::project and transportInObject do.
std::vector<SimulatedWindow> simulateAcquisition(
    const image::Volume& activityMBq, const projection::Medium& medium, const projection::HeadPosition& head,
    const projection::Picture& picture, const physics::Nuclide& nuclide,
    const std::vector<projection::WindowModel>& windows, const AcquisitionConfig& config = {});

}  // namespace remnant::montecarlo

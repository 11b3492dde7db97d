#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "remnant/montecarlo/estimate.h"
#include "remnant/physics/collimator.h"
#include "remnant/physics/nuclide.h"

/// Photons of a point in air through a collimator with hexagonal holes into the crystal.
///
/// The lattice is passed by delta tracking: tentative interactions at lead's rate, those within a hole count
/// as none. Photoelectric absorption ends a photon (lead's X-rays are neglected), Compton scattering turns it
/// (free electrons). Electronics: the energy left in the crystal, blurred by the detector's resolution.
/// No light guide or photomultipliers stand behind the crystal.
namespace remnant::montecarlo {

enum class CoherentInLead {
  kAbsorption,  ///< coherent scattering removes the photon: too few penetrate
  kNeglected,   ///< it goes on as before: too many
};

/// How a photon came through the collimator.
enum class Passage { kGeometric, kPenetration, kScatter };
constexpr std::size_t kPassages = 3;

struct CollimatorConfig {
  std::size_t historiesPerLine = 1'000'000;
  std::uint64_t seed = 1;
  std::size_t batches = 50;
  unsigned threads = 1;  ///< has no influence on the result
  CoherentInLead coherentInLead = CoherentInLead::kAbsorption;
  bool iodineKEscape = true;
  double distanceMm = 100;       ///< of the point before the collimator's face
  double widestDegrees = 75;     ///< directions beyond are not followed
  double countedRadiusMm = 300;  ///< pulses farther from the point's image are not counted
  double radialBinMm = 2;
  std::size_t azimuthBins = 72;
  /// Edges of the rings whose azimuth is recorded, mm.
  std::array<double, 5> ringEdgesMm{20, 40, 80, 150, 300};
  std::vector<physics::Window> windows;
};

/// Counts a second and MBq, by passage.
struct PassageRates {
  std::array<Estimate, kPassages> byPassage;
  Estimate total;
  const Estimate& of(Passage passage) const { return byPassage[static_cast<std::size_t>(passage)]; }
};

/// Of one window, all lines together. Landing points are those of the pulses, without the intrinsic blur.
struct LandingHistograms {
  /// [passage][bin]: counts a second and MBq in rings of radialBinMm.
  std::array<std::vector<double>, kPassages> radial;
  /// [ring][bin]: the same over the azimuth, not through the holes; bin 0 begins at the lattice's x axis.
  std::vector<std::vector<double>> azimuth;
};

struct CollimatorResult {
  std::vector<std::vector<PassageRates>> byLine;  ///< [line of the nuclide][window]
  std::vector<PassageRates> windows;              ///< all lines
  std::vector<LandingHistograms> landings;        ///< one a window
};

/// Lines below 40 keV are left out: they count in no window of these nuclides.
CollimatorResult transportThroughCollimator(const physics::Collimator& collimator,
                                            const physics::Detector& detector,
                                            const std::vector<physics::EmissionLine>& lines,
                                            const CollimatorConfig& config);

}  // namespace remnant::montecarlo

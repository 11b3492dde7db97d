#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "remnant/montecarlo/estimate.h"
#include "remnant/physics/nuclide.h"
#include "remnant/projection/medium.h"

/// The fast model of projection beside the Monte Carlo, for points at several depths of a neck.
namespace remnant::montecarlo {

/// A neck of water, 13 cm wide and 12 cm thick, 20 cm long, in voxels of 2 mm about the origin. A voxel at an
/// edge has the mean attenuation of what it covers, as phantoms and tomographies have it: a staircase of
/// whole voxels has steps of skin that are no neck's, and points 5 mm below them scatter up to a tenth more.
enum class NeckKind {
  kUniform,
  /// With a trachea of 18 mm, 13.5 mm behind the skin, and a spine of bone, 4 cm wide, 6 cm behind it.
  kTracheaAndSpine,
};
projection::Medium neckMedium(NeckKind kind, double keV);

struct ComparisonConfig {
  std::vector<double> depthsMm{5, 10, 15, 20, 30, 40, 60, 80, 100};  ///< below the anterior skin
  double lateralMm = 15;  ///< of the points from the middle: beside the trachea
  std::size_t histories = 1'000'000;
  std::uint64_t seed = 1;
  unsigned threads = 1;
};

/// Unscattered and scattered photons in a window, per photon emitted into 4 pi times 4 pi; collimator and
/// crystal play no part.
struct ComparisonRow {
  NeckKind neck = NeckKind::kUniform;
  std::string nuclide;
  physics::Window window;
  double headDegrees = 0;  ///< 0 anterior, 180 posterior
  double depthMm = 0;      ///< of the voxel's middle
  double unscattered = 0;  ///< of the fast model
  double analytic = 0;
  double esse = 0;
  Estimate monteCarlo;
};

/// Every depth, both heads and the windows given.
std::vector<ComparisonRow> compareWithMonteCarlo(NeckKind neck, const physics::Nuclide& nuclide,
                                                 const std::vector<physics::Window>& windows,
                                                 const ComparisonConfig& config = {});

/// As comma-separated values, the names of the columns first.
void writeCsv(const std::vector<ComparisonRow>& rows, std::ostream& out);

}  // namespace remnant::montecarlo

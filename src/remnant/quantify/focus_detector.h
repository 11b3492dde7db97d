#pragma once

#include <cstdint>
#include <vector>

#include "remnant/quantify/calibrated_view.h"
#include "remnant/quantify/joint_config.h"
#include "remnant/quantify/neck_optics.h"

/// Foci found by the program: at every place of a grid the score test of a further focus against all that is
/// modelled so far, first the backgrounds alone; the best that passes the threshold is added, all are fitted
/// again, and so on until none passes.
///
/// The statistic is Rao's: U^2 / I with U = sum h (n - m) / m over the pixels of the photopeak views, h the
/// core of the response at the place, and I the variance of U less what the backgrounds and the foci so far
/// can explain; only a surplus (U > 0) counts. Its maximum over all places and depths has no closed
/// distribution with few counts, so the threshold comes from simulated studies of the background alone
/// (parametric bootstrap).
namespace remnant::quantify {

struct DetectorConfig {
  /// Mean number of foci found in a study that has none, > 0 (its chance of any: 1 - exp(-this)).
  double falseFociPerStudy = 0.05;
  /// Simulated studies for the threshold; more where the rate asks for more, up to ten times.
  std::size_t simulations = 300;
  std::uint64_t seed = 1;
  std::size_t mostFoci = 10;
  double spacingFwhm = 0.4;                 ///< of the grid of places
  std::vector<double> depthsMm{8, 20, 45};  ///< below the skin, that are tried
  /// What the response is not known to, as a share of a focus's expected counts: bright foci leave residuals
  /// that are no foci.
  double modelError = 0.02;
  double leastSeparationFwhm = 0.7;  ///< between foci
  /// Places are free, and backgrounds smooth.
  JointConfig fit{.seedSigmaMm = 0, .irregularitySigma = 0};
};

/// The places that are searched, patient space.
struct SearchArea {
  double leastX = -40, mostX = 40, leastZ = -50, mostZ = 50;
};

struct FoundFocus {
  FocusSeed place;     ///< as fitted with all others
  double deviate = 0;  ///< root of the statistic
  double activityMBq = 0;
};

struct Detection {
  std::vector<FoundFocus> foci;  ///< in the order found
  double threshold = 0;          ///< of the deviate, for a focus more than those found
};

/// Throws InputError "no-views" where no photopeak view (window 0) is there, "bad-rate" where the false-alarm
/// rate is not above 0, "focus-outside-picture" where the area leaves a picture.
Detection detectFoci(const PlanarProblem& problem, const NeckOptics& optics, const SearchArea& area,
                     const DetectorConfig& config = {});

}  // namespace remnant::quantify

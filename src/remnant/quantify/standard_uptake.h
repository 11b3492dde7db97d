#pragma once

#include "remnant/quantify/count_corrections.h"
#include "remnant/quantify/estimate.h"

/// Uptake by comparison with a standard: the dose itself, counted in its syringe before and after it was
/// given, or a capsule in a neck phantom.
namespace remnant::quantify {

/// Counts of one measurement.
struct Counting {
  double counts = 0;   ///< in the region, Poisson
  double seconds = 0;  ///< > 0
};

/// All measured in one place before one head, in the window of the patient's pictures.
struct StandardCountings {
  Counting full;   ///< syringe with the dose, or the standard
  Counting empty;  ///< after the injection; seconds 0: none
  Counting
      background;  ///< without a syringe; seconds 0: none. It cancels where the empty syringe was counted.
  double fullHoursBefore = 0;   ///< from the full counting to the reference time of the dose
  double emptyHoursBefore = 0;  ///< ... from the empty one, negative where it was counted later
};

/// Net counts a second of what was given, at the reference time, with variance:
///   full - empty, the background taken off both, each decayed to the reference time.
/// Throws InputError "bad-standard" where a time is not above 0 or nothing is left.
Corrected standardRate(const StandardCountings& standard, const physics::Nuclide& nuclide);

/// Counts a second and MBq of a standard of known activity. relativeSigma: of the dose calibrator.
Estimate sensitivityFromStandard(const Corrected& standardRate, double activityMBq, double relativeSigma);

/// Percent of the dose in a region.
///   neckRate: net counts a second, at its own time; hoursAfter: that time after the reference one;
///   transmission: counts in the neck over those of the same activity as the standard stands (attenuation,
///   distance, loss of the region), with its relative uncertainty.
/// The interval is Fieller's, so that it holds where few counts make the standard's rate uncertain.
Estimate uptakeFromStandard(const Corrected& neckRate, const Corrected& standardRate,
                            const physics::Nuclide& nuclide, double hoursAfter, double transmission,
                            double transmissionRelativeSigma);

}  // namespace remnant::quantify

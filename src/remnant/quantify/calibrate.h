#pragma once

#include <optional>
#include <vector>

#include "remnant/image/grid.h"
#include "remnant/physics/calibration.h"
#include "remnant/physics/point_response.h"
#include "remnant/quantify/calibrated_view.h"
#include "remnant/quantify/estimate.h"

/// What a camera's calibration consists of, from pictures of known sources: sensitivity, head gain, dead time
/// and resolution, each with what counting and what the source's activity leave uncertain.
namespace remnant::quantify {

/// A reading of the dose calibrator, and when it was taken: hours before the start of the acquisition.
struct Assay {
  double activityMBq = 0;
  double hoursBefore = 0;  ///< negative for a reading after it
};

/// What a syringe gave away: full, and empty afterwards (0 MBq where the source was imaged in its syringe).
struct SyringeAssay {
  Assay full;
  Assay empty;
  double commonRelativeSigma = 0.03;    ///< the calibrator's own: of both readings alike
  double readingRelativeSigma = 0.005;  ///< of each reading
};

/// Activity at the start of the acquisition: full - empty, decayed. Throws InputError "bad-source" where
/// nothing is left.
Known sourceActivity(const physics::Nuclide& nuclide, const SyringeAssay& assay);

/// A round source of liquid in air, flat side towards the head. A point has diameter and depth 0, a dish the
/// liquid's, a syringe seen from the side about its bore.
struct SourceGeometry {
  double diameterMm = 0;
  double liquidMm = 0;      ///< depth of the liquid along the view
  double coverMm = 0;       ///< of water, or of plastic as water, before it
  double distanceMm = 100;  ///< from the collimator's face to the liquid's middle
};

/// One head's picture in one window.
struct Exposure {
  image::Counts counts;
  double seconds = 0;
};

struct SourceAcquisition {
  Exposure source;
  std::optional<Exposure> background;  ///< the same head without the source
  double pixelMm = 0;
  int head = 1;
  Known activityMBq;  ///< at the start
  SourceGeometry geometry;
};

struct CalibrateConfig {
  /// Region about the source: its radius and this many FWHM of the core. Larger ones hold more of the tails.
  double marginFwhm = 2;
  /// For sources that are not round: above 0 all counts of the picture are taken, and its field of view
  /// counts as a disc of this radius about the source (of equal area: 256 mm for 533 x 387).
  double wholePictureRadiusMm = 0;
  /// Of the tails against those of the library; its uncertainty goes into the sensitivity.
  Known tailScale{1.2, 0.2};
  double deadTimeSeconds = 1e-6, deadTimeUncertaintySeconds = 0.5e-6;
  double fullSpectrumFraction = 0.3;
  /// From day to day, of the sensitivity of a day against the calibrated.
  double dayToDayRelativeSigma = 0.02;
  /// Sources of one thing are refused where they agree with less than this probability and the greatest value
  /// is beyond this ratio to the least. Readings known to 0.5 % make the probability vanish for a few per
  /// cent, which the widened uncertainty covers; no error of geometry or tails makes half as much again.
  double leastAgreementProbability = 1e-6;
  double mostSourceRatio = 1.5;
  /// Between a reading and the acquisition. A millionth is then left: the date must be wrong.
  double mostHalfLives = 20;
  /// Of the share of a picture's net counts that the response, tails included, puts into the disc. It is
  /// about 0.7 for a point of I-131 behind a high-energy collimator (coreFraction near 0.65, tails 1.2 times
  /// the library's) and less in windows of scatter, so that no share of all counts would do for both. Twice
  /// the library's tails still leave about 0.8 of that.
  double leastShareOfExpected = 0.5;
};

/// Counts of the core a second and MBq: `statistical` by counting; `systematic` by activity, tails, dead time
/// and the days. Net counts in a disc about the source (its centroid), dead time and decay taken back, over
/// activity, what the liquid and its cover transmit (broad beam) and the share of core and tails that the
/// disc holds.
///   library  shape of the response in this window (camera library); its counts are not used, its tails'
///   ratio to the
///            core is
/// Refuses: "no-source" (nothing above the background), "source-at-edge" (the disc leaves the picture),
/// "not-compact" (the disc holds too little of the picture's counts for the response),
/// "dead-time-saturated". Throws ProgramError for exposures or pixels of no size.
Result headSensitivity(const SourceAcquisition& acquisition, const physics::Nuclide& nuclide,
                       const physics::PointResponse& library, const CalibrateConfig& config = {});

/// The same as an entry of the calibration file. estimate: of headSensitivity.
physics::HeadSensitivity sensitivityEntry(const Estimate& estimate, int head, const physics::Nuclide& nuclide,
                                          const physics::PointResponse& library);

/// Gain of the second head over the first: counts of both in one acquisition of something that both see
/// alike, a source half-way between them, or the background of a room that is the same on both sides. Refuses
/// "no-source" below 100 counts a head. The systematic part is `asymmetryRelativeSigma`, by which the heads
/// may see it unlike.
Result headGain(const image::Counts& first, const image::Counts& second, double asymmetryRelativeSigma);

/// Observed rates of the window on the whole head, background taken away, of two activities.
struct DeadTimeMeasurement {
  double lowCounts = 0, lowSeconds = 0;
  double highCounts = 0, highSeconds = 0;
  Known activityRatio;                ///< high over low, > 1
  double fullSpectrumFraction = 0.3;  ///< counts in the window over those of the whole spectrum
};

/// Paralysable dead time in seconds. From m = n exp(-n tau) twice with n2 = k n1:
///   n1 tau = ln(k m1 / m2) / (k - 1).
/// May be slightly negative by chance. Refuses "dead-time-saturated" where the lower activity is beyond the
/// maximum. Throws ProgramError unless counts, seconds and ratio - 1 are above 0.
Result deadTime(const DeadTimeMeasurement& measurement);

}  // namespace remnant::quantify

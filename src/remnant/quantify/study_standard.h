#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "remnant/quantify/region_sums.h"
#include "remnant/quantify/standard_uptake.h"
#include "remnant/quantify/study_problem.h"

/// Uptake of a study's foci by a standard that was counted before the same head.
namespace remnant::quantify {

/// What a person writes of the standard of one study.
struct StudyStandard {
  StandardCountings countings;
  double regionShare = 1;  ///< of the standard's counts through the holes, that its region held
  double regionShareSigma = 0.02;
};

/// By StudyInstanceUID, from a TOML file:
///
///   [[standard]]
///   studyInstanceUid = "1.2.3"
///   regionShare = 1.0            # may be left out, as may the next
///   regionShareSigma = 0.02
///   full       = { counts = 812345, seconds = 60, hoursBefore = 0.5 }
///   empty      = { counts = 2310, seconds = 60, hoursBefore = -0.2 }
///   background = { counts = 420, seconds = 60 }
///
/// Hours are from the counting to the administration, negative for a counting after it. `empty` and
/// `background` may be left out. Throws InputError "bad-standard" naming file, line, key and what is allowed.
std::map<std::string, StudyStandard> readStandards(const std::filesystem::path& path);

/// Percent of the dose in a focus at this depth, from the net counts of its disc in the anterior photopeak
/// view: over the standard's, and over what of a source there the disc holds by the pixel model. Neither the
/// calibration's sensitivity nor the dose's activity matters. Refuses what RegionPixels throws, "no-standard"
/// what standardRate throws.
Result uptakeByStandard(const StudyProblem& study, const StudyStandard& standard,
                        std::optional<double> hoursAfter, const Focus& focus, double depthSigmaMm,
                        const std::vector<Disc>& others, const Disc& disc, const RegionConfig& config = {});

}  // namespace remnant::quantify

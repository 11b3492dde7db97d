#pragma once

#include <string>
#include <vector>

#include "remnant/quantify/study_quantification.h"

/// How the uptake of a patient's foci changed from one study to the next.
namespace remnant::quantify {

/// Where a study's focus lies, from its picture's middle.
struct FocusPlace {
  int number = 1;
  double x = 0, z = 0;
};

struct FocusPair {
  std::size_t before = 0, after = 0;  ///< places in the two lists
};

struct MatchConfig {
  double shiftSigmaMm = 12;  ///< of how differently a patient lies in two studies, along each axis
  double mostShiftMm = 35;
  double mostApartMm = 12;  ///< of the two places of one focus, the shift taken out
};

/// The pairs that are one focus, by the one shift that brings most foci together, and of such the most
/// probable. Each focus is in one pair at most; pairs by their place in `before`.
std::vector<FocusPair> matchedFoci(const std::vector<FocusPlace>& before,
                                   const std::vector<FocusPlace>& after, const MatchConfig& config = {});

/// What two studies of a patient say together.
struct StudyChange {
  struct Focus {
    int before = 0, after = 0;  ///< numbers of the focus in the two studies
    std::string method;
    Result uptakeRatio;  ///< after over before
  };
  std::string earlierStudyUid, laterStudyUid;
  std::vector<Focus> foci;
  std::vector<int> onlyBefore, onlyAfter;  ///< numbers of foci without a partner
};

/// A study's part in a change.
struct ChangePart {
  std::string studyInstanceUid, serialNumber;
  double calibrationRelativeSigma = 0;  ///< of the sensitivity on a day: calibration and the day's drift
  const std::vector<FocusAnswer>* foci = nullptr;
  std::vector<FocusPlace> places;
};

/// The ratio of uptakes of each matched focus, by each method that both studies were answered by. What the
/// calibration of one camera leaves uncertain apart from its drift of `dayToDayRelativeSigma` cancels.
/// Refusal of a ratio: "no-uptake" where one is 0; that of the earlier or the later uptake where it is
/// refused, with what the ratio is at most where the later uptake has a limit.
StudyChange changeBetween(const ChangePart& before, const ChangePart& after,
                          double dayToDayRelativeSigma = 0.02, const MatchConfig& config = {});

}  // namespace remnant::quantify

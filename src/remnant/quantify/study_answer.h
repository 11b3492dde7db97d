#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "remnant/quantify/neck_shoulder_ratio.h"
#include "remnant/quantify/study_change.h"
#include "remnant/quantify/study_foci.h"
#include "remnant/quantify/study_quantification.h"

/// All that is said of a study: its foci, marked or found, by every method, and its neck/shoulder ratio.
namespace remnant::quantify {

/// The ratio of the boxes of the table, in the anterior photopeak view, in its variants.
struct RatioAnswer {
  NeckShoulderRatio ofMeans, ofSums;
  std::optional<std::variant<BackgroundCorrectedRatio, Refusal>> backgroundCorrected;
};

/// A study's answer: its foci, or why there is none.
struct StudyAnswer {
  std::string studyInstanceUid;
  std::optional<Refusal> refusal;
  std::vector<std::string> inputs, warnings;
  std::vector<FocusAnswer> foci;
  std::optional<FociSearch> search;  ///< where nobody marked foci; none found is an answer
  std::optional<RatioAnswer> ratio;
};

struct Quantification {
  std::vector<StudyAnswer> studies;
  std::vector<StudyChange> changes;  ///< of patients with several studies, from each to the next
};

/// What people and tables say of the studies.
struct StudyTables {
  std::map<std::string, physics::Calibration> calibrations;             ///< by serial number
  std::optional<std::map<std::string, std::vector<FocusRegion>>> foci;  ///< nothing: found by the program
  std::map<std::string, std::vector<NamedBox>> boxes;
  std::map<std::string, NeckMeasurement> necks;
  std::map<std::string, StudyStandard> standards;
};

struct AnswerConfig {
  StudyProblemConfig problem;
  QuantificationConfig quantification;
  FociSearchConfig search;
  double dayToDayRelativeSigma = 0.02;  ///< of the sensitivity, which a change does not cancel
};

/// Foci are those of the table of regions. Where there is no table, or it holds none of this study but its
/// thyroid bed, the program looks for them. Refusals: "no-calibration" (no file of this
/// camera), those of collimatorOf and problemOf, "no-regions" (a table without this
/// study), "no-area". Throws InputError "bad-region" where a marked focus lies outside its picture.
Quantification quantifyStudies(const std::vector<scintigraphy::AcquiredStudy>& studies,
                               const StudyTables& tables, const physics::CameraLibrary& cameras,
                               const AnswerConfig& config = {});

}  // namespace remnant::quantify

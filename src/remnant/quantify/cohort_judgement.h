#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "remnant/base/csv.h"
#include "remnant/quantify/judgement.h"
#include "remnant/quantify/study_quantification.h"

/// A whole simulated cohort quantified and held against its truth.
namespace remnant::quantify {

/// A focus as the simulator made it.
struct TrueFocus {
  int number = 1;
  Focus focus;  ///< activity at the start of the scan, place in patient space, width from its mass
  double uptakePercent = 0;
};

/// By StudyInstanceUID, from truth.csv: the anterior rows of region focus, with the columns focus,
/// activityMBq, massGrams, depthMm, uptakePercent, xPatientMm, zPatientMm. Throws InputError
/// "missing-column", "bad-number".
std::map<std::string, std::vector<TrueFocus>> readTrueFoci(const CsvTable& truth);

/// Standard deviation along an axis of a sphere of tissue (1.05 g/ml) of this mass: radius over root five.
double widthOfMassMm(double massGrams);

struct CohortConfig {
  std::vector<MediumChoice> media{MediumChoice::kMap, MediumChoice::kEllipse};
  StudyProblemConfig problem;
  QuantificationConfig quantification;
  /// How well a reader marks a focus: the middles of the true boxes are moved so much along each axis.
  double markSigmaMm = 3;
  std::uint64_t seed = 1;  ///< of the marks
  unsigned threads = 0;    ///< studies side by side; 0: one a core
  /// Where what is finished is kept (judgement_parts.h), so that an interrupted judgement goes on with it;
  /// the caller removes it once it has the result. Empty: nowhere. It serves a judgement of the same version,
  /// truth, folders, calibrations, measurements, media, methods, seed and markSigmaMm; that pixels and all
  /// other settings are the same is the caller's to know.
  std::filesystem::path parts{};
};

struct CohortJudgement {
  std::size_t studies = 0;         ///< of the truth, that the folder holds, by StudyInstanceUID
  std::size_t missingStudies = 0;  ///< of the truth, that the folder lacks
  std::size_t foci = 0;            ///< judged, of the studies that are there
  std::vector<Judged> judged;
};

/// archive: a folder as `remnant simulate` writes it: dicom/PATIENT/STUDY, measurements.csv,
/// calibration/*.json. Seeds are the boxes of the truth, as a reader would draw them; answers for foci
/// closer together than marks are exact are held against the true ones by where they were found
/// (focus_pairing.h). Shows progress; the same for any number of threads. Throws InputError "no-studies"
/// where the folder holds no DICOM files, and those of the readers.
CohortJudgement judgeCohort(const std::filesystem::path& archive, const CsvTable& truth,
                            const physics::CameraLibrary& cameras, const CohortConfig& config = {});

}  // namespace remnant::quantify

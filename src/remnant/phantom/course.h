#pragma once

#include <optional>
#include <vector>

#include "remnant/base/time.h"
#include "remnant/phantom/patient.h"

/// A patient's scans in time: before ablation, after the therapeutic dose, at follow-up.
namespace remnant::phantom {

enum class StudyKind { kBeforeAblation, kAfterTherapy, kFollowUp };

struct StudyPlan {
  StudyKind kind = StudyKind::kAfterTherapy;
  CivilTime administration;
  double hoursFromDose = 24;  ///< to the start of the scan
  double doseMBq = 0;         ///< administered
  double remainder = 1;       ///< of the patient's tissue, after therapies before this study
  double uptakePercent = 0;   ///< of the whole bed at the scan, of the dose, corrected for physical decay
  CivilTime scan() const;
};

/// Uptake at the scan of tissue that held `uptakePercent` when uptake is stated (corrected for physical
/// decay) and washes out with the given biological half-life from then on.
double uptakeAtScan(double uptakePercent, double hoursFromDose, double statedAtHours,
                    double biologicalHalfLifeHours);

/// One to three studies in the order of time. Tissue shrinks after the study that follows a therapy.
std::vector<StudyPlan> sampleCourse(const Cohort& cohort, const Patient& patient, RandomStream& random);

/// Residual tissue, by the cohort's threshold.
bool hasResidualTissue(const Cohort& cohort, const StudyPlan& plan);

/// Values from the laboratory at the time of the study; some are missing, as in life.
struct LaboratoryValues {
  std::optional<double> tshMilliUnitsPerL;
  std::optional<double> thyroglobulinNgPerMl;
};
LaboratoryValues sampleLaboratory(const Cohort& cohort, const StudyPlan& plan, RandomStream& random);

}  // namespace remnant::phantom

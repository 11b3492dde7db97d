#pragma once

#include <vector>

#include "remnant/phantom/course.h"
#include "remnant/phantom/projector.h"

namespace remnant::phantom {

/// What the camera sees of a patient at one study: the tissue of the bed, background and confounders, with
/// the activities of the moment of the scan.
struct StudyScene {
  Scene scene;
  std::vector<double> focusActivityMBq;    ///< one a focus of the patient, also among the scene's sources
  std::vector<double> focusUptakePercent;  ///< of the dose, corrected for physical decay
};

/// Whole-body activity in percent of that administered, not corrected for decay: two exponentials through the
/// stated value at 48 h.
double retentionPercent(const Cohort& cohort, double retention48hPercent, double hoursFromDose);

StudyScene sampleScene(const Cohort& cohort, const Patient& patient, const StudyPlan& plan,
                       RandomStream& random);

}  // namespace remnant::phantom

#pragma once

#include "remnant/phantom/cohort.h"

namespace remnant::phantom::testing {

inline void silence(Cohort& cohort) {
  auto& confounders = cohort.confounders;
  for (Confounder* confounder :
       {&confounders.parotid, &confounders.submandibular, &confounders.nose, &confounders.mouth,
        &confounders.oesophagus, &confounders.neckNode, &confounders.retropharyngealNode,
        &confounders.mediastinalNode, &confounders.lung, &confounders.thymus, &confounders.contamination,
        &confounders.stomach, &confounders.colon, &confounders.bladder, &confounders.liver})
    confounder->frequency = 0;
}

/// One bright focus in a cold body before an exact camera: what is counted can be told by hand.
inline Cohort coldCohort() {
  Cohort cohort;
  cohort.name = "cold";
  cohort.centres.resize(1);
  cohort.centres[0].serial = "COLD";
  cohort.thyroid.noFocusShare = 0;
  cohort.thyroid.fociMean = 1;
  cohort.thyroid.uptakePercent = {5, 0.3, 1, 20};
  cohort.thyroid.massGrams = {0.01, 0.1};
  cohort.background.retention48hPercent = {1e-6, 0, 0, 1e-6};
  silence(cohort);
  auto& camera = cohort.camera;
  camera.headGainSigma = camera.sensitivitySigma = camera.deadTimeSigma = 0;
  camera.uniformityRms = {0, 0};
  camera.tailScale = {1.2, 0, 1.2, 1.2};
  camera.tableOpticalDepth = {0.05, 0.05};
  camera.ambientCpsPerCm2 = {0, 0};
  cohort.course.oneStudyShare = 1;
  cohort.course.twoStudiesShare = 0;
  cohort.course.startDiagnosticShare = 1;
  cohort.course.startFollowUpShare = 0;
  return cohort;
}

/// The same with technetium, pictures of the neck.
inline Cohort coldTechnetiumCohort() {
  Cohort cohort = coldCohort();
  cohort.acquisition.kind = "static";
  cohort.acquisition.nuclide = "Tc-99m";
  cohort.acquisition.matrix = 128;
  cohort.course.uptakeStatedAtHours = 0.33;
  cohort.course.diagnosticHours = {0.33, 0.5};
  cohort.thyroid.technetiumColdShare = {0, 0};
  cohort.centres[0].collimator = "Siemens LEHR";
  return cohort;
}

}  // namespace remnant::phantom::testing

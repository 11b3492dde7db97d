#pragma once

#include <string>
#include <vector>

#include "remnant/phantom/course.h"
#include "remnant/phantom/voxelise.h"

namespace remnant::phantom {

/// What a source is, for masks and for the fineness of its grid.
enum class Component { kFocus, kNode, kGland, kOther };

struct SceneSource {
  Source source;
  Component component = Component::kOther;
  int focus = 0;  ///< number of the focus or node; 0 of others
};

/// A focus or a node that takes up the nuclide, in the patient's place on the table.
struct SceneFocus {
  int number = 1;  ///< 1 to K, the bed's first
  std::string site;
  bool inBed = true;
  Ellipsoid shape;
  double depthMm = 0;        ///< of the centre below the anterior skin, along y
  double waterDepthMm = 0;   ///< likewise, as water that attenuates as much at the photopeak
  double thicknessMm = 0;    ///< of the body, skin to skin, on that line
  double uptakePercent = 0;  ///< of the dose, corrected for physical decay
  double activityMBq = 0;    ///< at the start of the study
  double massGrams = 0;
};

/// What the camera sees of a patient at one study: matter, background, tissue and confounders with the
/// activities of the moment of the scan.
struct StudyScene {
  std::vector<Solid> solids;  ///< in the order of painting, with their perfusion
  double backgroundMBqPerMl = 0;
  std::vector<SceneSource> sources;
  std::vector<SceneFocus> foci;
};

/// Whole-body activity in percent of that administered, not corrected for decay: for I-131 two exponentials
/// through the stated value at 48 h; other nuclides are retained as long and decay at their own pace.
double retentionPercent(const Cohort& cohort, double retention48hPercent, double hoursFromDose);

/// The patient must lie as on the table (shiftLaterally).
StudyScene sampleScene(const Cohort& cohort, const Patient& patient, const StudyPlan& plan,
                       RandomStream& random);

}  // namespace remnant::phantom

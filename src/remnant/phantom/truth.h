#pragma once

#include <optional>
#include <string>
#include <vector>

#include "remnant/image/grid.h"
#include "remnant/phantom/camera_day.h"
#include "remnant/phantom/scene.h"

namespace remnant::phantom {

/// What is known of a region of one view because it was put there.
struct TruthRegion {
  scintigraphy::View view = scintigraphy::View::kAnterior;
  std::string region;             ///< thyroid, shoulder, focus
  image::Box box;                 ///< pixels of that view's frame as stored
  double xMm = 0;                 ///< centre, from the left edge of the frame as stored
  double yMm = 0;                 ///< ... from its upper edge
  std::optional<double> depthMm;  ///< of a focus: from the anterior skin to its centre, along the view's axis
  std::optional<double> uptakePercent;  ///< of the dose, corrected for physical decay; of the bed or a focus
  std::optional<double> activityMBq;    ///< at the start of the study
  std::optional<double> massGrams;
  std::optional<SceneFocus> focus;  ///< of a focus: all that is known
};

/// The regions of a study on both views of an object: the thyroid bed (with the bed's uptake), the reference
/// region on the patient's right shoulder, and each focus of uptake, nodes among them. Boxes of foci hold the
/// tissue and twice the standard deviation of the blur around it. Patient and scene as on the table. Empty
/// where no object of the study has an anterior and a posterior view.
std::vector<TruthRegion> truthOf(const Patient& patient, const StudyPlan& plan, const StudyScene& scene,
                                 const CentreCamera& camera, const std::vector<AcquisitionPlan>& acquisitions,
                                 double midlineMm);

/// The first static or whole-body object with both views; nullptr where there is none.
const AcquisitionPlan* opposedViewsOf(const std::vector<AcquisitionPlan>& acquisitions);

}  // namespace remnant::phantom

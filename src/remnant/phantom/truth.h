#pragma once

#include <vector>

#include "remnant/phantom/scene.h"
#include "remnant/phantom/simulation.h"

namespace remnant::phantom {

/// The regions of a study on both views: the thyroid bed (with the bed's uptake), the reference region on the
/// patient's right shoulder, and each focus of thyroid tissue. Boxes of foci hold the tissue and twice the
/// standard deviation of the blur around it. The patient and the geometry are those of the picture (shifted).
std::vector<TruthRegion> truthOf(const Patient& patient, const StudyPlan& plan, const StudyScene& scene,
                                 const Collimator& collimator, const ImageGeometry& geometry,
                                 const Sweep& sweep, double midlineMm);

}  // namespace remnant::phantom

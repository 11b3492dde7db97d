#pragma once

#include "remnant/phantom/study_view.h"

namespace remnant::phantom {

/// Foci that have a bit of their own.
constexpr int kMaskedFoci = 12;
constexpr int kGlandBit = 12, kNodeBit = 13, kOtherBit = 14;

/// A bit mask for each head of the plan, photopeak: bit k - 1 for focus or node k up to 12, bit 12 for
/// glands, 13 for nodes, 14 for other organs; set where the component's own noise-free image exceeds 5 % of
/// its greatest value.
std::vector<image::Counts> componentMasks(const StudyScene& scene, const StudyView& view,
                                          const AcquisitionPlan& plan, const CentreCamera& camera);

}  // namespace remnant::phantom

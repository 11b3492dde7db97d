#pragma once

#include <vector>

#include "remnant/quantify/joint_config.h"

/// Where thyroid tissue and nodes lie in necks.
namespace remnant::quantify {

/// Of the depth of a focus that is seen so far beside the middle of the neck, which is known to so much: the
/// sites of the thyroid bed and the nodes with their frequency, each as far as the focus may be of it.
/// Without a map a focus before the trachea and one behind it look alike from both sides, and nothing else
/// tells them apart. Source: physics.md 5.1 (depth by site, of ultrasound; sites of 87 scans), which calls
/// the depths inferred; the lateral places are those of a normal gland (Kurita 1990).
std::vector<DepthComponent> depthPriorAt(double besideMidlineMm, double midlineSigmaMm);

}  // namespace remnant::quantify

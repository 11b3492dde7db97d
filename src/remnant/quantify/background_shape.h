#pragma once

#include "remnant/projection/medium.h"
#include "remnant/quantify/calibrated_view.h"

/// What the background of a picture looks like where activity is spread evenly in all tissue.
namespace remnant::quantify {

struct BackgroundShapeConfig {
  /// Evenly over the picture on top, over the brightest pixel: counts that come from elsewhere.
  double elsewhereShare = 0.05;
};

/// By the forward model, through the map: dips over the trachea and the spine, the edges of the neck. Of the
/// view's size, > 0, of no scale. Tissue behind the collimator's face counts for nothing.
image::Image evenBackground(const projection::Medium& map, const CalibratedView& view,
                            const BackgroundShapeConfig& config = {});

}  // namespace remnant::quantify

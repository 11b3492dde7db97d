#pragma once

#include <optional>
#include <vector>

#include "remnant/image/grid.h"
#include "remnant/projection/projector.h"

/// The counts of a study with all that is known of how they came about. Estimators work on this, whatever
/// file or test it was made from.
namespace remnant::quantify {

/// A value known with a Gaussian uncertainty.
struct Known {
  double value = 0;
  double sigma = 0;
};

/// One planar picture: one head, one window.
struct CalibratedView {
  image::Counts counts;
  projection::HeadPosition head;
  projection::Picture picture;
  projection::WindowModel model;  ///< response with the calibration's sensitivity, counts a second and MBq
  double exposureSeconds = 0;  ///< dead time and decay during the acquisition taken out: counts = rate x this
  int headNumber = 0;          ///< 0, 1: views of one head share its gain and its distance
  int windowNumber = 0;        ///< 0 the photopeak; views of one window share its sensitivity
  /// What the background looks like but for slow changes: of the picture's size, > 0, of any scale; empty
  /// where nothing is known.
  image::Image backgroundShape{};
};

/// What is uncertain in common. Sigmas are relative where the value is a factor.
struct Nuisances {
  Known sensitivity{1, 0.02};     ///< of the camera on the day over the calibrated one
  std::vector<Known> headGain;    ///< one a head; relative to the calibration
  std::vector<Known> windowGain;  ///< one a window
  std::vector<Known> planeMm;     ///< one a head: axis to collimator face
  Known tableOpticalDepth{0, 0};  ///< on the posterior head
  Known tailScale{1.2, 0.2};
};

struct PlanarProblem {
  std::vector<CalibratedView> views;
  Nuisances nuisances;
  /// 100 over the dose decayed to the start of the acquisition; 0 where it is not told.
  double activityToUptakePercent = 0;
};

}  // namespace remnant::quantify

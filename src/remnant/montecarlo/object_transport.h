#pragma once

#include <cstdint>
#include <functional>
#include <variant>
#include <vector>

#include "remnant/image/grid.h"
#include "remnant/image/volume.h"
#include "remnant/montecarlo/body.h"
#include "remnant/montecarlo/estimate.h"
#include "remnant/physics/detector.h"
#include "remnant/projection/medium.h"
#include "remnant/projection/view.h"

/// Photons of one energy from their emission in the patient to the face of the collimator.
///
/// At each site of interaction the share that would leave towards each head along its holes is scored at once
/// (forced detection): weight x probability of scattering x density of the angle x exp(-mu' l) x W(E').
/// Absorption goes into the weight. All is stated per photon emitted into 4 pi times 4 pi, as in
/// physics/scatter.h: a point at depth d scores exp(-mu d) W(E0) unscattered.
namespace remnant::montecarlo {

struct ObjectConfig {
  std::size_t histories = 1'000'000;
  std::uint64_t seed = 1;
  std::size_t batches = 50;    ///< of equal size; their spread gives the uncertainties
  unsigned threads = 1;        ///< has no influence on the result
  std::size_t orders = 5;      ///< scatterings followed
  bool coherent = true;        ///< coherent scattering in the patient
  bool boundElectrons = true;  ///< incoherent scattering function; off: free electrons
  physics::Detector detector;  ///< for its energy resolution
  std::vector<physics::Window> windows;
  std::vector<projection::HeadPosition> heads;
  /// No pictures are made where `makePictures` is off.
  bool makePictures = false;
  projection::Picture picture;
  bool picturePerOrder = false;  ///< else one of the primary photons and one of all scattered ones
  double layerMm = 15;           ///< least step of distance between the widths of blurring
  /// Standard deviation of the response in mm for a site that far before a head's collimator; none: no blur.
  std::function<double(double distanceMm)> blurSigmaMm;
  /// Told of each batch that is done, from the thread that did it; for progress.
  std::function<void(std::size_t histories)> batchDone;
};

/// Where photons start: at a point, or in voxels with the probability of their share of the activity.
using Source = std::variant<image::Point, const image::Volume*>;
/// What they pass through.
using Body = std::variant<EllipticCylinder, const projection::Medium*>;

/// One window of one head.
struct WindowTally {
  Estimate primary;
  Estimate scatter;               ///< of all orders followed
  Estimate scatterToPrimary;      ///< ratio of the two means
  std::vector<Estimate> byOrder;  ///< [0]: scattered once
  /// The same by pixel; sum over a picture that holds all: primary.value and so on. [0] primary, then all
  /// scattered photons, or one picture an order.
  std::vector<image::Image> pictures;
};

/// tallies[head][window].
struct ObjectResult {
  std::vector<std::vector<WindowTally>> tallies;
};

/// Throws InputError "source-outside", "bad-medium", and "no-activity" where the volume holds none.
ObjectResult transportInObject(const Source& source, const Body& body, double keV,
                               const ObjectConfig& config);

}  // namespace remnant::montecarlo

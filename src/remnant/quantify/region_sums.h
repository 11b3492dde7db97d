#pragma once

#include <cstdint>
#include <vector>

#include "remnant/quantify/calibrated_view.h"
#include "remnant/quantify/joint_config.h"
#include "remnant/quantify/neck_optics.h"
#include "remnant/quantify/pixel_model.h"

/// Counts in a disc about a focus and in the ring around it, and what a focus would add to them.
namespace remnant::quantify {

/// In pixels of a view; 0 is the centre of the first pixel.
struct Disc {
  double column = 0, row = 0, radius = 0;
};

/// Of one focus, one a view of the problem.
using FocusDiscs = std::vector<Disc>;

/// Discs of the radius about the images of a source at (x, z) and a depth, in every view.
FocusDiscs discsAbout(const PlanarProblem& problem, const NeckOptics& optics, const FocusSeed& seed,
                      double depthMm, double radiusMm);

struct RegionConfig {
  /// Radii of the ring whose counts stand for the background, over the disc's.
  double ringInner = 1.3, ringOuter = 2.2;
  /// Relative, of the background under the focus against that of the ring.
  double backgroundSigma = 0.05;
  /// Of a focus as a Gaussian: a sphere of 0.15 g, radius over root five.
  Known sourceWidthMm{1.5, 0};
  /// Relative, of what a region holds of its focus, in all views alike: shapes, the response.
  double shapeSigma = 0.05;
  /// Thickness of background tissue in whose place the focus stands (displacedTissueFactor); 0: none.
  double displacedMm = 0;
  /// A focus is answered where the next is so many widths (FWHM) away.
  double leastFwhmApart = 2;
  /// A focus is seen where one of its regions has so many standard deviations more than its background.
  double leastSignificance = 3;
  std::int32_t saturatedAt = 65535;
};

/// The pixels of a disc and its ring in one view; those of other foci's discs belong to neither.
class RegionPixels {
 public:
  /// Throws InputError "region-outside" where the disc leaves the picture, "empty-region" where it or its
  /// ring holds no pixel.
  RegionPixels(const CalibratedView& view, const Disc& disc, const std::vector<Disc>& others,
               const RegionConfig& config);

  const image::Box& box() const { return box_; }
  std::int64_t discCounts(const image::Counts& counts) const { return sum(counts, disc_); }
  std::int64_t ringCounts(const image::Counts& counts) const { return sum(counts, ring_); }
  std::int32_t greatest(const image::Counts& counts) const;
  double areaRatio() const { return static_cast<double>(disc_.size()) / static_cast<double>(ring_.size()); }
  /// Sum over the disc less the area ratio times that over the ring, of values row by row of the box.
  double net(const double* boxValues) const;
  /// Of all pixels of the disc and the ring, in the box.
  std::vector<std::size_t> places() const;

 private:
  std::int64_t sum(const image::Counts& counts, const std::vector<std::size_t>& pixels) const;

  image::Box box_;
  std::vector<std::size_t> disc_, ring_;  ///< places in the box
};

/// The focus's head, window and table as `PixelModel` wants them.
SeenFocus seenFocus(const PlanarProblem& problem, std::size_t view, const Disc& disc,
                    const image::Point& point, double opticalDepth, double sourceSigmaMm);

}  // namespace remnant::quantify

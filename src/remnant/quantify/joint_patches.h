#pragma once

#include <vector>

#include "remnant/quantify/calibrated_view.h"
#include "remnant/quantify/joint_config.h"
#include "remnant/quantify/neck_optics.h"

/// The pixels that a joint fit is made to.
namespace remnant::quantify {

/// A place in a picture, pixels from the middle of the first one.
struct PicturePlace {
  double column = 0, row = 0;
};

/// Pixels of one view near foci that lie together. Its background is its own.
struct JointPatch {
  std::size_t view = 0;
  image::Box window;
  /// One a pixel of the window, row by row; empty: all of them.
  std::vector<bool> taken;
  std::vector<std::size_t> foci;    ///< that it is about; empty: all
  std::vector<PicturePlace> seeds;  ///< of these foci
  double fwhmMm = 0;                ///< of the response at a middling depth below them

  bool takes(std::size_t pixel) const { return taken.empty() || taken[pixel]; }
};

/// Whether all views have a place in their picture.
bool isInPictures(const PlanarProblem& problem, const NeckOptics& optics, const FocusSeed& seed);

/// For every group of foci that lie together one patch a view, view after view: the pixels within so many
/// widths (FWHM) of the response of one of its seeds and not nearer to a seed of another group. Throws
/// InputError "focus-outside-picture" where a seed is outside of a picture.
std::vector<JointPatch> patchesAround(const PlanarProblem& problem, const NeckOptics& optics,
                                      const std::vector<FocusSeed>& seeds, const JointConfig& config);

/// One patch a view: the box of all seeds with the margin on each side, cut to the picture. Throws
/// InputError "focus-outside-picture".
std::vector<JointPatch> boxAround(const PlanarProblem& problem, const NeckOptics& optics,
                                  const std::vector<FocusSeed>& seeds, double marginFwhm);

/// One patch a view, that is all of it.
std::vector<JointPatch> wholePictures(const PlanarProblem& problem, const NeckOptics& optics);

/// Where a head sees a seed that lies at a middling depth.
projection::SeenPoint seenAtMiddlingDepth(const CalibratedView& view, const NeckOptics& optics,
                                          const FocusSeed& seed);
/// Full width at half maximum of the core at a middling depth below the seed, mm.
double responseFwhmMm(const CalibratedView& view, const NeckOptics& optics, const FocusSeed& seed);

}  // namespace remnant::quantify

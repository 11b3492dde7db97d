#pragma once

#include <string>
#include <vector>

#include "remnant/image/grid.h"

/// The one code that turns a study's frames into the images a model sees. Training reads frames from a
/// dataset, serving reads them from a PACS; both go through here, so that the same study gives the same
/// bytes.
namespace remnant::standardise {

/// The two opposed views of a study, as stored by the camera, with what is needed to place them.
struct OpposedViews {
  image::Counts anterior;
  image::Counts posterior;     ///< as stored: not mirrored
  double rowSpacingMm = 0;     ///< between rows (cranio-caudal)
  double columnSpacingMm = 0;  ///< between columns
  bool headFirst = true;  ///< the head is at row 0 where true (told by patient position, checked by outline)
};

/// Boxes found from the body's outline, in pixels of the anterior view's frame. On the posterior view, as
/// stored, they lie mirrored (mirroredBox).
struct NeckGeometry {
  image::Box neck;      ///< the crop that makes the Neck Region
  image::Box thyroid;   ///< where the thyroid bed is expected
  image::Box shoulder;  ///< the reference region on the shoulders; inside the neck box, as is the thyroid box
  std::string evidence;   ///< how it was found, a sentence
  bool headFirst = true;  ///< which end the head is at, as the outline tells it; the header may be wrong
};

/// What findNeck takes for a body, and the size of its boxes. Lengths on a patient, in millimetres. The
/// limits are wide around adults, blur included; they are a choice, not a measurement.
struct NeckConfig {
  double smallestHeadWidthMm = 90;
  double largestHeadWidthMm = 210;  ///< over the ears, blur included
  double leastHeadLengthMm = 120;   ///< from the top of the head to the shoulders
  double mostHeadLengthMm = 400;
  double smallestNeckWidthMm = 75;
  double leastTopToNeckMm = 90;            ///< the neck is not looked for nearer to the top
  double shoulderShareOfTrunkWidth = 0.7;  ///< shoulders begin where the outline is as wide as this share
  double trunkReachMm = 600;               ///< of the widest place within this distance of the top
  double leastShoulderToNeckRatio = 1.5;

  /// Where the thyroid bed lies, as each of three landmarks tells it; the median of the three is taken, so
  /// that one landmark lost in noise, or a neck widened by uptake, moves nothing. Set on simulated patients,
  /// whose bed lies 0.162 of the stature below the vertex, and looked at on two real bone scans.
  double topToThyroidMm = 257;
  double narrowestToThyroidMm = 50;
  double thyroidToShouldersMm = 50;
  /// Where the three differ by more, they are not the landmarks of one body, and nothing is found.
  double mostLandmarkSpreadMm = 110;

  double neckWidthMm = 300;   ///< of the crop: both shoulders' inner halves
  double neckHeightMm = 240;  ///< of the crop, half above the thyroid bed: salivary glands to upper chest
  double thyroidWidthMm = 64;
  double thyroidHeightMm = 72;
  double shoulderWidthMm = 60;
  double shoulderHeightMm = 48;
  double shoulderAsideMm = 105;  ///< from the midline to the box's centre, to the patient's right: away from
                                 ///< the stomach and the great vessels
  double shoulderBelowMm = 40;   ///< from where the shoulders begin down to the box's centre
};

/// Finds the neck from the outline of the body, which both views share: top of the head, narrowest place,
/// shoulders. Both ends of the image are looked at; the end that shows them is taken, whatever the header
/// says, because whole-body images of feet-first patients are often stored head up. Throws InputError
/// "no-body-outline" where neither end shows them, or where the crop does not fit the frame, and "bad-views"
/// where the two views differ in shape or a spacing is not positive.
NeckGeometry findNeck(const OpposedViews& views, const NeckConfig& config = {});

/// The box as it lies on the image mirrored left to right.
image::Box mirroredBox(const image::Box& box, std::size_t columns);

/// The input of a model.
struct ModelInputConfig {
  std::size_t rows = 96;
  std::size_t columns = 96;
  /// "sqrt": square root of counts over the square root of the 99.5th percentile, clipped to [0, 1.5].
  std::string normalisation = "sqrt";
};

/// Channels anterior, posterior (mirrored left to right, so that both show the body the same way round), head
/// up, resampled by area to one scale in millimetres along both axes and centred: what is left over of the
/// input's shape is zero. The percentile is that of the channel's own resampled pixels inside the image. The
/// order in memory is channel, row, column. Throws InputError "unknown-normalisation", and "bad-views" where
/// the two views differ in shape or a spacing is not positive.
std::vector<float> modelInput(const OpposedViews& views, const ModelInputConfig& config);

}  // namespace remnant::standardise

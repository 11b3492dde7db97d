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

/// The size of findNeck's boxes, in millimetres on a patient of any stature. Where they lie stands in
/// body_contour.h.
struct NeckConfig {
  double neckWidthMm = 300;   ///< of the crop: both shoulders' inner halves
  double neckHeightMm = 240;  ///< of the crop, half above the thyroid bed: salivary glands to upper chest
  double thyroidWidthMm = 64;
  double thyroidHeightMm = 72;
  double shoulderWidthMm = 60;
  double shoulderHeightMm = 48;  ///< on the patient's right: away from the stomach and the great vessels
};

/// Finds the neck from the outline of the body, which both views share: head, neck, shoulders, arms and legs
/// together (silhouette.h). The head is looked for at both ends of the image; the end that shows it is taken,
/// whatever the header says, because whole-body images of feet-first patients are often stored head up.
/// Throws InputError "no-body-outline" where no body shows from the head to the hips, or where the crop does
/// not fit the frame, and "bad-views" where the two views differ in shape or a spacing is not positive.
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

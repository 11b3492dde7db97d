#pragma once

#include <string>
#include <vector>

#include "remnant/image/grid.h"

/// The one code that turns a study's frames into the images a model sees. Training reads frames from a dataset,
/// serving reads them from a PACS; both go through here, so that the same study gives the same bytes.
namespace remnant::standardise {

/// The two opposed views of a study, as stored by the camera, with what is needed to place them.
struct OpposedViews {
  image::Counts anterior;
  image::Counts posterior;       ///< as stored: not mirrored
  double rowSpacingMm = 0;       ///< between rows (cranio-caudal)
  double columnSpacingMm = 0;    ///< between columns
  bool headFirst = true;         ///< the head is at row 0 where true (told by patient position, checked by outline)
};

/// Boxes found on the anterior view from the body's outline, in pixels of the frame they were found on.
struct NeckGeometry {
  image::Box neck;           ///< the crop that makes the Neck Region
  image::Box thyroid;        ///< where the thyroid bed is expected
  image::Box shoulder;       ///< the reference region on the shoulders
  std::string evidence;      ///< how it was found, a sentence
};

/// Finds the neck from the body outline: the narrowest place between head and shoulders.
/// Throws InputError "no-body-outline" where no outline stands out of the background.
NeckGeometry findNeck(const OpposedViews& views);

/// The input of a model.
struct ModelInputConfig {
  std::size_t rows = 96;
  std::size_t columns = 96;
  /// "sqrt": square root of counts over the square root of the 99.5th percentile, clipped to [0, 1.5].
  std::string normalisation = "sqrt";
};

/// Channels anterior, posterior (mirrored left to right, so that both show the body the same way round), resampled by
/// area. The order in memory is channel, row, column.
std::vector<float> modelInput(const OpposedViews& views, const ModelInputConfig& config);

}  // namespace remnant::standardise

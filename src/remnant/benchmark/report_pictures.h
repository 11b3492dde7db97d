#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "remnant/dataset/dataset.h"
#include "remnant/image/grid.h"
#include "remnant/standardise/study_images.h"

/// What the report shows of a study, and where it gets it from.
namespace remnant::benchmark {

/// A rectangle on one view of one image set, in pixels of that image: a row of regions.csv, or the crop that
/// made the neck region, from views.csv.
struct RegionMark {
  std::string view;    ///< "anterior" or "posterior"
  std::string region;  ///< "thyroid", "shoulder", "focus" or "neck"
  image::Box box;
  std::string source;                   ///< who drew it: "automatic", "simulator" or a reader
  std::optional<double> depthMm;        ///< from the anterior skin to the focus' centroid
  std::optional<double> uptakePercent;  ///< of the administered activity
};

struct StudyPictures {
  standardise::OpposedViews views;
  std::vector<RegionMark> marks;
};

/// Gives the pictures of a study in an image set ("full-body", "neck-region").
using PictureSource = std::function<StudyPictures(const std::string& study, const std::string& imageSet)>;

/// Pictures from a dataset folder; the dataset must outlive the source. Throws InputError naming the table,
/// its line and column.
PictureSource picturesOf(const dataset::Dataset& dataset);

/// Throws InputError "unknown-image-set".
dataset::ImageSet imageSetNamed(const std::string& name);

}  // namespace remnant::benchmark

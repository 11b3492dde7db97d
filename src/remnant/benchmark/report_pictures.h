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

/// A row of regions.csv: a rectangle on one view of one image set, in pixels of that image.
struct RegionMark {
  std::string view;    ///< "anterior" or "posterior"
  std::string region;  ///< "thyroid", "shoulder" or "focus"
  image::Box box;
  std::string source;                   ///< how it was found, or "simulation"
  std::optional<double> depthMm;        ///< from the anterior skin to the focus' centroid
  std::optional<double> uptakePercent;  ///< of the administered activity
};

struct StudyPictures {
  standardise::OpposedViews views;
  std::vector<RegionMark> marks;
};

/// Gives the pictures of a study in an image set ("full-body", "neck-region").
using PictureSource = std::function<StudyPictures(const std::string& study, const std::string& imageSet)>;

/// Pictures from a dataset folder; the dataset must outlive the source. Throws InputError naming regions.csv,
/// line and column.
PictureSource picturesOf(const dataset::Dataset& dataset);

/// Throws InputError "unknown-image-set".
dataset::ImageSet imageSetNamed(const std::string& name);

}  // namespace remnant::benchmark

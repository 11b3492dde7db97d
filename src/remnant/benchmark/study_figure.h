#pragma once

#include <string>
#include <vector>

#include "remnant/benchmark/report_pictures.h"
#include "remnant/image/display.h"

/// One study on a page of its own.
namespace remnant::benchmark {

struct StudyFigureConfig {
  double height = 560;     ///< of the whole-body views, in SVG user units
  double neckWidth = 380;  ///< of each neck view
  double margin = 24;
  image::DisplayConfig bodyDisplay{.longestSide = 512, .blackQuantile = 0.995, .power = 0.6};
  image::DisplayConfig neckDisplay{.longestSide = 512, .blackQuantile = 0.995, .power = 0.6};
};

/// What stands above and below the pictures.
struct StudyFigureWords {
  std::string title;
  std::string facts;  ///< a line below the title: nuclide, activity, time; may be empty
};

/// A whole SVG file: the body from the front and from behind, the neck region enlarged, foci ringed and
/// lettered, a scale bar of 5 cm, and what the greys mean in counts a pixel. Rows of the whole-body views
/// below the last one with a count are left out.
std::string studyFigure(const StudyPictures& fullBody, const StudyPictures& neckRegion,
                        const StudyFigureWords& words, const StudyFigureConfig& config = {});

}  // namespace remnant::benchmark

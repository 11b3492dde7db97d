#pragma once

#include <string>

#include "remnant/benchmark/report_pictures.h"
#include "remnant/image/display.h"

/// Scintigrams drawn for people: inverse grey with regions over them, as SVG that needs nothing from outside.
/// Both views of a picture share one grey scale. The posterior view is as seen from behind. A study scanned
/// with the feet first is turned so that the head is on top.
namespace remnant::benchmark {

/// Anterior and posterior side by side as an inline SVG element in millimetres.
/// description   names the picture for those who do not see it
std::string viewPair(const StudyPictures& pictures, const std::string& description,
                     const image::DisplayConfig& display);

/// The foci of a study in words, as told on the anterior view: "0.52 % of the administered activity at 21 mm
/// depth"; empty where no focus is known.
std::vector<std::string> focusTexts(const StudyPictures& pictures);

struct StudyFigureConfig {
  double height = 560;     ///< of the whole-body views, in SVG user units
  double neckWidth = 330;  ///< of each neck view
  double margin = 24;
  image::DisplayConfig display;
};

/// A whole SVG file: the body from the front and from behind, the neck region enlarged, foci ringed, a scale
/// bar of 5 cm beside the neck.
///   title   a line above the pictures
std::string studyFigure(const StudyPictures& fullBody, const StudyPictures& neckRegion,
                        const std::string& title, const StudyFigureConfig& config = {});

}  // namespace remnant::benchmark

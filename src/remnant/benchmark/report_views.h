#pragma once

#include <string>

#include "remnant/benchmark/report_pictures.h"
#include "remnant/image/display.h"

/// Scintigrams drawn for people: inverse grey with regions over them, as SVG that needs nothing from outside.
/// Of thyroid and shoulder the automatic boxes are drawn, of foci all that are known.
/// Both views of a picture share one grey scale. The posterior view is as seen from behind. A study scanned
/// with the feet first is turned so that the head is on top.
namespace remnant::benchmark {

/// Anterior and posterior side by side as an inline SVG element in millimetres.
/// description   names the picture for those who do not see it
std::string viewPair(const StudyPictures& pictures, const std::string& description,
                     const image::DisplayConfig& display);

/// The colour a region is drawn in; shoulders are dashed besides, and foci are rings.
std::string regionColour(const std::string& region);

/// The foci of a study as told on the anterior view, uptake (of the administered activity) and depth: "0.52
/// %, 21 mm deep"; empty where no focus is known.
std::vector<std::string> focusTexts(const StudyPictures& pictures);

}  // namespace remnant::benchmark

#pragma once

#include <string>

#include "remnant/benchmark/report_pictures.h"
#include "remnant/image/display.h"

/// The parts that pictures of scintigrams are drawn of. Lengths are millimetres of the patient where nothing
/// else is said; `placed` brings them into a picture.
namespace remnant::benchmark::drawing {

/// Between the centres of adjacent pixels.
struct Spacing {
  double row;
  double column;
};

struct Extent {
  double width;
  double height;
};

/// Both views on one grey scale, each with its top left corner at the origin and the head on top.
struct DrawnPair {
  std::string anterior;
  std::string posterior;
  Extent anteriorExtent;
  Extent posteriorExtent;
  double blackCounts = 1;  ///< a pixel, from which on it is black
};
DrawnPair drawPair(const StudyPictures& pictures, const image::DisplayConfig& config);

/// With its top left corner at x and y.
std::string placed(const std::string& shapes, double x, double y, double scale);

std::string rectangle(const RegionMark& mark, Spacing spacing);
/// A ring that leaves the focus itself free to see.
std::string ring(const RegionMark& mark, Spacing spacing, double leastRadius);
/// Words in the picture's own units.
std::string label(double x, double y, const std::string& words, double size,
                  const std::string& anchor = "middle", const std::string& weight = "normal");
std::string border(double x, double y, double width, double height);

/// Letters from A beside the foci of a view, in the order of strongestFoci.
std::string focusLetters(const StudyPictures& pictures, const std::string& view, double sizeMm);

/// Foci of the anterior view that are not faint, strongest first.
std::vector<RegionMark> strongestFoci(const StudyPictures& pictures);
constexpr double kFaintPercent = 0.01;  ///< of the administered activity
bool isFaint(const RegionMark& focus);
std::string focusText(const RegionMark& focus);

}  // namespace remnant::benchmark::drawing

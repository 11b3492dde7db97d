#pragma once

#include <string>
#include <vector>

#include "remnant/chart/chart.h"
#include "remnant/chart/markup.h"

/// The strokes that the charts are made of, in SVG user units: x to the right, y downwards.
namespace remnant::chart::drawing {

inline const std::string kInk = "#1a1a1a";
inline const std::string kGridInk = "#d9d9d9";
inline const std::string kAxisInk = "#595959";

/// One decimal: a tenth of a pixel.
std::string coordinate(double value);
std::string line(ChartPoint from, ChartPoint to, const std::string& colour, double width,
                 const std::string& dash = {});
/// An open polygon; empty points draw nothing.
std::string path(const std::vector<ChartPoint>& points, const std::string& colour, double width,
                 const std::string& dash = {}, double opacity = 1);
/// anchor: "start", "middle" or "end"; style: a class of the page's style sheet.
std::string text(ChartPoint at, const std::string& words, const std::string& anchor,
                 const std::string& style = {});
std::string marker(ChartPoint at, const SeriesStyle& style);
/// The whole chart, named for those who do not see it.
std::string figure(const std::string& title, double width, double height, const std::string& shapes);

}  // namespace remnant::chart::drawing

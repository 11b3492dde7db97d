#include "remnant/chart/chart.h"

#include <array>

#include "remnant/chart/drawing.h"

namespace remnant::chart {

SeriesStyle seriesStyle(std::size_t index) {
  // Source: Okabe and Ito, Color Universal Design, 2008; ordered so that greys differ as well.
  static const std::array<SeriesStyle, 4> kStyles{{{"#0072B2", "", "circle"},
                                                   {"#D55E00", "8 4", "square"},
                                                   {"#009E73", "2 3", "diamond"},
                                                   {"#CC79A7", "10 3 2 3", "triangle"}}};
  return kStyles[index % kStyles.size()];
}

namespace drawing {

using markup::fixed;

std::string coordinate(double value) {
  return fixed(value, 1);
}

std::string line(ChartPoint from, ChartPoint to, const std::string& colour, double width,
                 const std::string& dash) {
  markup::Attributes attributes{{"x1", coordinate(from.x)}, {"y1", coordinate(from.y)},
                                {"x2", coordinate(to.x)},   {"y2", coordinate(to.y)},
                                {"stroke", colour},         {"stroke-width", coordinate(width)}};
  if (!dash.empty()) attributes.emplace_back("stroke-dasharray", dash);
  return markup::emptyElement("line", attributes);
}

std::string path(const std::vector<ChartPoint>& points, const std::string& colour, double width,
                 const std::string& dash, double opacity) {
  std::string steps;
  for (const ChartPoint& point : points)
    steps += (steps.empty() ? "M" : " L") + coordinate(point.x) + " " + coordinate(point.y);
  markup::Attributes attributes{
      {"d", steps}, {"fill", "none"}, {"stroke", colour}, {"stroke-width", coordinate(width)}};
  if (!dash.empty()) attributes.emplace_back("stroke-dasharray", dash);
  if (opacity < 1) attributes.emplace_back("stroke-opacity", fixed(opacity, 2));
  return markup::emptyElement("path", attributes);
}

std::string text(ChartPoint at, const std::string& words, const std::string& anchor,
                 const std::string& style) {
  markup::Attributes attributes{{"x", coordinate(at.x)}, {"y", coordinate(at.y)}, {"text-anchor", anchor}};
  if (!style.empty()) attributes.emplace_back("class", style);
  return markup::textElement("text", attributes, words);
}

namespace {

std::string polygon(const std::vector<ChartPoint>& corners, const std::string& colour) {
  std::string points;
  for (const ChartPoint& corner : corners)
    points += (points.empty() ? "" : " ") + coordinate(corner.x) + "," + coordinate(corner.y);
  return markup::emptyElement(
      "polygon", {{"points", points}, {"fill", colour}, {"stroke", "#ffffff"}, {"stroke-width", "1"}});
}

}  // namespace

std::string marker(ChartPoint at, const SeriesStyle& style) {
  const double r = 5;
  if (style.marker == "square")
    return polygon({{at.x - r, at.y - r}, {at.x + r, at.y - r}, {at.x + r, at.y + r}, {at.x - r, at.y + r}},
                   style.colour);
  if (style.marker == "diamond")
    return polygon({{at.x, at.y - 7}, {at.x + 7, at.y}, {at.x, at.y + 7}, {at.x - 7, at.y}}, style.colour);
  if (style.marker == "triangle")
    return polygon({{at.x, at.y - 6}, {at.x + 6, at.y + r}, {at.x - 6, at.y + r}}, style.colour);
  return markup::emptyElement("circle", {{"cx", coordinate(at.x)},
                                         {"cy", coordinate(at.y)},
                                         {"r", coordinate(r + 0.5)},
                                         {"fill", style.colour},
                                         {"stroke", "#ffffff"},
                                         {"stroke-width", "1"}});
}

std::string figure(const std::string& title, double width, double height, const std::string& shapes) {
  return markup::element("svg",
                         {{"class", "chart"},
                          {"role", "img"},
                          {"aria-label", title},
                          {"viewBox", "0 0 " + coordinate(width) + " " + coordinate(height)},
                          {"style", "max-width:" + fixed(width * 1.25, 0) + "px"}},
                         markup::textElement("title", {}, title) + shapes);
}

}  // namespace drawing
}  // namespace remnant::chart

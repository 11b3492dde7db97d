#include "remnant/benchmark/view_drawing.h"

#include <algorithm>
#include <cmath>

#include "remnant/benchmark/report_views.h"
#include "remnant/chart/drawing.h"
#include "remnant/image/png.h"

namespace remnant::benchmark::drawing {

using chart::drawing::coordinate;
using chart::markup::Attributes;
using chart::markup::fixed;

namespace {

Extent extentOf(const image::Counts& counts, Spacing spacing) {
  return {static_cast<double>(counts.columns()) * spacing.column,
          static_cast<double>(counts.rows()) * spacing.row};
}

std::string picture(const image::Display& display, Spacing spacing) {
  const auto side = static_cast<double>(display.blockSide);
  return chart::markup::emptyElement(
      "image", {{"width", coordinate(static_cast<double>(display.grey.columns()) * side * spacing.column)},
                {"height", coordinate(static_cast<double>(display.grey.rows()) * side * spacing.row)},
                {"preserveAspectRatio", "none"},
                {"href", "data:image/png;base64," + chart::markup::base64(image::encodePng(display.grey))}});
}

Attributes strokeOf(const std::string& region) {
  Attributes attributes{{"fill", "none"}, {"vector-effect", "non-scaling-stroke"}, {"stroke-width", "1.6"}};
  attributes.emplace_back("stroke", regionColour(region));
  if (region == "shoulder") attributes.emplace_back("stroke-dasharray", "5 3");
  return attributes;
}

Extent extentOf(const RegionMark& mark, Spacing spacing) {
  return {static_cast<double>(mark.box.width) * spacing.column,
          static_cast<double>(mark.box.height) * spacing.row};
}

/// Of the box, in millimetres.
chart::ChartPoint centreOf(const RegionMark& mark, Spacing spacing) {
  const Extent extent = extentOf(mark, spacing);
  return {static_cast<double>(mark.box.x) * spacing.column + extent.width / 2,
          static_cast<double>(mark.box.y) * spacing.row + extent.height / 2};
}

double radiusOf(const RegionMark& mark, Spacing spacing, double leastRadius) {
  const Extent extent = extentOf(mark, spacing);
  return std::max(std::max(extent.width, extent.height) / 2, leastRadius);
}

bool isShown(const RegionMark& mark) {
  return mark.region == "focus" || mark.source == "automatic";
}

std::string overlays(const StudyPictures& pictures, const std::string& view, Spacing spacing, Extent extent) {
  std::string shapes;
  for (const RegionMark& mark : pictures.marks) {
    if (mark.view != view || !isShown(mark)) continue;
    shapes += mark.region == "focus" ? ring(mark, spacing, extent.width / 40) : rectangle(mark, spacing);
  }
  return shapes;
}

/// One view in millimetres with its top left corner at the origin and the head on top.
std::string oneView(const StudyPictures& pictures, const std::string& view, const image::Display& display) {
  const Spacing spacing{pictures.views.rowSpacingMm, pictures.views.columnSpacingMm};
  const Extent extent =
      extentOf(view == "anterior" ? pictures.views.anterior : pictures.views.posterior, spacing);
  std::string shapes = picture(display, spacing) + overlays(pictures, view, spacing, extent);
  if (pictures.views.headFirst) return shapes;
  return chart::markup::element("g",
                                {{"transform", "rotate(180 " + coordinate(extent.width / 2) + " " +
                                                   coordinate(extent.height / 2) + ")"}},
                                shapes);
}

/// The same focus in another view: dataset tables do not number foci.
bool sameFocus(const RegionMark& left, const RegionMark& right) {
  return left.region == right.region && left.uptakePercent == right.uptakePercent &&
         left.depthMm == right.depthMm;
}

std::string letterBeside(const RegionMark& mark, char letter, const StudyPictures& pictures, Extent extent,
                         double sizeMm) {
  const Spacing spacing{pictures.views.rowSpacingMm, pictures.views.columnSpacingMm};
  chart::ChartPoint at = centreOf(mark, spacing);
  if (!pictures.views.headFirst) at = {extent.width - at.x, extent.height - at.y};
  const double away = radiusOf(mark, spacing, extent.width / 40) * std::sqrt(0.5) + 0.1 * sizeMm;
  const double side = at.x < extent.width / 2 ? -1 : 1;
  return chart::markup::textElement("text",
                                    {{"x", coordinate(at.x + side * away)},
                                     {"y", coordinate(at.y - away)},
                                     {"text-anchor", side < 0 ? "end" : "start"},
                                     {"font-size", coordinate(sizeMm)},
                                     {"font-weight", "bold"},
                                     {"fill", regionColour("focus")}},
                                    std::string(1, letter));
}

}  // namespace

std::string rectangle(const RegionMark& mark, Spacing spacing) {
  Attributes attributes = strokeOf(mark.region);
  attributes.emplace_back("x", coordinate(static_cast<double>(mark.box.x) * spacing.column));
  attributes.emplace_back("y", coordinate(static_cast<double>(mark.box.y) * spacing.row));
  attributes.emplace_back("width", coordinate(static_cast<double>(mark.box.width) * spacing.column));
  attributes.emplace_back("height", coordinate(static_cast<double>(mark.box.height) * spacing.row));
  return chart::markup::emptyElement("rect", attributes);
}

std::string ring(const RegionMark& mark, Spacing spacing, double leastRadius) {
  const chart::ChartPoint centre = centreOf(mark, spacing);
  Attributes attributes = strokeOf(mark.region);
  attributes.emplace_back("cx", coordinate(centre.x));
  attributes.emplace_back("cy", coordinate(centre.y));
  attributes.emplace_back("r", coordinate(radiusOf(mark, spacing, leastRadius)));
  return chart::markup::emptyElement("circle", attributes);
}

std::string placed(const std::string& shapes, double x, double y, double scale) {
  return chart::markup::element("g",
                                {{"transform", "translate(" + coordinate(x) + " " + coordinate(y) +
                                                   ") scale(" + fixed(scale, 4) + ")"}},
                                shapes);
}

DrawnPair drawPair(const StudyPictures& pictures, const image::DisplayConfig& config) {
  const standardise::OpposedViews& views = pictures.views;
  const std::vector<image::Display> displays = image::displayed({views.anterior, views.posterior}, config);
  const Spacing spacing{views.rowSpacingMm, views.columnSpacingMm};
  return {.anterior = oneView(pictures, "anterior", displays[0]),
          .posterior = oneView(pictures, "posterior", displays[1]),
          .anteriorExtent = extentOf(views.anterior, spacing),
          .posteriorExtent = extentOf(views.posterior, spacing),
          .blackCounts = displays[0].black};
}

std::string label(double x, double y, const std::string& words, double size, const std::string& anchor,
                  const std::string& weight) {
  return chart::markup::textElement("text",
                                    {{"x", coordinate(x)},
                                     {"y", coordinate(y)},
                                     {"text-anchor", anchor},
                                     {"font-size", coordinate(size)},
                                     {"font-weight", weight},
                                     {"fill", "#1a1a1a"}},
                                    words);
}

std::string border(double x, double y, double width, double height) {
  return chart::markup::emptyElement("rect", {{"x", coordinate(x)},
                                              {"y", coordinate(y)},
                                              {"width", coordinate(width)},
                                              {"height", coordinate(height)},
                                              {"fill", "none"},
                                              {"stroke", "#bfbfbf"},
                                              {"stroke-width", "1"},
                                              {"vector-effect", "non-scaling-stroke"}});
}

std::string focusLetters(const StudyPictures& pictures, const std::string& view, double sizeMm) {
  const Spacing spacing{pictures.views.rowSpacingMm, pictures.views.columnSpacingMm};
  const Extent extent =
      extentOf(view == "anterior" ? pictures.views.anterior : pictures.views.posterior, spacing);
  std::string letters;
  char letter = 'A';
  for (const RegionMark& focus : strongestFoci(pictures)) {
    for (const RegionMark& mark : pictures.marks)
      if (mark.view == view && sameFocus(mark, focus))
        letters += letterBeside(mark, letter, pictures, extent, sizeMm);
    if (letter++ == 'Z') break;
  }
  return letters;
}

std::vector<RegionMark> strongestFoci(const StudyPictures& pictures) {
  std::vector<RegionMark> foci;
  for (const RegionMark& mark : pictures.marks)
    if (mark.view == "anterior" && mark.region == "focus" && !isFaint(mark)) foci.push_back(mark);
  std::stable_sort(foci.begin(), foci.end(), [](const RegionMark& first, const RegionMark& second) {
    return first.uptakePercent > second.uptakePercent;
  });
  return foci;
}

bool isFaint(const RegionMark& focus) {
  return focus.uptakePercent && *focus.uptakePercent < kFaintPercent;
}

std::string focusText(const RegionMark& focus) {
  std::string text = focus.uptakePercent
                         ? fixed(*focus.uptakePercent, *focus.uptakePercent < 0.1 ? 3 : 2) + " %"
                         : "uptake not known";
  if (focus.depthMm) text += ", " + fixed(*focus.depthMm, 0) + " mm deep";
  return text;
}

}  // namespace remnant::benchmark::drawing

#include "remnant/benchmark/report_views.h"

#include <algorithm>
#include <cmath>

#include "remnant/chart/drawing.h"
#include "remnant/image/png.h"

namespace remnant::benchmark {
namespace {

using chart::drawing::coordinate;
using chart::markup::Attributes;
using chart::markup::fixed;

struct Spacing {
  double row;
  double column;
};

/// Millimetres of the body as shown, to user units of the SVG.
struct Extent {
  double width;
  double height;
};

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

std::string rectangle(const RegionMark& mark, Spacing spacing) {
  Attributes attributes = strokeOf(mark.region);
  attributes.emplace_back("x", coordinate(static_cast<double>(mark.box.x) * spacing.column));
  attributes.emplace_back("y", coordinate(static_cast<double>(mark.box.y) * spacing.row));
  attributes.emplace_back("width", coordinate(static_cast<double>(mark.box.width) * spacing.column));
  attributes.emplace_back("height", coordinate(static_cast<double>(mark.box.height) * spacing.row));
  return chart::markup::emptyElement("rect", attributes);
}

/// A ring that leaves the focus itself free to see.
std::string ring(const RegionMark& mark, Spacing spacing, double leastRadius) {
  const double width = static_cast<double>(mark.box.width) * spacing.column;
  const double height = static_cast<double>(mark.box.height) * spacing.row;
  Attributes attributes = strokeOf(mark.region);
  attributes.emplace_back("cx", coordinate(static_cast<double>(mark.box.x) * spacing.column + width / 2));
  attributes.emplace_back("cy", coordinate(static_cast<double>(mark.box.y) * spacing.row + height / 2));
  attributes.emplace_back("r", coordinate(std::max(std::max(width, height) / 2, leastRadius)));
  return chart::markup::emptyElement("circle", attributes);
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

std::string placed(const std::string& shapes, double x, double y, double scale) {
  return chart::markup::element("g",
                                {{"transform", "translate(" + coordinate(x) + " " + coordinate(y) +
                                                   ") scale(" + fixed(scale, 4) + ")"}},
                                shapes);
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

struct DrawnPair {
  std::string anterior;
  std::string posterior;
  Extent anteriorExtent;
  Extent posteriorExtent;
};

DrawnPair drawPair(const StudyPictures& pictures, const image::DisplayConfig& config) {
  const standardise::OpposedViews& views = pictures.views;
  const std::vector<image::Display> displays = image::displayed({views.anterior, views.posterior}, config);
  const Spacing spacing{views.rowSpacingMm, views.columnSpacingMm};
  return {.anterior = oneView(pictures, "anterior", displays[0]),
          .posterior = oneView(pictures, "posterior", displays[1]),
          .anteriorExtent = extentOf(views.anterior, spacing),
          .posteriorExtent = extentOf(views.posterior, spacing)};
}

std::string label(double x, double y, const std::string& words, double size,
                  const std::string& anchor = "middle", const std::string& weight = "normal") {
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

constexpr double kFaintPercent = 0.01;

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

std::vector<RegionMark> anteriorFoci(const StudyPictures& pictures) {
  std::vector<RegionMark> foci;
  for (const RegionMark& mark : pictures.marks)
    if (mark.view == "anterior" && mark.region == "focus") foci.push_back(mark);
  std::stable_sort(foci.begin(), foci.end(), [](const RegionMark& first, const RegionMark& second) {
    return first.uptakePercent > second.uptakePercent;
  });
  return foci;
}

}  // namespace

std::string regionColour(const std::string& region) {
  if (region == "thyroid") return "#0072B2";
  if (region == "shoulder") return "#D55E00";
  return region == "neck" ? "#595959" : "#B3007D";
}

std::vector<std::string> focusTexts(const StudyPictures& pictures) {
  std::vector<std::string> texts;
  std::size_t faint = 0;
  for (const RegionMark& focus : anteriorFoci(pictures))
    if (isFaint(focus))
      ++faint;
    else
      texts.push_back(focusText(focus));
  if (faint > 0) texts.push_back(std::to_string(faint) + " below " + fixed(kFaintPercent, 2) + " %");
  return texts;
}

std::string viewPair(const StudyPictures& pictures, const std::string& description,
                     const image::DisplayConfig& display) {
  const DrawnPair pair = drawPair(pictures, display);
  const double gap = pair.anteriorExtent.width * 0.05;
  const double width = pair.anteriorExtent.width + gap + pair.posteriorExtent.width;
  const double viewHeight = std::max(pair.anteriorExtent.height, pair.posteriorExtent.height);
  const double size = std::min(width * 0.055, viewHeight * 0.055), top = size * 1.5;
  const double height = top + viewHeight;
  const double posteriorX = pair.anteriorExtent.width + gap;
  const std::string shapes = chart::markup::textElement("title", {}, description) +
                             label(pair.anteriorExtent.width / 2, size, "anterior", size) +
                             label(posteriorX + pair.posteriorExtent.width / 2, size, "posterior", size) +
                             placed(pair.anterior, 0, top, 1) + placed(pair.posterior, posteriorX, top, 1) +
                             border(0, top, pair.anteriorExtent.width, pair.anteriorExtent.height) +
                             border(posteriorX, top, pair.posteriorExtent.width, pair.posteriorExtent.height);
  return chart::markup::element("svg",
                                {{"class", "views"},
                                 {"role", "img"},
                                 {"aria-label", description},
                                 {"viewBox", "0 0 " + coordinate(width) + " " + coordinate(height)}},
                                shapes);
}

namespace {

/// The standalone figure: places the four views and writes beside them.
class StudyFigure {
 public:
  StudyFigure(const StudyPictures& fullBody, const StudyPictures& neckRegion, StudyFigureConfig config)
      : config_(config),
        body_(drawPair(fullBody, config.bodyDisplay)),
        neck_(drawPair(neckRegion, config.neckDisplay)),
        bodyScale_(config.height / body_.anteriorExtent.height),
        neckScale_(config.neckWidth / neck_.anteriorExtent.width),
        foci_(focusTexts(neckRegion)) {}

  std::string draw(const std::string& title) const {
    std::string shapes = background() + label(config_.margin, 30, title, 19, "start", "bold");
    shapes += view(body_.anterior, body_.anteriorExtent, bodyLeft(0), bodyScale_, "anterior");
    shapes += view(body_.posterior, body_.posteriorExtent, bodyLeft(1), bodyScale_, "posterior");
    shapes += view(neck_.anterior, neck_.anteriorExtent, neckLeft(0), neckScale_, "neck region, anterior");
    shapes += view(neck_.posterior, neck_.posteriorExtent, neckLeft(1), neckScale_, "neck region, posterior");
    shapes += scaleBar() + legend();
    return chart::markup::element("svg",
                                  {{"xmlns", "http://www.w3.org/2000/svg"},
                                   {"viewBox", "0 0 " + coordinate(width()) + " " + coordinate(height())},
                                   {"width", coordinate(width())},
                                   {"height", coordinate(height())},
                                   {"font-family", "Helvetica, Arial, sans-serif"}},
                                  chart::markup::textElement("title", {}, title) + shapes) +
           "\n";
  }

 private:
  static constexpr double kTop = 74;
  double bodyWidth() const { return body_.anteriorExtent.width * bodyScale_; }
  double bodyLeft(int index) const { return config_.margin + index * (bodyWidth() + 10); }
  double neckLeft(int index) const {
    return bodyLeft(1) + body_.posteriorExtent.width * bodyScale_ + config_.margin +
           index * (config_.neckWidth + 12);
  }
  double neckBottom() const { return kTop + neck_.anteriorExtent.height * neckScale_; }
  double legendHeight() const { return 140 + 22 * static_cast<double>(foci_.size()); }
  double width() const { return neckLeft(1) + neck_.posteriorExtent.width * neckScale_ + config_.margin; }
  double height() const {
    return std::max(kTop + config_.height, neckBottom() + legendHeight()) + config_.margin;
  }

  std::string background() const {
    return chart::markup::emptyElement(
        "rect", {{"width", coordinate(width())}, {"height", coordinate(height())}, {"fill", "#ffffff"}});
  }

  static std::string view(const std::string& shapes, Extent extent, double x, double scale,
                          const std::string& name) {
    return label(x + extent.width * scale / 2, kTop - 12, name, 15) + placed(shapes, x, kTop, scale) +
           border(x, kTop, extent.width * scale, extent.height * scale);
  }

  std::string scaleBar() const {
    const double y = neckBottom() + 20, length = 50 * neckScale_;
    const chart::ChartPoint from{neckLeft(0), y}, to{neckLeft(0) + length, y};
    return chart::drawing::line(from, to, chart::drawing::kInk, 3) +
           label(to.x + 10, y + 5, "5 cm", 14, "start");
  }

  std::string legend() const {
    const double x = neckLeft(0), y = neckBottom() + 56;
    RegionMark mark{.view = {},
                    .region = "thyroid",
                    .box = {.x = 0, .y = 0, .width = 22, .height = 14},
                    .source = {},
                    .depthMm = {},
                    .uptakePercent = {}};
    std::string shapes = placed(rectangle(mark, {1, 1}), x, y - 11, 1) +
                         label(x + 34, y, "thyroid bed, found from the outline", 14, "start");
    mark.region = "shoulder";
    shapes += placed(rectangle(mark, {1, 1}), x, y + 15, 1) +
              label(x + 34, y + 26, "shoulder, the reference region", 14, "start");
    if (foci_.empty()) return shapes + label(x, y + 60, "no focus is known", 14, "start");
    mark.region = "focus";
    mark.box = {.x = 4, .y = 0, .width = 14, .height = 14};
    shapes += placed(ring(mark, {1, 1}, 7), x, y + 40, 1) +
              label(x + 34, y + 52, "true focus: share of the administered activity, depth from the front",
                    14, "start");
    for (std::size_t index = 0; index < foci_.size(); ++index)
      shapes += label(x + 34, y + 76 + 22 * static_cast<double>(index), foci_[index], 14, "start", "bold");
    return shapes;
  }

  StudyFigureConfig config_;
  DrawnPair body_;
  DrawnPair neck_;
  double bodyScale_;
  double neckScale_;
  std::vector<std::string> foci_;
};

}  // namespace

std::string studyFigure(const StudyPictures& fullBody, const StudyPictures& neckRegion,
                        const std::string& title, const StudyFigureConfig& config) {
  return StudyFigure(fullBody, neckRegion, config).draw(title);
}

}  // namespace remnant::benchmark

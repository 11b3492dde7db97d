#include "remnant/benchmark/report_views.h"

#include <algorithm>

#include "remnant/benchmark/view_drawing.h"
#include "remnant/chart/drawing.h"

namespace remnant::benchmark {

using namespace drawing;
using chart::drawing::coordinate;

std::string regionColour(const std::string& region) {
  if (region == "thyroid") return "#0072B2";
  if (region == "shoulder") return "#D55E00";
  return region == "neck" ? "#595959" : "#B3007D";
}

std::vector<std::string> focusTexts(const StudyPictures& pictures) {
  std::vector<std::string> texts;
  for (const RegionMark& focus : strongestFoci(pictures)) texts.push_back(focusText(focus));
  const auto faint = std::count_if(pictures.marks.begin(), pictures.marks.end(), [](const RegionMark& mark) {
    return mark.view == "anterior" && mark.region == "focus" && isFaint(mark);
  });
  if (faint > 0)
    texts.push_back(std::to_string(faint) + " below " + chart::markup::fixed(kFaintPercent, 2) + " %");
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

}  // namespace remnant::benchmark

#include "remnant/validation/figure.h"

#include "remnant/base/atomic_file.h"
#include "remnant/chart/markup.h"

namespace remnant::validation {
namespace {

constexpr double kMargin = 12, kTitleHeight = 34;

/// What a page's style sheet gives charts that stand in one.
constexpr const char* kStyle =
    "text{font:13px Helvetica,Arial,sans-serif;fill:#1a1a1a}.heading{font-size:15px;font-weight:bold}";

double heightOf(const chart::CurveChartConfig& config, std::size_t series) {
  return config.top + config.height + config.axisHeight +
         config.legendLineHeight * static_cast<double>(series);
}

}  // namespace

Figure makeFigure(const std::string& name, const std::string& title,
                  const std::vector<chart::CurveSeries>& series, chart::CurveChartConfig config) {
  namespace markup = chart::markup;
  config.width = 520;
  const double chartWidth = config.left + config.width + config.right;
  const double chartHeight = heightOf(config, series.size()) + 2 * kMargin;
  const std::string width = markup::fixed(chartWidth + 2 * kMargin, 0);
  const std::string height = markup::fixed(chartHeight + kTitleHeight, 0);
  const std::string placed = markup::element("svg",
                                             {{"x", markup::fixed(kMargin, 0)},
                                              {"y", markup::fixed(kTitleHeight, 0)},
                                              {"width", markup::fixed(chartWidth, 1)},
                                              {"height", markup::fixed(chartHeight - kMargin, 1)}},
                                             chart::curveChart(title, series, config));
  const std::string shapes =
      markup::element("style", {}, kStyle) +
      markup::emptyElement("rect", {{"width", width}, {"height", height}, {"fill", "#ffffff"}}) +
      markup::textElement("text", {{"x", "14"}, {"y", "24"}, {"class", "heading"}}, title) + placed;
  return {name, title,
          markup::element("svg",
                          {{"xmlns", "http://www.w3.org/2000/svg"},
                           {"viewBox", "0 0 " + width + " " + height},
                           {"width", width},
                           {"height", height}},
                          shapes) +
              "\n"};
}

void writeFigures(const std::vector<Figure>& figures, const std::filesystem::path& folder) {
  createFolder(folder);
  for (const Figure& figure : figures) writeWholeFile(folder / (figure.name + ".svg"), figure.svg);
}

}  // namespace remnant::validation

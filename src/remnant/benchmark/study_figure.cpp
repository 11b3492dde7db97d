#include "remnant/benchmark/study_figure.h"

#include <algorithm>
#include <cmath>

#include "remnant/benchmark/report_views.h"
#include "remnant/benchmark/view_drawing.h"
#include "remnant/chart/drawing.h"

namespace remnant::benchmark {

using namespace drawing;
using chart::drawing::coordinate;

namespace {

std::size_t rowsWithCounts(const image::Counts& counts) {
  const auto& pixels = counts.pixels();
  const auto last =
      std::find_if(pixels.rbegin(), pixels.rend(), [](std::int32_t count) { return count != 0; });
  const auto filled = static_cast<std::size_t>(pixels.rend() - last);
  return (filled + counts.columns() - 1) / std::max<std::size_t>(counts.columns(), 1);
}

/// A sweep that ended above the frame's lower edge. Feet first they are at the other end, where a cut would
/// move the marks.
StudyPictures withoutEmptyRows(StudyPictures pictures) {
  standardise::OpposedViews& views = pictures.views;
  const std::size_t rows = std::max(rowsWithCounts(views.anterior), rowsWithCounts(views.posterior));
  if (!views.headFirst || rows == 0) return pictures;
  for (image::Counts* counts : {&views.anterior, &views.posterior})
    *counts = image::cropped(*counts, {.width = counts->columns(), .height = std::min(rows, counts->rows())});
  return pictures;
}

/// Places the four views and writes beside them.
class StudyFigure {
 public:
  StudyFigure(const StudyPictures& fullBody, const StudyPictures& neckRegion, const StudyFigureConfig& config)
      : config_(config),
        body_(drawPair(withoutEmptyRows(fullBody), config.bodyDisplay)),
        neck_(drawPair(neckRegion, config.neckDisplay)),
        neckPictures_(neckRegion),
        bodyScale_(config.height / body_.anteriorExtent.height),
        neckScale_(config.neckWidth / neck_.anteriorExtent.width),
        lettered_(strongestFoci(neckRegion).size()),
        foci_(focusTexts(neckRegion)) {}

  std::string draw(const StudyFigureWords& words) const {
    std::string shapes = background() + label(config_.margin, 30, words.title, 19, "start", "bold") +
                         label(config_.margin, 52, words.facts, 14, "start");
    shapes += view(body_.anterior, body_.anteriorExtent, bodyLeft(0), bodyScale_, "anterior");
    shapes += view(body_.posterior, body_.posteriorExtent, bodyLeft(1), bodyScale_, "posterior");
    shapes += view(neck_.anterior + letters("anterior"), neck_.anteriorExtent, neckLeft(0), neckScale_,
                   "neck region, anterior");
    shapes += view(neck_.posterior + letters("posterior"), neck_.posteriorExtent, neckLeft(1), neckScale_,
                   "neck region, posterior");
    shapes += scaleBar() + legend() + greyBars();
    return chart::markup::element("svg",
                                  {{"xmlns", "http://www.w3.org/2000/svg"},
                                   {"viewBox", "0 0 " + coordinate(width()) + " " + coordinate(height())},
                                   {"width", coordinate(width())},
                                   {"height", coordinate(height())},
                                   {"font-family", "Helvetica, Arial, sans-serif"}},
                                  chart::markup::textElement("title", {}, words.title) + shapes) +
           "\n";
  }

 private:
  static constexpr double kTop = 98;
  static constexpr double kBarWidth = 220, kBarHeight = 14;
  static constexpr int kBarSteps = 55;

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

  std::string letters(const std::string& name) const {
    return focusLetters(neckPictures_, name, 15 / neckScale_);
  }

  std::string scaleBar() const {
    const double y = neckBottom() + 20, length = 50 * neckScale_;
    const chart::ChartPoint from{neckLeft(0), y}, to{neckLeft(0) + length, y};
    return chart::drawing::line(from, to, chart::drawing::kInk, 3) +
           label(to.x + 10, y + 5, "5 cm", 14, "start");
  }

  static std::string counts(double value) { return chart::markup::fixed(value, value < 10 ? 1 : 0); }

  /// Linear in counts, as grey as the picture shows them.
  std::string greyBar(double y, const std::string& name, double black, double power) const {
    const double left = neckLeft(1), step = kBarWidth / kBarSteps;
    std::string shapes = label(left, y - 8, name, 14, "start");
    for (int index = 0; index < kBarSteps; ++index) {
      const double darkness = std::pow((index + 0.5) / kBarSteps, power);
      const std::string grey = std::to_string(std::lround(255 * (1 - darkness)));
      shapes +=
          chart::markup::emptyElement("rect", {{"x", coordinate(left + index * step)},
                                               {"y", coordinate(y)},
                                               {"width", coordinate(step + 0.1)},
                                               {"height", coordinate(kBarHeight)},
                                               {"fill", "rgb(" + grey + "," + grey + "," + grey + ")"}});
    }
    shapes += border(left, y, kBarWidth, kBarHeight);
    const double below = y + kBarHeight + 15;
    return shapes + label(left, below, "0", 13) + label(left + kBarWidth / 2, below, counts(black / 2), 13) +
           label(left + kBarWidth, below, counts(black) + " or more", 13);
  }

  std::string greyBars() const {
    const double y = neckBottom() + 38;
    return greyBar(y, "counts a pixel, neck region", neck_.blackCounts, config_.neckDisplay.power) +
           greyBar(y + 66, "counts a pixel, whole body", body_.blackCounts, config_.bodyDisplay.power);
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
              label(x + 34, y + 52, "true focus: uptake of the dose, depth from the front", 14, "start");
    for (std::size_t index = 0; index < foci_.size(); ++index)
      shapes +=
          label(x + 34, y + 76 + 22 * static_cast<double>(index), legendLine(index), 14, "start", "bold");
    return shapes;
  }

  std::string legendLine(std::size_t index) const {
    if (index >= lettered_ || index >= 26) return foci_[index];
    return std::string(1, static_cast<char>('A' + index)) + ": " + foci_[index];
  }

  StudyFigureConfig config_;
  DrawnPair body_;
  DrawnPair neck_;
  const StudyPictures& neckPictures_;
  double bodyScale_;
  double neckScale_;
  std::size_t lettered_;
  std::vector<std::string> foci_;
};

}  // namespace

std::string studyFigure(const StudyPictures& fullBody, const StudyPictures& neckRegion,
                        const StudyFigureWords& words, const StudyFigureConfig& config) {
  return StudyFigure(fullBody, neckRegion, config).draw(words);
}

}  // namespace remnant::benchmark

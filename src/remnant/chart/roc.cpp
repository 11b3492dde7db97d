#include "remnant/chart/drawing.h"

namespace remnant::chart {
namespace {

using namespace drawing;

class RocDrawing {
 public:
  explicit RocDrawing(const RocChartConfig& config) : config_(config) {}

  std::string axes() const {
    std::string shapes;
    for (int fifth = 0; fifth <= 5; ++fifth) shapes += tick(fifth / 5.0);
    shapes += line(place({0, 0}), place({1, 1}), kAxisInk, 1, "3 4");
    shapes += frame();
    shapes += text({config_.left + config_.side / 2, config_.top + config_.side + 38}, "1 − specificity",
                   "middle", "axis-title");
    return shapes + verticalTitle("sensitivity");
  }

  std::string curves(const RocSeries& series, const SeriesStyle& style) const {
    std::string shapes;
    for (const auto& fit : series.fits) shapes += path(placed(fit), style.colour, 0.8, {}, 0.3);
    return shapes + path(placed(series.mean), style.colour, 2.4, style.dash);
  }

  std::string operatingPoint(const RocSeries& series, const SeriesStyle& style) const {
    return series.operatingPoint ? marker(place(*series.operatingPoint), style) : "";
  }

  std::string legendLine(std::size_t index, const RocSeries& series, const SeriesStyle& style) const {
    const double y = config_.top + config_.side + config_.axisHeight +
                     config_.legendLineHeight * (static_cast<double>(index) + 0.5);
    return line({config_.left, y}, {config_.left + 42, y}, style.colour, 2.4, style.dash) +
           marker({config_.left + 21, y}, style) + text({config_.left + 50, y + 4.5}, series.legend, "start");
  }

  double width() const { return config_.left + config_.side + config_.right; }
  double height(std::size_t legendLines) const {
    return config_.top + config_.side + config_.axisHeight +
           config_.legendLineHeight * static_cast<double>(legendLines) + 4;
  }

 private:
  ChartPoint place(ChartPoint point) const {
    return {config_.left + point.x * config_.side, config_.top + (1 - point.y) * config_.side};
  }
  std::vector<ChartPoint> placed(const std::vector<ChartPoint>& points) const {
    std::vector<ChartPoint> places;
    for (const ChartPoint& point : points) places.push_back(place(point));
    return places;
  }
  std::string tick(double rate) const {
    const ChartPoint below = place({rate, 0}), beside = place({0, rate});
    return line(below, place({rate, 1}), kGridInk, 1) + line(beside, place({1, rate}), kGridInk, 1) +
           text({below.x, below.y + 17}, markup::fixed(rate, 1), "middle", "tick") +
           text({beside.x - 7, beside.y + 4}, markup::fixed(rate, 1), "end", "tick");
  }
  std::string frame() const { return path({place({0, 1}), place({0, 0}), place({1, 0})}, kAxisInk, 1.2); }
  std::string verticalTitle(const std::string& words) const {
    const double x = 13, y = config_.top + config_.side / 2;
    return markup::textElement("text",
                               {{"x", coordinate(x)},
                                {"y", coordinate(y)},
                                {"text-anchor", "middle"},
                                {"class", "axis-title"},
                                {"transform", "rotate(-90 " + coordinate(x) + " " + coordinate(y) + ")"}},
                               words);
  }

  RocChartConfig config_;
};

}  // namespace

std::string rocChart(const std::string& title, const std::vector<RocSeries>& series,
                     const RocChartConfig& config) {
  const RocDrawing drawing(config);
  std::string shapes = drawing.axes();
  for (std::size_t index = 0; index < series.size(); ++index)
    shapes += drawing.curves(series[index], seriesStyle(index));
  for (std::size_t index = 0; index < series.size(); ++index)
    shapes += drawing.operatingPoint(series[index], seriesStyle(index)) +
              drawing.legendLine(index, series[index], seriesStyle(index));
  return figure(title, drawing.width(), drawing.height(series.size()), shapes);
}

}  // namespace remnant::chart

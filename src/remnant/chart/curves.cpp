#include <algorithm>
#include <cmath>
#include <limits>

#include "remnant/base/error.h"
#include "remnant/chart/drawing.h"

namespace remnant::chart {
namespace {

using namespace drawing;

struct Range {
  double least = std::numeric_limits<double>::infinity();
  double most = -std::numeric_limits<double>::infinity();
  void hold(double value) {
    least = std::min(least, value);
    most = std::max(most, value);
  }
};

double errorOf(const CurveSeries& series, std::size_t index) {
  return index < series.errors.size() ? series.errors[index] : 0;
}

class CurveDrawing {
 public:
  CurveDrawing(const std::vector<CurveSeries>& series, const CurveChartConfig& config) : config_(config) {
    Range x, y;
    for (const CurveSeries& curve : series)
      for (std::size_t index = 0; index < curve.points.size(); ++index) {
        x.hold(curve.points[index].x);
        y.hold(curve.points[index].y - errorOf(curve, index));
        y.hold(curve.points[index].y + errorOf(curve, index));
      }
    if (x.least > x.most) throw ProgramError("a chart without a point");
    horizontal_ = Axis::around(x.least, x.most);
    vertical_ = Axis::around(config.lowest.value_or(y.least), config.highest.value_or(y.most));
  }

  std::string axes() const {
    std::string shapes;
    for (double x = horizontal_.least; x < horizontal_.most + horizontal_.step / 2; x += horizontal_.step)
      shapes += line(place({x, vertical_.least}), place({x, vertical_.most}), kGridInk, 1) +
                text({place({x, 0}).x, bottom() + 17}, tick(x, horizontal_), "middle", "tick");
    for (double y = vertical_.least; y < vertical_.most + vertical_.step / 2; y += vertical_.step)
      shapes += line(place({horizontal_.least, y}), place({horizontal_.most, y}), kGridInk, 1) +
                text({config_.left - 7, place({0, y}).y + 4}, tick(y, vertical_), "end", "tick");
    shapes += path(
        {{config_.left, config_.top}, {config_.left, bottom()}, {config_.left + config_.width, bottom()}},
        kAxisInk, 1.2);
    return shapes + titles();
  }

  std::string curve(const CurveSeries& series, const SeriesStyle& style) const {
    std::vector<ChartPoint> places;
    for (const ChartPoint& point : series.points) places.push_back(place(point));
    if (series.errors.empty()) return path(places, style.colour, 2.4, style.dash);
    std::string shapes;
    for (std::size_t index = 0; index < places.size(); ++index) {
      const ChartPoint& point = series.points[index];
      const double error = errorOf(series, index);
      shapes +=
          line(place({point.x, point.y - error}), place({point.x, point.y + error}), style.colour, 1.4) +
          marker(places[index], style);
    }
    return shapes;
  }

  std::string legendLine(std::size_t index, const CurveSeries& series, const SeriesStyle& style) const {
    const double y =
        bottom() + config_.axisHeight + config_.legendLineHeight * (static_cast<double>(index) + 0.5);
    const std::string sample =
        series.errors.empty() ? line({config_.left, y}, {config_.left + 42, y}, style.colour, 2.4, style.dash)
                              : marker({config_.left + 21, y}, style);
    return sample + text({config_.left + 50, y + 4.5}, series.legend, "start");
  }

  double width() const { return config_.left + config_.width + config_.right; }
  double height(std::size_t legendLines) const {
    return bottom() + config_.axisHeight + config_.legendLineHeight * static_cast<double>(legendLines) + 4;
  }

 private:
  double bottom() const { return config_.top + config_.height; }
  ChartPoint place(ChartPoint point) const {
    return {
        config_.left + (point.x - horizontal_.least) / (horizontal_.most - horizontal_.least) * config_.width,
        config_.top + (vertical_.most - point.y) / (vertical_.most - vertical_.least) * config_.height};
  }
  static std::string tick(double value, const Axis& axis) {
    const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(axis.step) - 1e-9)));
    return markup::fixed(value, decimals);
  }
  std::string titles() const {
    const double x = 13, y = config_.top + config_.height / 2;
    return text({config_.left + config_.width / 2, bottom() + 38}, config_.horizontalTitle, "middle",
                "axis-title") +
           markup::textElement("text",
                               {{"x", coordinate(x)},
                                {"y", coordinate(y)},
                                {"text-anchor", "middle"},
                                {"class", "axis-title"},
                                {"transform", "rotate(-90 " + coordinate(x) + " " + coordinate(y) + ")"}},
                               config_.verticalTitle);
  }

  CurveChartConfig config_;
  Axis horizontal_, vertical_;
};

}  // namespace

Axis Axis::around(double least, double most) {
  if (least == most) most = least + 1;
  const double rough = (most - least) / 6;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  const double mantissa = rough / power;
  Axis axis;
  axis.step = power * (mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10);
  axis.least = std::floor(least / axis.step + 1e-9) * axis.step;
  axis.most = std::ceil(most / axis.step - 1e-9) * axis.step;
  return axis;
}

std::string curveChart(const std::string& title, const std::vector<CurveSeries>& series,
                       const CurveChartConfig& config) {
  const CurveDrawing drawing(series, config);
  std::string shapes = drawing.axes();
  for (std::size_t index = 0; index < series.size(); ++index)
    shapes += drawing.curve(series[index], seriesStyle(index)) +
              drawing.legendLine(index, series[index], seriesStyle(index));
  return figure(title, drawing.width(), drawing.height(series.size()), shapes);
}

}  // namespace remnant::chart

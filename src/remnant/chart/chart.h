#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// Charts as SVG elements to stand inside an HTML page: pure functions of their input, no script, no fonts of
/// their own. Series are told apart by colour (Okabe and Ito, safe for colour blindness) and by dash and
/// marker, so that they stay apart in black and white.
namespace remnant::chart {

struct SeriesStyle {
  std::string colour;  ///< "#rrggbb"
  std::string dash;    ///< stroke-dasharray; empty: solid
  std::string marker;  ///< "circle", "square", "diamond", "triangle"
};

/// The style of the series of this index; repeats after four.
SeriesStyle seriesStyle(std::size_t index);

/// x: false positive rate (1 - specificity), y: true positive rate (sensitivity), both 0..1.
struct ChartPoint {
  double x = 0;
  double y = 0;
};

struct RocSeries {
  std::string legend;                         ///< "ResNet-18: 0.83 (0.75 to 0.90)"
  std::vector<ChartPoint> mean;               ///< drawn thick
  std::vector<std::vector<ChartPoint>> fits;  ///< each drawn thin behind
  std::optional<ChartPoint> operatingPoint;   ///< marked
};

/// Lengths in SVG user units (pixels at full size).
struct RocChartConfig {
  double side = 310;  ///< of the square that the curves live in
  double left = 52;   ///< of the square
  double top = 10;    ///< of the square
  double right = 12;
  double axisHeight = 46;
  double legendLineHeight = 21;
};

/// ROC curves with the diagonal of chance, axes from 0 to 1, and a legend below. A point (x, y) is drawn at
/// (left + x side, top + (1 - y) side).
std::string rocChart(const std::string& title, const std::vector<RocSeries>& series,
                     const RocChartConfig& config = {});

/// A figure of merit with its interval; not drawn, but named, where it is not defined.
struct IntervalRow {
  std::string group;  ///< rows of one group follow each other under its heading
  std::string label;
  std::size_t series = 0;  ///< for the style
  std::optional<double> value, lower, upper;
};

struct IntervalChartConfig {
  double width = 420;
  double left = 14;   ///< of the axis
  double right = 14;  ///< from the axis' end to the edge
  double headingHeight = 30;
  double rowHeight = 42;    ///< a line of text and the interval below it
  double reference = 0.5;   ///< a vertical line
  double lowestTick = 0.4;  ///< the axis goes down to here, or to the tenth below the lowest bound
  double highestTick = 1;
  std::string axisTitle = "area under the ROC curve (dashed: chance)";
};

/// A forest plot. A value v is drawn at left + (v - a) / (b - a) (width - left - right), for an axis from a
/// to b.
std::string intervalChart(const std::string& title, const std::vector<IntervalRow>& rows,
                          const IntervalChartConfig& config = {});

/// Points joined by a line, or each with an error bar.
struct CurveSeries {
  std::string legend;
  std::vector<ChartPoint> points;
  std::vector<double> errors = {};  ///< half a bar's height, one a point; empty: a line without markers
};

struct CurveChartConfig {
  double width = 460;   ///< of the rectangle that the curves live in
  double height = 280;  ///< ... and its height
  double left = 62;     ///< of the rectangle
  double top = 10;      ///< of the rectangle
  double right = 16;
  double axisHeight = 46;
  double legendLineHeight = 21;
  std::string horizontalTitle;  ///< "depth (mm)"
  std::string verticalTitle;
  std::optional<double> lowest,
      highest;  ///< of the vertical axis; where not set, round numbers around all points
};

/// The axis from a to b with round ticks (1, 2 or 5 times a power of ten) that hold all values.
struct Axis {
  double least = 0;
  double most = 1;
  double step = 0.2;
  static Axis around(double least, double most);
};

/// Curves in a rectangle: (x, y) is drawn at (left + (x - a) / (b - a) width, top + (d - y) / (d - c)
/// height), for axes from a to b and c to d. Throws ProgramError where no series has a point.
std::string curveChart(const std::string& title, const std::vector<CurveSeries>& series,
                       const CurveChartConfig& config);

}  // namespace remnant::chart

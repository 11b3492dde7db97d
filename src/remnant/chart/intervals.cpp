#include <algorithm>
#include <cmath>

#include "remnant/chart/drawing.h"

namespace remnant::chart {
namespace {

using namespace drawing;

bool isDefined(const IntervalRow& row) {
  return row.value && row.lower && row.upper;
}

/// The tenth at or below every bound and the reference, in tenths.
int lowestTenth(const std::vector<IntervalRow>& rows, const IntervalChartConfig& config) {
  double lowest = std::min(config.lowestTick, config.reference);
  for (const IntervalRow& row : rows)
    if (row.lower) lowest = std::min(lowest, *row.lower);
  return static_cast<int>(std::floor(lowest * 10 + 1e-9));
}

class IntervalDrawing {
 public:
  IntervalDrawing(const std::vector<IntervalRow>& rows, const IntervalChartConfig& config)
      : rows_(rows), config_(config), firstTenth_(lowestTenth(rows, config)) {
    lastTenth_ = static_cast<int>(std::lround(config.highestTick * 10));
  }

  std::string draw(const std::string& title) {
    std::string shapes;
    for (std::size_t index = 0; index < rows_.size(); ++index) {
      if (index == 0 || rows_[index].group != rows_[index - 1].group) shapes += heading(rows_[index].group);
      shapes += row(rows_[index]);
    }
    const std::string behind = axis();
    return figure(title, config_.width, y_ + 42, behind + shapes);
  }

 private:
  double place(double value) const {
    const double from = firstTenth_ / 10.0, to = lastTenth_ / 10.0;
    return config_.left + (value - from) / (to - from) * (config_.width - config_.left - config_.right);
  }

  std::string heading(const std::string& group) {
    y_ += config_.headingHeight;
    return text({config_.left, y_ - 8}, group, "start", "heading halo");
  }

  std::string row(const IntervalRow& row) {
    const double textY = y_ + 14, lineY = y_ + 27;
    y_ += config_.rowHeight;
    intervalYs_.push_back(lineY);
    const std::string label = text({config_.left, textY}, row.label, "start", "halo");
    if (!isDefined(row))
      return label + text({config_.width - config_.right, textY}, "not defined", "end", "halo");
    return label + text({config_.width - config_.right, textY}, figures(row), "end", "halo") +
           interval(row, lineY);
  }

  static std::string figures(const IntervalRow& row) {
    return markup::fixed(*row.value, 2) + " (" + markup::fixed(*row.lower, 2) + " to " +
           markup::fixed(*row.upper, 2) + ")";
  }

  std::string interval(const IntervalRow& row, double y) const {
    const SeriesStyle style = seriesStyle(row.series);
    const double lower = place(*row.lower), upper = place(*row.upper);
    return line({lower, y}, {upper, y}, style.colour, 2) +
           line({lower, y - 4}, {lower, y + 4}, style.colour, 2) +
           line({upper, y - 4}, {upper, y + 4}, style.colour, 2) + marker({place(*row.value), y}, style);
  }

  /// A vertical line that leaves out the words above the intervals.
  std::string throughIntervals(double x, const std::string& colour, double width,
                               const std::string& dash = {}) const {
    std::string shapes;
    for (const double y : intervalYs_) shapes += line({x, y - 8}, {x, y + 8}, colour, width, dash);
    return shapes;
  }

  std::string axis() const {
    std::string shapes;
    for (int tenth = firstTenth_; tenth <= lastTenth_; ++tenth) {
      const double x = place(tenth / 10.0);
      shapes += throughIntervals(x, kGridInk, 1) +
                text({x, y_ + 18}, markup::fixed(tenth / 10.0, 1), "middle", "tick");
    }
    const double chance = place(config_.reference);
    shapes += throughIntervals(chance, kAxisInk, 1.2, "3 3");
    return shapes + text({config_.width / 2, y_ + 36}, config_.axisTitle, "middle", "axis-title");
  }

  const std::vector<IntervalRow>& rows_;
  IntervalChartConfig config_;
  int firstTenth_ = 0;
  int lastTenth_ = 10;
  double y_ = 0;
  std::vector<double> intervalYs_;
};

}  // namespace

std::string intervalChart(const std::string& title, const std::vector<IntervalRow>& rows,
                          const IntervalChartConfig& config) {
  return IntervalDrawing(rows, config).draw(title);
}

}  // namespace remnant::chart

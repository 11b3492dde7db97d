#include "remnant/quantify/joint_tails.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>

namespace remnant::quantify {
namespace {

constexpr double kSpacingMm = 3;
constexpr std::size_t kTablesKept = 16;

bool sameTails(const physics::PointResponse& left, const physics::PointResponse& right) {
  const auto same = [](const physics::Tail& a, const physics::Tail& b) {
    return a.fraction == b.fraction && a.lengthMm == b.lengthMm && a.modulation == b.modulation;
  };
  return left.coreCpsPerMBq == right.coreCpsPerMBq && left.coreFraction == right.coreFraction &&
         left.collimator.lengthMm == right.collimator.lengthMm &&
         left.statedDistanceMm == right.statedDistanceMm && left.rayAngleDegrees == right.rayAngleDegrees &&
         left.rayWidthDegrees == right.rayWidthDegrees &&
         std::equal(left.tails.begin(), left.tails.end(), right.tails.begin(), right.tails.end(), same);
}

/// Mean over the cell, with more samples where the exponential has its peak and the rays are narrow.
double cellMean(const physics::PointResponse& response, double x, double z) {
  const double cells = std::hypot(x, z) / kSpacingMm;
  const int samples = cells < 2 ? 24 : cells < 6 ? 6 : 2;
  double sum = 0;
  for (std::size_t tail = 0; tail < response.tails.size(); ++tail)
    for (int i = 0; i < samples; ++i)
      for (int j = 0; j < samples; ++j)
        sum += response.tails[tail].fraction *
               response.tailDensity(tail, x + ((i + 0.5) / samples - 0.5) * kSpacingMm,
                                    z + ((j + 0.5) / samples - 0.5) * kSpacingMm, response.statedDistanceMm);
  return sum / (samples * samples) * response.coreCpsPerMBq / response.coreFraction;
}

struct Taps {
  std::array<double, 4> weight, slope;
};

Taps tapsAt(double t) {
  return {{((-0.5 * t + 1) * t - 0.5) * t, (1.5 * t - 2.5) * t * t + 1, ((-1.5 * t + 2) * t + 0.5) * t,
           (0.5 * t - 0.5) * t * t},
          {(-1.5 * t + 2) * t - 0.5, (4.5 * t - 5) * t, (-4.5 * t + 4) * t + 0.5, (1.5 * t - 1) * t}};
}

}  // namespace

TailTable::TailTable(const physics::PointResponse& response, double reachMm)
    : response_(response), reachMm_(reachMm) {
  const double shrink = std::max(1.0, 1 / lengthFactor(0));
  const auto half = static_cast<std::size_t>(std::ceil(reachMm * shrink / kSpacingMm)) + 2;
  side_ = 2 * half + 1;
  values_.resize(side_ * side_);
  const double centre = static_cast<double>(half);
  for (std::size_t row = 0; row < side_; ++row)
    for (std::size_t column = 0; column < side_; ++column)
      values_[row * side_ + column] = cellMean(response, (static_cast<double>(column) - centre) * kSpacingMm,
                                               (static_cast<double>(row) - centre) * kSpacingMm);
}

double TailTable::lengthFactor(double distanceMm) const {
  return (distanceMm + response_.collimator.lengthMm) /
         (response_.statedDistanceMm + response_.collimator.lengthMm);
}

TailDensity TailTable::at(double du, double dz, double distanceMm) const {
  const double factor = lengthFactor(distanceMm), scale = 1 / (factor * kSpacingMm);
  const double centre = static_cast<double>(side_ / 2);
  const double column = du * scale + centre, row = dz * scale + centre;
  const double limit = static_cast<double>(side_) - 2;
  if (!(column >= 1 && row >= 1 && column < limit && row < limit)) return {};
  const auto left = static_cast<std::size_t>(column), top = static_cast<std::size_t>(row);
  const Taps across = tapsAt(column - static_cast<double>(left)),
             along = tapsAt(row - static_cast<double>(top));
  double value = 0, byColumn = 0, byRow = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const double* line = &values_[(top + i - 1) * side_ + left - 1];
    double sum = 0, slope = 0;
    for (std::size_t j = 0; j < 4; ++j) {
      sum += across.weight[j] * line[j];
      slope += across.slope[j] * line[j];
    }
    value += along.weight[i] * sum;
    byColumn += along.weight[i] * slope;
    byRow += along.slope[i] * sum;
  }
  const double area = 1 / (factor * factor);
  const double factorByDistance = 1 / (response_.statedDistanceMm + response_.collimator.lengthMm);
  TailDensity density;
  density.value = value * area;
  density.byU = byColumn * scale * area;
  density.byZ = byRow * scale * area;
  density.byDistance = -(2 * density.value + du * density.byU + dz * density.byZ) / factor * factorByDistance;
  return density;
}

bool TailTable::serves(const physics::PointResponse& response, double reachMm) const {
  return reachMm <= reachMm_ && sameTails(response, response_);
}

std::shared_ptr<const TailTable> tailTableFor(const physics::PointResponse& response, double reachMm) {
  static std::mutex mutex;
  static std::vector<std::shared_ptr<const TailTable>> tables;
  if (response.tails.empty()) return nullptr;
  const std::lock_guard lock(mutex);
  // Rounded up, so that windows of about one size share a table.
  const double reach = std::ceil(reachMm / 64) * 64;
  for (const auto& table : tables)
    if (table->serves(response, reach)) return table;
  if (tables.size() >= kTablesKept) tables.erase(tables.begin());
  tables.push_back(std::make_shared<const TailTable>(response, reach));
  return tables.back();
}

}  // namespace remnant::quantify

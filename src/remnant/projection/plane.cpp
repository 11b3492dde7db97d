#include "remnant/projection/plane.h"

#include <algorithm>

namespace remnant::projection {
namespace {

std::ptrdiff_t floorDivided(std::ptrdiff_t value, std::ptrdiff_t divisor) {
  const std::ptrdiff_t quotient = value / divisor;
  return value % divisor < 0 ? quotient - 1 : quotient;
}

/// The two coarse cells that a fine cell lies between, the first's index and the second's weight.
struct Between {
  std::ptrdiff_t first;
  float second;
};

Between coarseAround(std::ptrdiff_t fine, std::ptrdiff_t factor) {
  const double place = (static_cast<double>(fine) + 0.5) / static_cast<double>(factor) - 0.5;
  const std::ptrdiff_t first = floorDivided(2 * fine + 1 - factor, 2 * factor);
  return {first, static_cast<float>(place - static_cast<double>(first))};
}

std::vector<Between> betweenAll(const Region& region, std::ptrdiff_t factor) {
  std::vector<Between> columns;
  for (std::ptrdiff_t column = region.left; column < region.right; ++column)
    columns.push_back(coarseAround(column, factor));
  return columns;
}

/// One row of the coarse plane as fine columns see it.
void refineRow(const Plane& coarse, std::ptrdiff_t row, const std::vector<Between>& columns, float* fine) {
  const Region& region = coarse.region();
  const float* values = coarse.row(row);
  const auto valueAt = [&](std::ptrdiff_t column) {
    return column < region.left || column >= region.right ? 0.0F : values[column - region.left];
  };
  for (std::size_t index = 0; index < columns.size(); ++index) {
    const Between& between = columns[index];
    fine[index] = valueAt(between.first) * (1 - between.second) + valueAt(between.first + 1) * between.second;
  }
}

}  // namespace

Region Region::coarsened(std::ptrdiff_t factor) const {
  return {floorDivided(top, factor), floorDivided(left, factor), -floorDivided(-bottom, factor),
          -floorDivided(-right, factor)};
}

Region overlapOf(const Region& first, const Region& second) {
  return {std::max(first.top, second.top), std::max(first.left, second.left),
          std::min(first.bottom, second.bottom), std::min(first.right, second.right)};
}

std::vector<Plane> emptyPlanes(std::size_t count, const Region& region) {
  std::vector<Plane> planes;
  for (std::size_t index = 0; index < count; ++index) planes.emplace_back(region);
  return planes;
}

void addScaled(const Plane& source, float weight, Plane& target) {
  const Region shared = overlapOf(source.region(), target.region());
  if (shared.empty()) return;
  for (std::ptrdiff_t row = shared.top; row < shared.bottom; ++row) {
    const float* __restrict from = source.row(row) + (shared.left - source.region().left);
    float* __restrict to = target.row(row) + (shared.left - target.region().left);
    for (std::size_t index = 0; index < shared.columns(); ++index) to[index] += weight * from[index];
  }
}

Plane coarsened(const Plane& fine, std::ptrdiff_t factor) {
  const Region& region = fine.region();
  const Region covered = region.coarsened(factor).grown(1);
  const std::vector<Between> columns = betweenAll(region, factor);
  Plane coarse(covered);
  std::vector<float> tall(covered.rows() * region.columns());
  for (std::ptrdiff_t row = region.top; row < region.bottom; ++row) {
    const Between between = coarseAround(row, factor);
    const float* __restrict from = fine.row(row);
    float* __restrict first =
        tall.data() + static_cast<std::size_t>(between.first - covered.top) * region.columns();
    float* __restrict second = first + region.columns();
    for (std::size_t index = 0; index < region.columns(); ++index) {
      first[index] += (1 - between.second) * from[index];
      second[index] += between.second * from[index];
    }
  }
  for (std::ptrdiff_t row = covered.top; row < covered.bottom; ++row) {
    const float* from = tall.data() + static_cast<std::size_t>(row - covered.top) * region.columns();
    float* to = coarse.row(row);
    for (std::size_t index = 0; index < columns.size(); ++index) {
      const std::ptrdiff_t column = columns[index].first - covered.left;
      to[column] += (1 - columns[index].second) * from[index];
      to[column + 1] += columns[index].second * from[index];
    }
  }
  return coarse;
}

double varianceOfCoarseness(std::ptrdiff_t factor) {
  // Each of the two steps adds x (1 - x) for a cell at x between the coarse ones' middles: (2 f^2 + 1) / 12
  // f^2 on average.
  const auto squared = static_cast<double>(factor * factor);
  return factor == 1 ? 0 : (2 * squared + 1) / (6 * squared);
}

void addRefined(const Plane& coarse, std::ptrdiff_t factor, Plane& fine) {
  const Region& region = fine.region();
  const Region& known = coarse.region();
  const std::vector<Between> columns = betweenAll(region, factor);
  std::vector<float> refined(known.rows() * region.columns());
  for (std::ptrdiff_t row = known.top; row < known.bottom; ++row)
    refineRow(coarse, row, columns,
              refined.data() + static_cast<std::size_t>(row - known.top) * columns.size());
  const float share = 1 / static_cast<float>(factor * factor);
  for (std::ptrdiff_t row = region.top; row < region.bottom; ++row) {
    const Between between = coarseAround(row, factor);
    for (const std::ptrdiff_t which : {0, 1}) {
      const std::ptrdiff_t coarseRow = between.first + which;
      if (coarseRow < known.top || coarseRow >= known.bottom) continue;
      const float weight = share * (which == 1 ? between.second : 1 - between.second);
      const float* from = refined.data() + static_cast<std::size_t>(coarseRow - known.top) * columns.size();
      float* to = fine.row(row);
      for (std::size_t index = 0; index < columns.size(); ++index) to[index] += weight * from[index];
    }
  }
}

}  // namespace remnant::projection

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

Region hullOf(const Region& first, const Region& second) {
  return {std::min(first.top, second.top), std::min(first.left, second.left),
          std::max(first.bottom, second.bottom), std::max(first.right, second.right)};
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

Plane halved(const Plane& fine) {
  const Region& region = fine.region();
  Plane coarse(region.coarsened(2).grown(1));
  const Region& halves = coarse.region();
  const auto columns = static_cast<std::ptrdiff_t>(region.columns());
  // Cell c of the coarse lattice takes from fine cells 2 c - 1 to 2 c + 2.
  const std::ptrdiff_t firstCell = 2 * halves.left - 1;
  std::vector<float> joined(2 * halves.columns() + 2, 0.0F);
  const std::vector<float> nothing(region.columns(), 0.0F);
  const auto rowOrNothing = [&](std::ptrdiff_t row) {
    return row < region.top || row >= region.bottom ? nothing.data() : fine.row(row);
  };
  for (std::ptrdiff_t row = halves.top; row < halves.bottom; ++row) {
    const float* __restrict outerAbove = rowOrNothing(2 * row - 1);
    const float* __restrict above = rowOrNothing(2 * row);
    const float* __restrict below = rowOrNothing(2 * row + 1);
    const float* __restrict outerBelow = rowOrNothing(2 * row + 2);
    float* __restrict to = joined.data() + (region.left - firstCell);
    for (std::ptrdiff_t index = 0; index < columns; ++index)
      to[index] = 0.25F * (outerAbove[index] + outerBelow[index]) + 0.75F * (above[index] + below[index]);
    float* __restrict sums = coarse.row(row);
    for (std::size_t cell = 0; cell < halves.columns(); ++cell)
      sums[cell] = 0.25F * (joined[2 * cell] + joined[2 * cell + 3]) +
                   0.75F * (joined[2 * cell + 1] + joined[2 * cell + 2]);
  }
  return coarse;
}

double varianceOfCoarseness(std::ptrdiff_t factor) {
  if (factor == 1) return 0;
  // A step between cells adds x (1 - x), x the place between their middles. Halving: x = 1/4 or 3/4 of the
  // cells arrived at, and each halving before counts a quarter of the next.
  const auto squared = static_cast<double>(factor * factor);
  const double halving = 3.0 / 16 * (1 - 1 / squared) / (1 - 1.0 / 4);
  const double refining = (2 * squared + 1) / (12 * squared);
  return halving + refining;
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

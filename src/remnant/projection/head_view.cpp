#include "remnant/projection/head_view.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <optional>

namespace remnant::projection {
namespace {

/// 0 to 3 where the head stands at a multiple of 90 degrees.
std::optional<int> quarterTurns(const HeadPosition& head) {
  const double turns = head.angleDegrees / 90;
  const double whole = std::round(turns);
  if (std::abs(turns - whole) > 1e-9) return std::nullopt;
  const double inside = std::fmod(whole, 4);
  return static_cast<int>(inside < 0 ? inside + 4 : inside);
}

/// Columns along u, slices along the distance: either the volume's own or exchanged.
image::VoxelGrid quarterTurnedGrid(const HeadPosition& head, const image::VoxelGrid& grid, int turns) {
  image::VoxelGrid turned = grid;
  if (turns % 2 == 1) std::swap(turned.columns, turned.slices);
  const double left = grid.corner.x - head.axisX, front = grid.corner.y - head.axisY;
  const double right = left + static_cast<double>(grid.columns) * grid.voxelMm;
  const double back = front + static_cast<double>(grid.slices) * grid.voxelMm;
  const std::array<double, 4> u{left, front, -right, -back}, w{front, -right, -back, left};
  turned.corner = {u[static_cast<std::size_t>(turns)], head.planeMm + w[static_cast<std::size_t>(turns)],
                   grid.corner.z};
  return turned;
}

image::Volume quarterTurned(const HeadPosition& head, const image::Volume& volume, int turns) {
  const image::VoxelGrid& grid = volume.grid();
  image::Volume turned(quarterTurnedGrid(head, grid, turns));
  const std::size_t columns = turned.grid().columns, slices = turned.grid().slices;
  for (std::size_t slice = 0; slice < slices; ++slice)
    for (std::size_t row = 0; row < grid.rows; ++row) {
      float* to = &turned.at(slice, row, 0);
      if (turns == 0) std::copy_n(&volume.values()[(slice * grid.rows + row) * columns], columns, to);
      if (turns == 2)
        std::reverse_copy(&volume.values()[((slices - 1 - slice) * grid.rows + row) * columns],
                          &volume.values()[((slices - 1 - slice) * grid.rows + row) * columns] + columns, to);
      if (turns == 1)
        for (std::size_t column = 0; column < columns; ++column)
          to[column] = volume.at(column, row, slices - 1 - slice);
      if (turns == 3)
        for (std::size_t column = 0; column < columns; ++column)
          to[column] = volume.at(columns - 1 - column, row, slice);
    }
  return turned;
}

/// The least grid of the same voxels around the turned volume, one voxel wider on each side.
image::VoxelGrid turnedGrid(const HeadPosition& head, const image::VoxelGrid& grid) {
  const double angle = head.angleDegrees * std::numbers::pi / 180;
  const double across = std::abs(std::cos(angle)), along = std::abs(std::sin(angle));
  const auto width = static_cast<double>(grid.columns), depth = static_cast<double>(grid.slices);
  image::VoxelGrid turned = grid;
  turned.columns = static_cast<std::size_t>(std::ceil(width * across + depth * along)) + 2;
  turned.slices = static_cast<std::size_t>(std::ceil(width * along + depth * across)) + 2;
  const SeenPoint middle = seenFrom(head, {grid.x(width / 2 - 0.5), grid.y(depth / 2 - 0.5), grid.corner.z});
  turned.corner = {middle.u - static_cast<double>(turned.columns) / 2 * grid.voxelMm,
                   middle.distanceMm - static_cast<double>(turned.slices) / 2 * grid.voxelMm, grid.corner.z};
  return turned;
}

/// Four voxels of a slice pair around a place, by first column and slice, with the second ones' weights.
struct Corners {
  std::size_t column, slice;
  float rightWeight, backWeight;
};

/// Nothing where the place is not between voxels' middles.
std::optional<Corners> cornersAround(const image::VoxelGrid& grid, double column, double slice) {
  if (column < 0 || slice < 0 || column >= static_cast<double>(grid.columns - 1) ||
      slice >= static_cast<double>(grid.slices - 1))
    return std::nullopt;
  const double firstColumn = std::floor(column), firstSlice = std::floor(slice);
  return Corners{static_cast<std::size_t>(firstColumn), static_cast<std::size_t>(firstSlice),
                 static_cast<float>(column - firstColumn), static_cast<float>(slice - firstSlice)};
}

/// Calls work(weight, column, slice) for the four corners.
template <class Work>
void forEachCorner(const Corners& corners, Work work) {
  const float right = corners.rightWeight, back = corners.backWeight;
  work((1 - right) * (1 - back), corners.column, corners.slice);
  work(right * (1 - back), corners.column + 1, corners.slice);
  work((1 - right) * back, corners.column, corners.slice + 1);
  work(right * back, corners.column + 1, corners.slice + 1);
}

/// Where the middle of a voxel of one grid lies in the head's grid, in columns and slices.
std::optional<Corners> headCorners(const HeadPosition& head, const image::VoxelGrid& grid,
                                   const image::VoxelGrid& turned, std::size_t column, std::size_t slice) {
  const SeenPoint seen =
      seenFrom(head, {grid.x(static_cast<double>(column)), grid.y(static_cast<double>(slice)), 0});
  return cornersAround(turned, (seen.u - turned.corner.x) / grid.voxelMm - 0.5,
                       (seen.distanceMm - turned.corner.y) / grid.voxelMm - 0.5);
}

/// The outer half of a border voxel counts as its middle.
double insideHalfVoxel(double place, std::size_t count) {
  const double last = static_cast<double>(count) - 1;
  if (place < 0 && place >= -0.5) return 0;
  return place >= last && place <= last + 0.5 ? std::nextafter(last, 0) : place;
}

std::optional<Corners> patientCorners(const HeadPosition& head, const image::VoxelGrid& grid,
                                      const image::VoxelGrid& turned, std::size_t column, std::size_t slice) {
  const double angle = head.angleDegrees * std::numbers::pi / 180;
  const double u = turned.x(static_cast<double>(column));
  const double w = turned.y(static_cast<double>(slice)) - head.planeMm;
  const double x = head.axisX + u * std::cos(angle) - w * std::sin(angle);
  const double y = head.axisY + u * std::sin(angle) + w * std::cos(angle);
  return cornersAround(grid, insideHalfVoxel((x - grid.corner.x) / grid.voxelMm - 0.5, grid.columns),
                       insideHalfVoxel((y - grid.corner.y) / grid.voxelMm - 0.5, grid.slices));
}

void handOut(const image::Volume& volume, std::size_t column, std::size_t slice, const Corners& corners,
             image::Volume& turned) {
  for (std::size_t row = 0; row < volume.grid().rows; ++row) {
    const float value = volume.at(slice, row, column);
    if (value == 0) continue;
    forEachCorner(corners, [&](float weight, std::size_t toColumn, std::size_t toSlice) {
      turned.at(toSlice, row, toColumn) += weight * value;
    });
  }
}

void readBetween(const image::Volume& volume, const Corners& corners, std::size_t column, std::size_t slice,
                 image::Volume& turned) {
  forEachCorner(corners, [&](float weight, std::size_t fromColumn, std::size_t fromSlice) {
    for (std::size_t row = 0; row < volume.grid().rows; ++row)
      turned.at(slice, row, column) += weight * volume.at(fromSlice, row, fromColumn);
  });
}

/// Where the first value that is not zero stands; the end where there is none.
std::ptrdiff_t firstOf(const std::vector<std::uint32_t>& values) {
  const auto isSomething = [](std::uint32_t value) { return value != 0; };
  return std::find_if(values.begin(), values.end(), isSomething) - values.begin();
}

/// Behind the last value that is not zero; 0 where there is none.
std::ptrdiff_t lastOf(const std::vector<std::uint32_t>& values) {
  const auto isSomething = [](std::uint32_t value) { return value != 0; };
  return values.rend() - std::find_if(values.rbegin(), values.rend(), isSomething);
}

}  // namespace

image::Volume activitySeenFrom(const HeadPosition& head, const image::Volume& activity) {
  if (const auto turns = quarterTurns(head)) return quarterTurned(head, activity, *turns);
  const image::VoxelGrid& grid = activity.grid();
  image::Volume turned(turnedGrid(head, grid));
  for (std::size_t slice = 0; slice < grid.slices; ++slice)
    for (std::size_t column = 0; column < grid.columns; ++column)
      if (const auto corners = headCorners(head, grid, turned.grid(), column, slice))
        handOut(activity, column, slice, *corners, turned);
  return turned;
}

image::Volume attenuationSeenFrom(const HeadPosition& head, const image::Volume& attenuation) {
  if (const auto turns = quarterTurns(head)) return quarterTurned(head, attenuation, *turns);
  const image::VoxelGrid& grid = attenuation.grid();
  image::Volume turned(turnedGrid(head, grid));
  for (std::size_t slice = 0; slice < turned.grid().slices; ++slice)
    for (std::size_t column = 0; column < turned.grid().columns; ++column)
      if (const auto corners = patientCorners(head, grid, turned.grid(), column, slice))
        readBetween(attenuation, *corners, column, slice, turned);
  return turned;
}

HeadPlanes::HeadPlanes(const HeadPosition& head, const image::Volume& volume, Turn turn)
    : original_(&volume) {
  const auto turns = quarterTurns(head);
  if (turns && *turns % 2 == 0) {
    grid_ = quarterTurnedGrid(head, volume.grid(), *turns);
    mirrored_ = *turns == 2;
    return;
  }
  turned_ = turn(head, volume);
  grid_ = turned_->grid();
}

HeadPlanes HeadPlanes::ofActivity(const HeadPosition& head, const image::Volume& activity) {
  return {head, activity, activitySeenFrom};
}

HeadPlanes HeadPlanes::ofAttenuation(const HeadPosition& head, const image::Volume& attenuation) {
  return {head, attenuation, attenuationSeenFrom};
}

void HeadPlanes::copy(std::size_t plane, const Region& region, float* to) const {
  const std::span<const float> slice = volume().slice(mirrored_ ? grid_.slices - 1 - plane : plane);
  const auto left = static_cast<std::size_t>(region.left), right = static_cast<std::size_t>(region.right);
  for (auto row = static_cast<std::size_t>(region.top); row < static_cast<std::size_t>(region.bottom);
       ++row) {
    const float* from = slice.data() + row * grid_.columns;
    if (mirrored_)
      to = std::reverse_copy(from + grid_.columns - right, from + grid_.columns - left, to);
    else
      to = std::copy(from + left, from + right, to);
  }
}

Region HeadPlanes::support() const {
  // Bits of the values but for the sign, joined: a loop that vectorises.
  const auto magnitudeBits = [](float value) { return std::bit_cast<std::uint32_t>(value) & 0x7fffffffU; };
  std::vector<std::uint32_t> rows(grid_.rows, 0), columns(grid_.columns, 0);
  for (std::size_t slice = 0; slice < grid_.slices; ++slice)
    for (std::size_t row = 0; row < grid_.rows; ++row) {
      const float* __restrict values = volume().slice(slice).data() + row * grid_.columns;
      std::uint32_t* __restrict joined = columns.data();
      std::uint32_t inRow = 0;
      for (std::size_t column = 0; column < grid_.columns; ++column) {
        joined[column] |= magnitudeBits(values[column]);
        inRow |= magnitudeBits(values[column]);
      }
      rows[row] |= inRow;
    }
  if (mirrored_) std::reverse(columns.begin(), columns.end());
  return {firstOf(rows), firstOf(columns), lastOf(rows), lastOf(columns)};
}

}  // namespace remnant::projection

#include "remnant/phantom/voxelise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace remnant::phantom {
namespace {

using image::Volume;
using image::VoxelGrid;

/// Voxels first <= i < end along one axis.
struct Range {
  std::size_t first = 0, end = 0;
  std::size_t size() const { return end - first; }
};

Range rangeOf(double leastMm, double mostMm, double cornerMm, double voxelMm, std::size_t count) {
  const auto limit = static_cast<double>(count);
  const double first = std::clamp(std::floor((leastMm - cornerMm) / voxelMm), 0.0, limit);
  const double end = std::clamp(std::ceil((mostMm - cornerMm) / voxelMm), first, limit);
  return {static_cast<std::size_t>(first), static_cast<std::size_t>(end)};
}

/// What share of each voxel a shape covers, a row of z at a time.
class Coverage {
 public:
  Coverage(const Shape& shape, const VoxelGrid& grid, int samples)
      : shape_(shape), grid_(grid), samples_(samples) {
    const Bounds bounds = boundsOf(shape);
    columns_ = rangeOf(bounds.least.x, bounds.most.x, grid.corner.x, grid.voxelMm, grid.columns);
    rows_ = rangeOf(bounds.least.z, bounds.most.z, grid.corner.z, grid.voxelMm, grid.rows);
    slices_ = rangeOf(bounds.least.y, bounds.most.y, grid.corner.y, grid.voxelMm, grid.slices);
    shares_.resize(columns_.size() * slices_.size());
  }

  const Range& rows() const { return rows_; }

  /// Calls use(first voxel of a slice's row, shares of the voxels from there on) for each slice.
  template <class Use>
  void eachSliceOf(std::size_t row, Volume& volume, const Use& use) {
    if (shares_.empty()) return;
    fill(row);
    for (std::size_t slice = 0; slice < slices_.size(); ++slice)
      use(&volume.at(slices_.first + slice, row, columns_.first), &shares_[slice * columns_.size()],
          columns_.size());
  }

 private:
  void fill(std::size_t row) {
    std::fill(shares_.begin(), shares_.end(), 0.0F);
    for (int downSample = 0; downSample < samples_; ++downSample) {
      const double z = grid_.z(static_cast<double>(row) + (downSample + 0.5) / samples_ - 0.5);
      for (std::size_t column = 0; column < columns_.size(); ++column)
        for (int acrossSample = 0; acrossSample < samples_; ++acrossSample) {
          const double x =
              grid_.x(static_cast<double>(columns_.first + column) + (acrossSample + 0.5) / samples_ - 0.5);
          if (const auto span = spanAt(shape_, x, z)) addLine(*span, column);
        }
    }
  }

  /// The part of each voxel's depth that lies inside the span, weighted as one of samples^2 lines.
  void addLine(const Span& span, std::size_t column) {
    const double origin = grid_.corner.y + static_cast<double>(slices_.first) * grid_.voxelMm;
    const double last = static_cast<double>(slices_.size());
    const double front = std::clamp((span.front - origin) / grid_.voxelMm, 0.0, last);
    const double back = std::clamp((span.back - origin) / grid_.voxelMm, front, last);
    const float weight = 1.0F / static_cast<float>(samples_ * samples_);
    const auto firstSlice = static_cast<std::size_t>(front);
    const auto endSlice = static_cast<std::size_t>(std::ceil(back));
    for (std::size_t slice = firstSlice; slice < endSlice; ++slice)
      shares_[slice * columns_.size() + column] += weight;
    if (firstSlice >= endSlice) return;
    shares_[firstSlice * columns_.size() + column] -=
        weight * static_cast<float>(front - static_cast<double>(firstSlice));
    shares_[(endSlice - 1) * columns_.size() + column] -=
        weight * static_cast<float>(static_cast<double>(endSlice) - back);
  }

  const Shape& shape_;
  const VoxelGrid& grid_;
  int samples_;
  Range columns_, rows_, slices_;
  std::vector<float> shares_;
};

constexpr int kSolidSamples = 2;
constexpr int kSourceSamples = 4;

/// Paints a value of each solid, in order.
Volume painted(const std::vector<Solid>& solids, const VoxelGrid& grid,
               const std::function<double(const Solid&)>& valueOf) {
  Volume volume(grid);
  for (const Solid& solid : solids) {
    Coverage coverage(solid.shape, grid, kSolidSamples);
    const auto value = static_cast<float>(valueOf(solid));
    for (std::size_t row = coverage.rows().first; row < coverage.rows().end; ++row)
      coverage.eachSliceOf(row, volume, [value](float* voxels, const float* shares, std::size_t count) {
        for (std::size_t index = 0; index < count; ++index)
          voxels[index] += (value - voxels[index]) * shares[index];
      });
  }
  return volume;
}

bool isInside(const Bounds& bounds, const VoxelGrid& grid) {
  const double voxel = grid.voxelMm;
  return bounds.least.x >= grid.corner.x && bounds.least.y >= grid.corner.y &&
         bounds.least.z >= grid.corner.z &&
         bounds.most.x <= grid.corner.x + static_cast<double>(grid.columns) * voxel &&
         bounds.most.y <= grid.corner.y + static_cast<double>(grid.slices) * voxel &&
         bounds.most.z <= grid.corner.z + static_cast<double>(grid.rows) * voxel;
}

void addByCoverage(const Source& source, Volume& activity) {
  const VoxelGrid& grid = activity.grid();
  Coverage coverage(source.shape, grid, kSourceSamples);
  double covered = volumeMl(source.shape) / grid.voxelMl();
  if (isInside(boundsOf(source.shape), grid)) {
    covered = 0;
    for (std::size_t row = coverage.rows().first; row < coverage.rows().end; ++row)
      coverage.eachSliceOf(row, activity, [&](const float*, const float* shares, std::size_t count) {
        for (std::size_t index = 0; index < count; ++index) covered += static_cast<double>(shares[index]);
      });
  }
  const auto perVoxel = static_cast<float>(source.activityMBq / covered);
  for (std::size_t row = coverage.rows().first; row < coverage.rows().end; ++row)
    coverage.eachSliceOf(row, activity, [&](float* voxels, const float* shares, std::size_t count) {
      for (std::size_t index = 0; index < count; ++index) voxels[index] += perVoxel * shares[index];
    });
}

/// Shares an activity among the eight voxels around a point, so that its centroid is kept.
void addPoint(const Point& point, double activityMBq, Volume& activity) {
  const VoxelGrid& grid = activity.grid();
  const std::array<double, 3> place{(point.x - grid.corner.x) / grid.voxelMm - 0.5,
                                    (point.z - grid.corner.z) / grid.voxelMm - 0.5,
                                    (point.y - grid.corner.y) / grid.voxelMm - 0.5};
  const std::array<std::size_t, 3> counts{grid.columns, grid.rows, grid.slices};
  for (unsigned corner = 0; corner < 8; ++corner) {
    double weight = 1;
    std::array<std::size_t, 3> voxel{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const double whole = std::floor(place[axis]);
      const bool next = (corner >> axis & 1U) != 0;
      weight *= next ? place[axis] - whole : 1 - (place[axis] - whole);
      const double index = whole + (next ? 1 : 0);
      if (index < 0 || index >= static_cast<double>(counts[axis])) weight = 0;
      voxel[axis] = weight > 0 ? static_cast<std::size_t>(index) : 0;
    }
    if (weight > 0) activity.at(voxel[2], voxel[1], voxel[0]) += static_cast<float>(weight * activityMBq);
  }
}

/// As many as lie a third of a voxel apart, an odd number: they are symmetric about the centre.
int latticeSize(double semiMm, double voxelMm) {
  return 2 * std::max(2, static_cast<int>(std::ceil(3 * semiMm / voxelMm))) + 1;
}

/// A shape of few voxels is laid out as points.
void addAsPoints(const Source& source, const Ellipsoid& shape, Volume& activity) {
  const double voxel = activity.grid().voxelMm;
  const int across = latticeSize(shape.semiAxes.x, voxel), deep = latticeSize(shape.semiAxes.y, voxel),
            along = latticeSize(shape.semiAxes.z, voxel);
  const auto offset = [](int index, int size) { return (2.0 * index + 1) / size - 1; };
  std::vector<Point> points;
  for (int i = 0; i < across; ++i)
    for (int j = 0; j < deep; ++j)
      for (int k = 0; k < along; ++k) {
        const double x = offset(i, across), y = offset(j, deep), z = offset(k, along);
        if (x * x + y * y + z * z > 1) continue;
        points.push_back({shape.centre.x + x * shape.semiAxes.x, shape.centre.y + y * shape.semiAxes.y,
                          shape.centre.z + z * shape.semiAxes.z});
      }
  for (const Point& point : points)
    addPoint(point, source.activityMBq / static_cast<double>(points.size()), activity);
}

constexpr double kSmallestCoveredSemiAxis = 1.5;  // voxels

}  // namespace

projection::Medium voxelise(const std::vector<Solid>& solids, const VoxelGrid& grid, double keV) {
  return {painted(solids, grid, [&](const Solid& solid) { return solid.attenuationPerMm(keV); }), keV};
}

void addBackground(const std::vector<Solid>& solids, double concentrationMBqPerMl, Volume& activityMBq) {
  if (concentrationMBqPerMl <= 0) return;
  const VoxelGrid& grid = activityMBq.grid();
  const Volume background = painted(solids, grid, [&](const Solid& solid) {
    return solid.perfusion * concentrationMBqPerMl * grid.voxelMl();
  });
  for (std::size_t voxel = 0; voxel < background.values().size(); ++voxel)
    activityMBq.values()[voxel] += background.values()[voxel];
}

void addSources(const std::vector<Source>& sources, Volume& activityMBq) {
  for (const Source& source : sources) {
    if (source.activityMBq <= 0) continue;
    const auto* ellipsoid = std::get_if<Ellipsoid>(&source.shape);
    const double limit = kSmallestCoveredSemiAxis * activityMBq.grid().voxelMm;
    if (ellipsoid && std::min({ellipsoid->semiAxes.x, ellipsoid->semiAxes.y, ellipsoid->semiAxes.z}) < limit)
      addAsPoints(source, *ellipsoid, activityMBq);
    else
      addByCoverage(source, activityMBq);
  }
}

Volume rasterise(const std::vector<Source>& sources, const VoxelGrid& grid) {
  Volume activity(grid);
  addSources(sources, activity);
  return activity;
}

}  // namespace remnant::phantom

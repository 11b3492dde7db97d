#include "remnant/projection/esse_scene.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "remnant/base/error.h"
#include "remnant/projection/esse_spectra.h"
#include "remnant/projection/head_view.h"
#include "remnant/projection/water_way.h"

namespace remnant::projection {
namespace {

/// The cells that a voxel is handed out to along one axis.
struct Shares {
  std::size_t first, second;
  float firstWeight, secondWeight;
};

std::size_t cellsAlong(std::size_t voxels, std::size_t factor) {
  return (voxels + factor - 1) / factor;
}

/// To the nearest two, or all to the one at the border.
std::vector<Shares> sharesOfActivity(std::size_t voxels, std::size_t factor) {
  const auto last = static_cast<double>(cellsAlong(voxels, factor) - 1);
  std::vector<Shares> shares;
  for (std::size_t voxel = 0; voxel < voxels; ++voxel) {
    const double place =
        std::clamp((static_cast<double>(voxel) + 0.5) / static_cast<double>(factor) - 0.5, 0.0, last);
    const auto first = static_cast<std::size_t>(place);
    const auto second = static_cast<float>(place - static_cast<double>(first));
    shares.push_back({first, std::min(first + 1, static_cast<std::size_t>(last)), 1 - second, second});
  }
  return shares;
}

/// To the one it lies in, for a mean.
std::vector<Shares> sharesOfMatter(std::size_t voxels, std::size_t factor) {
  std::vector<Shares> shares;
  for (std::size_t voxel = 0; voxel < voxels; ++voxel)
    shares.push_back({voxel / factor, voxel / factor, 1 / static_cast<float>(factor), 0});
  return shares;
}

void addRow(const float* __restrict from, float weight, std::size_t count, float* __restrict to) {
  for (std::size_t index = 0; index < count; ++index) to[index] += weight * from[index];
}

/// One plane of voxels gathered in cells.
class PlaneGathering {
 public:
  PlaneGathering(std::vector<Shares> rows, std::vector<Shares> columns, std::size_t cellRows,
                 std::size_t cellColumns)
      : rows_(std::move(rows)),
        columns_(std::move(columns)),
        cellRows_(cellRows),
        cellColumns_(cellColumns),
        joined_(cellRows * columns_.size()),
        cells_(cellRows * cellColumns) {}

  const std::vector<float>& of(const std::vector<float>& voxels) {
    std::fill(joined_.begin(), joined_.end(), 0.0F);
    std::fill(cells_.begin(), cells_.end(), 0.0F);
    const std::size_t width = columns_.size();
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      const Shares& shares = rows_[row];
      addRow(&voxels[row * width], shares.firstWeight, width, &joined_[shares.first * width]);
      if (shares.secondWeight > 0)
        addRow(&voxels[row * width], shares.secondWeight, width, &joined_[shares.second * width]);
    }
    for (std::size_t row = 0; row < cellRows_; ++row)
      for (std::size_t column = 0; column < width; ++column) {
        const float value = joined_[row * width + column];
        const Shares& shares = columns_[column];
        cells_[row * cellColumns_ + shares.first] += shares.firstWeight * value;
        cells_[row * cellColumns_ + shares.second] += shares.secondWeight * value;
      }
    return cells_;
  }

 private:
  std::vector<Shares> rows_, columns_;
  std::size_t cellRows_, cellColumns_;
  std::vector<float> joined_, cells_;
};

using SharesOf = std::vector<Shares> (*)(std::size_t, std::size_t);

image::Volume gathered(const HeadPlanes& planes, std::size_t factor, SharesOf sharesOf) {
  const image::VoxelGrid& voxels = planes.grid();
  image::VoxelGrid cells = voxels;
  cells.voxelMm *= static_cast<double>(factor);
  cells.slices = cellsAlong(voxels.slices, factor);
  cells.rows = cellsAlong(voxels.rows, factor);
  cells.columns = cellsAlong(voxels.columns, factor);
  image::Volume volume(cells);
  PlaneGathering gathering(sharesOf(voxels.rows, factor), sharesOf(voxels.columns, factor), cells.rows,
                           cells.columns);
  const Region whole{0, 0, static_cast<std::ptrdiff_t>(voxels.rows),
                     static_cast<std::ptrdiff_t>(voxels.columns)};
  std::vector<float> plane(whole.cells());
  const std::vector<Shares> slices = sharesOf(voxels.slices, factor);
  for (std::size_t slice = 0; slice < voxels.slices; ++slice) {
    planes.copy(slice, whole, plane.data());
    const std::vector<float>& area = gathering.of(plane);
    const Shares& shares = slices[slice];
    addRow(area.data(), shares.firstWeight, area.size(), volume.slice(shares.first).data());
    if (shares.secondWeight > 0)
      addRow(area.data(), shares.secondWeight, area.size(), volume.slice(shares.second).data());
  }
  return volume;
}

}  // namespace

EsseScene esseScene(const image::Volume& activityMBq, const Medium& medium, const HeadPosition& head,
                    const EsseConfig& config) {
  const image::VoxelGrid &grid = activityMBq.grid(), &matter = medium.attenuationPerMm.grid();
  if (grid.columns != matter.columns || grid.rows != matter.rows || grid.slices != matter.slices ||
      grid.voxelMm != matter.voxelMm)
    throw ProgramError("activity and attenuation lie on different grids");
  EsseScene scene;
  scene.factor =
      std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(config.gridMm / grid.voxelMm)));
  scene.activityMBq = gathered(HeadPlanes::ofActivity(head, activityMBq), scene.factor, sharesOfActivity);
  scene.medium = {
      gathered(HeadPlanes::ofAttenuation(head, medium.attenuationPerMm), scene.factor, sharesOfMatter),
      medium.keV};
  scene.depthMm = waterDepths(scene.medium);
  scene.towardsHeadMm = excessOfWater(scene.medium);
  scene.around = excessAround(scene.medium, config);
  return scene;
}

}  // namespace remnant::projection

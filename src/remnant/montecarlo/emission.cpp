#include "remnant/montecarlo/emission.h"

#include <algorithm>

#include "remnant/base/error.h"

namespace remnant::montecarlo {

namespace {

image::Point cornerOf(const image::VoxelGrid& grid, std::size_t voxel) {
  const std::size_t column = voxel % grid.columns;
  const std::size_t row = voxel / grid.columns % grid.rows;
  const std::size_t slice = voxel / grid.columns / grid.rows;
  return {grid.corner.x + static_cast<double>(column) * grid.voxelMm,
          grid.corner.y + static_cast<double>(slice) * grid.voxelMm,
          grid.corner.z + static_cast<double>(row) * grid.voxelMm};
}

}  // namespace

Emission::Emission(const Source& source) {
  if (const auto* point = std::get_if<image::Point>(&source))
    extremes_.push_back(*point);
  else
    prepare(*std::get<const image::Volume*>(source));
}

void Emission::prepare(const image::Volume& activity) {
  grid_ = activity.grid();
  double sum = 0;
  for (std::size_t voxel = 0; voxel < activity.values().size(); ++voxel) {
    const float value = activity.values()[voxel];
    if (!(value >= 0)) throw InputError("no-activity", "the activity map has a negative value");
    if (value == 0) continue;
    sum += static_cast<double>(value);
    voxels_.push_back(voxel);
    cumulative_.push_back(sum);
  }
  if (!(sum > 0)) throw InputError("no-activity", "the activity map holds no activity");
  for (double& share : cumulative_) share /= sum;
  for (const std::size_t voxel : {voxels_.front(), voxels_.back()})
    extremes_.push_back(cornerOf(grid_, voxel));
}

image::Point Emission::place(RandomStream& stream) const {
  if (voxels_.empty()) return extremes_.front();
  const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end() - 1, stream.uniform());
  const image::Point corner = cornerOf(grid_, voxels_[static_cast<std::size_t>(found - cumulative_.begin())]);
  const double x = stream.uniform();
  const double y = stream.uniform();
  const double z = stream.uniform();
  return {corner.x + x * grid_.voxelMm, corner.y + y * grid_.voxelMm, corner.z + z * grid_.voxelMm};
}

}  // namespace remnant::montecarlo

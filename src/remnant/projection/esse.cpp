#include "remnant/projection/esse.h"

#include <algorithm>
#include <cmath>

#include "remnant/base/error.h"
#include "remnant/projection/esse_kernel.h"
#include "remnant/projection/fourier_grid.h"
#include "remnant/projection/water_way.h"

namespace remnant::projection {
namespace {

std::size_t cellFactor(const image::VoxelGrid& grid, const EsseConfig& config) {
  return std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(config.gridMm / grid.voxelMm)));
}

/// A free cell on either side, since activity is handed out to the two nearest.
std::size_t cellsAlong(std::size_t voxels, std::size_t factor) {
  return (voxels + factor - 1) / factor + 2;
}

std::array<std::size_t, 3> cellsOf(const image::VoxelGrid& grid, std::size_t factor) {
  return {cellsAlong(grid.slices, factor), cellsAlong(grid.rows, factor), cellsAlong(grid.columns, factor)};
}

std::size_t reachCells(std::size_t cells, double cellMm, const EsseConfig& config) {
  return std::min(cells - 1, static_cast<std::size_t>(std::ceil(config.reachMm / cellMm)));
}

/// So large that what wraps around does not reach a cell of the volume.
std::array<std::size_t, 3> transformSize(const image::VoxelGrid& grid, const EsseConfig& config) {
  const std::size_t factor = cellFactor(grid, config);
  std::array<std::size_t, 3> size = cellsOf(grid, factor);
  for (std::size_t& cells : size)
    cells =
        FourierGrid::goodSize(cells + reachCells(cells, static_cast<double>(factor) * grid.voxelMm, config));
  return size;
}

bool sameGrid(const image::VoxelGrid& first, const image::VoxelGrid& second) {
  return first.columns == second.columns && first.rows == second.rows && first.slices == second.slices &&
         first.voxelMm == second.voxelMm;
}

}  // namespace

EffectiveScatter::EffectiveScatter(const physics::ScatterKernel& kernel, const image::VoxelGrid& grid,
                                   const EsseConfig& config)
    : grid_(grid), keV_(kernel.meanKeV()), fourier_(transformSize(grid, config)) {
  const std::size_t factor = cellFactor(grid, config);
  cellMm_ = static_cast<double>(factor) * grid.voxelMm;
  const std::array<std::size_t, 3> voxels{grid.slices, grid.rows, grid.columns};
  for (std::size_t axis = 0; axis < 3; ++axis)
    for (std::size_t voxel = 0; voxel < voxels[axis]; ++voxel) {
      // The first cell lies before the volume.
      const double place = (static_cast<double>(voxel) + 0.5) / static_cast<double>(factor) + 0.5;
      places_[axis].push_back(
          {static_cast<std::size_t>(place), static_cast<float>(place - std::floor(place))});
    }
  for (std::size_t depth = 0; depth < physics::ScatterKernel::kDepths; ++depth)
    multiple_.push_back(static_cast<float>(kernel.multipleFactorInNeckAt(static_cast<double>(depth))));
  spectrum_ = kernelValues(kernel, config);
  fourier_.forward(spectrum_);
}

FourierVolume::Values EffectiveScatter::kernelValues(const physics::ScatterKernel& kernel,
                                                     const EsseConfig& config) const {
  const EsseKernel mean(kernel, physics::attenuationPerMm(physics::Material::kWater, keV_), cellMm_);
  const std::array<std::size_t, 3> cells = cellsOf(grid_, cellFactor(grid_, config));
  const std::array<std::size_t, 3>& size = fourier_.size();
  std::array<std::ptrdiff_t, 3> reach{};
  for (std::size_t axis = 0; axis < 3; ++axis)
    reach[axis] = static_cast<std::ptrdiff_t>(reachCells(cells[axis], cellMm_, config));
  const auto wrapped = [&](std::ptrdiff_t offset, std::size_t axis) {
    return offset < 0 ? size[axis] - static_cast<std::size_t>(-offset) : static_cast<std::size_t>(offset);
  };
  FourierVolume::Values values(fourier_.count());
  for (std::ptrdiff_t slice = -reach[0]; slice <= reach[0]; ++slice)
    for (std::ptrdiff_t row = 0; row <= reach[1]; ++row)
      for (std::ptrdiff_t column = 0; column <= reach[2]; ++column) {
        const std::complex<float> value =
            mean.at(static_cast<double>(slice), static_cast<double>(row), static_cast<double>(column));
        for (const std::ptrdiff_t mirroredRow : {row, -row})
          for (const std::ptrdiff_t mirroredColumn : {column, -column})
            values[fourier_.index(wrapped(slice, 0), wrapped(mirroredRow, 1), wrapped(mirroredColumn, 2))] =
                value;
      }
  return values;
}

/// What lies between cells' middles is handed out to them so that its centroid stays.
FourierVolume::Values EffectiveScatter::coarseActivity(const image::Volume& activity) const {
  FourierVolume::Values coarse(fourier_.count());
  for (std::size_t slice = 0; slice < grid_.slices; ++slice)
    for (std::size_t row = 0; row < grid_.rows; ++row)
      for (std::size_t column = 0; column < grid_.columns; ++column) {
        const float value = activity.at(slice, row, column);
        if (value == 0) continue;
        const Place &inSlices = places_[0][slice], &inRows = places_[1][row], &inColumns = places_[2][column];
        for (std::size_t corner = 0; corner < 8; ++corner) {
          const std::size_t bySlice = corner >> 2, byRow = corner >> 1 & 1, byColumn = corner & 1;
          const float weight = (bySlice ? inSlices.secondWeight : 1 - inSlices.secondWeight) *
                               (byRow ? inRows.secondWeight : 1 - inRows.secondWeight) *
                               (byColumn ? inColumns.secondWeight : 1 - inColumns.secondWeight);
          coarse[fourier_.index(inSlices.cell + bySlice, inRows.cell + byRow, inColumns.cell + byColumn)] +=
              weight * value;
        }
      }
  return coarse;
}

std::complex<float> EffectiveScatter::between(const FourierVolume::Values& values, std::size_t slice,
                                              std::size_t row, std::size_t column) const {
  const Place &inSlices = places_[0][slice], &inRows = places_[1][row], &inColumns = places_[2][column];
  const auto alongRow = [&](std::size_t nextSlice, std::size_t nextRow) {
    const std::size_t first =
        fourier_.index(inSlices.cell + nextSlice, inRows.cell + nextRow, inColumns.cell);
    return values[first] + inColumns.secondWeight * (values[first + 1] - values[first]);
  };
  const auto inSlice = [&](std::size_t nextSlice) {
    const std::complex<float> first = alongRow(nextSlice, 0);
    return first + inRows.secondWeight * (alongRow(nextSlice, 1) - first);
  };
  const std::complex<float> first = inSlice(0);
  return first + inSlices.secondWeight * (inSlice(1) - first);
}

image::Volume EffectiveScatter::emitted(const image::Volume& activityMBq, const image::Volume& depths,
                                        const image::Volume& excess, double waterPerMm) const {
  image::Volume result = activityMBq;
  for (std::size_t voxel = 0; voxel < result.values().size(); ++voxel) {
    float& value = result.values()[voxel];
    if (value == 0) continue;
    const auto depth = static_cast<std::size_t>(depths.values()[voxel] + 0.5F);
    value *= multiple_[std::min(depth, multiple_.size() - 1)] *
             std::exp(static_cast<float>(-waterPerMm) * excess.values()[voxel]);
  }
  return result;
}

FourierVolume::Values EffectiveScatter::convolved(const image::Volume& emitted) const {
  FourierVolume::Values values = coarseActivity(emitted);
  fourier_.forward(values);
  for (std::size_t index = 0; index < values.size(); ++index) values[index] *= spectrum_[index];
  fourier_.inverse(values);
  return values;
}

image::Volume EffectiveScatter::source(const image::Volume& activityMBq, const Medium& medium) const {
  if (!sameGrid(activityMBq.grid(), grid_) || !sameGrid(medium.attenuationPerMm.grid(), grid_))
    throw ProgramError("an effective scatter source was asked for on another grid");
  const double waterPerMm = medium.attenuationOfWaterPerMm();
  const image::Volume depths = waterDepths(medium), excess = excessOfWater(medium);
  const FourierVolume::Values arriving = convolved(emitted(activityMBq, depths, excess, waterPerMm));
  const double voxelMm3 = grid_.voxelMm * grid_.voxelMm * grid_.voxelMm;
  const auto perAttenuation = static_cast<float>(voxelMm3 / waterPerMm);
  image::Volume source(grid_);
  for (std::size_t slice = 0; slice < grid_.slices; ++slice)
    for (std::size_t row = 0; row < grid_.rows; ++row)
      for (std::size_t column = 0; column < grid_.columns; ++column) {
        const float attenuation = medium.attenuationPerMm.at(slice, row, column);
        if (attenuation == 0) continue;
        const std::complex<float> here = between(arriving, slice, row, column);
        const float scattered = here.real() + depths.at(slice, row, column) * here.imag();
        // The transform leaves noise of either sign where next to nothing arrives.
        source.at(slice, row, column) =
            std::max(0.0F, perAttenuation * attenuation * scattered) *
            std::exp(static_cast<float>(waterPerMm) * excess.at(slice, row, column));
      }
  return source;
}

Medium EffectiveScatter::mediumOf(const Medium& medium) const {
  Medium scattered = medium;
  scattered.keV = keV_;
  const auto ratio =
      static_cast<float>(scattered.attenuationOfWaterPerMm() / medium.attenuationOfWaterPerMm());
  for (float& value : scattered.attenuationPerMm.values()) value *= ratio;
  return scattered;
}

EffectiveSource effectiveScatterSource(const image::Volume& activityMBq, const Medium& medium,
                                       const physics::ScatterKernel& kernel, const EsseConfig& config) {
  const EffectiveScatter scatter(kernel, activityMBq.grid(), config);
  return {scatter.source(activityMBq, medium), scatter.mediumOf(medium)};
}

}  // namespace remnant::projection

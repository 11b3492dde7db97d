#include "remnant/projection/esse.h"

#include <algorithm>
#include <cmath>

#include "remnant/base/error.h"
#include "remnant/physics/compton.h"
#include "remnant/physics/scatter_first_order.h"
#include "remnant/projection/fourier_grid.h"

namespace remnant::projection {
namespace {

using physics::Material;
constexpr std::size_t kCosines = 1024;

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

/// k_0 and k_1 per mm^3 without the dependence on the distance, by the cosine of the scattering angle.
class AngularPart {
 public:
  AngularPart(const physics::ScatterKernel& kernel, double meanPerMm) {
    const double keV = kernel.emittedKeV();
    for (std::size_t index = 0; index <= kCosines; ++index) {
      const double cosine = 2 * static_cast<double>(index) / kCosines - 1;
      const double counted = physics::scatteredPerMm(keV, cosine, kernel.window(), kernel.detector());
      const double scattered =
          physics::attenuationPerMm(Material::kWater, physics::scatteredKeV(keV, cosine));
      values_.emplace_back(counted, counted * (meanPerMm - scattered));
    }
  }
  std::complex<double> at(double cosine) const {
    const double place = (cosine + 1) / 2 * kCosines;
    const auto index = std::min(static_cast<std::size_t>(std::max(place, 0.0)), kCosines - 1);
    const double fraction = place - static_cast<double>(index);
    return (1 - fraction) * values_[index] + fraction * values_[index + 1];
  }

 private:
  std::vector<std::complex<double>> values_;
};

/// k_0 + i k_1, mean over a cube whose middle is so far from the source.
class CellMean {
 public:
  CellMean(const AngularPart& angular, double emittedPerMm, double cellMm)
      : angular_(angular), emittedPerMm_(emittedPerMm), cellMm_(cellMm) {}

  /// In cells.
  std::complex<float> at(double slices, double rows, double columns) const {
    const double farthest = std::max({std::abs(slices), std::abs(rows), std::abs(columns)});
    const int parts = farthest < 0.5 ? 12 : farthest < 1.5 ? 6 : farthest < 3.5 ? 3 : 1;
    std::complex<double> sum = 0;
    const auto offset = [parts](int part) { return (part + 0.5) / parts - 0.5; };
    for (int slice = 0; slice < parts; ++slice)
      for (int row = 0; row < parts; ++row)
        for (int column = 0; column < parts; ++column)
          sum += atPoint(slices + offset(slice), rows + offset(row), columns + offset(column));
    return std::complex<float>(sum / static_cast<double>(parts * parts * parts));
  }

 private:
  std::complex<double> atPoint(double slices, double rows, double columns) const {
    const double square = cellMm_ * cellMm_ * (slices * slices + rows * rows + columns * columns);
    const double distance = std::sqrt(square);
    return angular_.at(-slices * cellMm_ / distance) * std::exp(-emittedPerMm_ * distance) / square;
  }

  const AngularPart& angular_;
  double emittedPerMm_, cellMm_;
};

/// Water on the way to the head, mm, to each voxel's middle.
image::Volume waterDepths(const Medium& medium) {
  const image::VoxelGrid& grid = medium.attenuationPerMm.grid();
  image::Volume depths(grid);
  const auto halfStep = static_cast<float>(grid.voxelMm / medium.attenuationOfWaterPerMm() / 2);
  std::vector<float> passed(grid.rows * grid.columns);
  for (std::size_t slice = 0; slice < grid.slices; ++slice) {
    const auto attenuation = medium.attenuationPerMm.slice(slice);
    const auto depth = depths.slice(slice);
    for (std::size_t ray = 0; ray < passed.size(); ++ray) {
      const float half = halfStep * attenuation[ray];
      depth[ray] = passed[ray] + half;
      passed[ray] += 2 * half;
    }
  }
  return depths;
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
  const AngularPart angular(kernel, physics::attenuationPerMm(Material::kWater, keV_));
  const CellMean mean(angular, physics::attenuationPerMm(Material::kWater, kernel.emittedKeV()), cellMm_);
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

image::Volume EffectiveScatter::source(const image::Volume& activityMBq, const Medium& medium) const {
  if (!sameGrid(activityMBq.grid(), grid_) || !sameGrid(medium.attenuationPerMm.grid(), grid_))
    throw ProgramError("an effective scatter source was asked for on another grid");
  const image::Volume depths = waterDepths(medium);
  image::Volume emitted = activityMBq;
  for (std::size_t voxel = 0; voxel < emitted.values().size(); ++voxel)
    emitted.values()[voxel] *=
        multiple_[std::min(static_cast<std::size_t>(depths.values()[voxel] + 0.5F), multiple_.size() - 1)];
  FourierVolume::Values values = coarseActivity(emitted);
  fourier_.forward(values);
  for (std::size_t index = 0; index < values.size(); ++index) values[index] *= spectrum_[index];
  fourier_.inverse(values);
  const auto perAttenuation =
      static_cast<float>(grid_.voxelMm * grid_.voxelMm * grid_.voxelMm / medium.attenuationOfWaterPerMm());
  image::Volume source(grid_);
  for (std::size_t slice = 0; slice < grid_.slices; ++slice)
    for (std::size_t row = 0; row < grid_.rows; ++row)
      for (std::size_t column = 0; column < grid_.columns; ++column) {
        const float attenuation = medium.attenuationPerMm.at(slice, row, column);
        if (attenuation == 0) continue;
        const std::complex<float> here = between(values, slice, row, column);
        source.at(slice, row, column) =
            perAttenuation * attenuation * (here.real() + depths.at(slice, row, column) * here.imag());
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

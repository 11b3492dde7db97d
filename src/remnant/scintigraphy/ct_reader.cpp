#include "remnant/scintigraphy/ct_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "remnant/base/error.h"
#include "remnant/scintigraphy/ct_slice.h"

namespace remnant::scintigraphy {
namespace {

/// A part of a voxel along one axis: which CT pixel, and which share of the voxel's covered length.
struct Share {
  std::size_t input;
  float weight;
};

/// One axis of the CT and of the voxels: where the CT's pixels begin and end, and what each voxel gathers.
struct Axis {
  double beginMm = 0;
  std::vector<std::vector<Share>> voxels;
};

std::size_t voxelsFor(double lengthMm, double voxelMm) {
  constexpr double kRounding = 1e-4;  // of a voxel, from positions told in decimals
  return static_cast<std::size_t>(std::max(1.0, std::ceil(lengthMm / voxelMm - kRounding)));
}

/// edges: ascending, one more than there are pixels.
Axis axisOf(const std::vector<double>& edges, double voxelMm) {
  Axis axis{edges.front(), {}};
  axis.voxels.resize(voxelsFor(edges.back() - edges.front(), voxelMm));
  std::size_t first = 0;
  for (std::size_t voxel = 0; voxel < axis.voxels.size(); ++voxel) {
    const double begin = edges.front() + static_cast<double>(voxel) * voxelMm;
    const double end = std::min(begin + voxelMm, edges.back());
    while (first + 2 < edges.size() && edges[first + 1] <= begin) ++first;
    for (std::size_t input = first; input + 1 < edges.size() && edges[input] < end; ++input) {
      const double overlap = std::min(end, edges[input + 1]) - std::max(begin, edges[input]);
      if (overlap > 0) axis.voxels[voxel].push_back({input, static_cast<float>(overlap / (end - begin))});
    }
  }
  return axis;
}

/// Edges of pixels that stand `spacing` apart, in ascending order whichever way they are stored.
std::vector<double> evenEdges(double firstCentre, int direction, double spacingMm, std::size_t count) {
  const double lastCentre = firstCentre + direction * spacingMm * static_cast<double>(count - 1);
  const double begin = std::min(firstCentre, lastCentre) - spacingMm / 2;
  std::vector<double> edges(count + 1);
  for (std::size_t i = 0; i <= count; ++i) edges[i] = begin + static_cast<double>(i) * spacingMm;
  return edges;
}

/// A slice stands for half the way to its neighbours; the outer ones reach as far outwards as inwards.
std::vector<double> sliceEdges(const std::vector<CtSlice>& slices) {
  std::vector<double> edges{slices[0].z - (slices[1].z - slices[0].z) / 2};
  for (std::size_t i = 0; i + 1 < slices.size(); ++i) edges.push_back((slices[i].z + slices[i + 1].z) / 2);
  edges.push_back(2 * slices.back().z - edges.back());
  return edges;
}

void checkGaps(const std::vector<CtSlice>& slices, const CtReadingConfig& config) {
  std::vector<double> gaps;
  for (std::size_t i = 0; i + 1 < slices.size(); ++i) gaps.push_back(slices[i + 1].z - slices[i].z);
  std::vector<double> sorted = gaps;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2),
                   sorted.end());
  const double median = sorted[sorted.size() / 2];
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    const std::string file = slices[i + 1].file.string();
    if (gaps[i] < 0.01) throw InputError("incomplete-ct", "two CT slices lie at one place", file);
    if (gaps[i] > config.largestGapMm || gaps[i] > config.largestGapOverMedian * median)
      throw InputError(
          "incomplete-ct",
          fmt::format("the next CT slice lies {:.4g} mm away, others {:.4g} mm", gaps[i], median), file);
  }
}

std::vector<CtSlice> readSlices(const std::vector<std::filesystem::path>& files,
                                const CtReadingConfig& config, const dicom::ReadLimits& limits) {
  if (files.size() > config.mostSlices)
    throw InputError("over-limit",
                     fmt::format("{} CT slices are more than {}", files.size(), config.mostSlices),
                     files.front().string());
  if (files.size() < 2) throw InputError("incomplete-ct", "a CT series needs two slices at least");
  std::vector<CtSlice> slices;
  for (const std::filesystem::path& file : files) {
    slices.push_back(readCtSlice(file, config, limits));
    if (!slices.back().liesOver(slices.front()))
      throw InputError("unsupported-ct", "the CT slice differs from others in size, spacing or place",
                       file.string());
  }
  std::stable_sort(slices.begin(), slices.end(),
                   [](const CtSlice& one, const CtSlice& other) { return one.z < other.z; });
  checkGaps(slices, config);
  return slices;
}

/// Attenuation of one slice, in voxels of the map across and in the order of x and y.
class SliceResampler {
 public:
  SliceResampler(const CtSlice& like, const Axis& across, const Axis& back, const HounsfieldScale& scale)
      : flipX_(like.alongX < 0), flipY_(like.alongY < 0), across_(across), back_(back), scale_(scale) {}

  /// back x across values.
  image::Image attenuation(const image::Image& hounsfield) const {
    image::Image result(back_.voxels.size(), across_.voxels.size());
    std::vector<std::vector<float>> rows(hounsfield.rows());
    for (std::size_t row = 0; row < hounsfield.rows(); ++row)
      rows[row] = resampledRow(hounsfield, flipY_ ? hounsfield.rows() - 1 - row : row);
    for (std::size_t voxel = 0; voxel < back_.voxels.size(); ++voxel)
      for (const Share& share : back_.voxels[voxel])
        for (std::size_t column = 0; column < result.columns(); ++column)
          result.at(voxel, column) += share.weight * rows[share.input][column];
    return result;
  }

 private:
  std::vector<float> resampledRow(const image::Image& hounsfield, std::size_t row) const {
    std::vector<float> fine(hounsfield.columns());
    for (std::size_t column = 0; column < fine.size(); ++column)
      fine[column] = static_cast<float>(
          scale_.attenuationPerMm(hounsfield.at(row, flipX_ ? fine.size() - 1 - column : column)));
    std::vector<float> coarse(across_.voxels.size(), 0.0F);
    for (std::size_t voxel = 0; voxel < coarse.size(); ++voxel)
      for (const Share& share : across_.voxels[voxel]) coarse[voxel] += share.weight * fine[share.input];
    return coarse;
  }

  bool flipX_, flipY_;
  const Axis& across_;
  const Axis& back_;
  const HounsfieldScale& scale_;
};

image::Volume emptyMap(const Axis& across, const Axis& back, const Axis& down, double voxelMm,
                       const CtReadingConfig& config) {
  const image::VoxelGrid grid{across.voxels.size(),
                              down.voxels.size(),
                              back.voxels.size(),
                              voxelMm,
                              {across.beginMm, back.beginMm, down.beginMm}};
  if (grid.count() > config.mostVoxels)
    throw InputError("over-limit",
                     fmt::format("a map of {} voxels is more than {}", grid.count(), config.mostVoxels));
  return image::Volume(grid);
}

void addSlice(const image::Image& attenuation, std::size_t row, float weight, image::Volume& map) {
  for (std::size_t slice = 0; slice < attenuation.rows(); ++slice)
    for (std::size_t column = 0; column < attenuation.columns(); ++column)
      map.at(slice, row, column) += weight * attenuation.at(slice, column);
}

/// For each CT slice the rows of the map that it reaches.
std::vector<std::vector<Share>> reachedRows(const Axis& down, std::size_t slices) {
  std::vector<std::vector<Share>> reached(slices);
  for (std::size_t row = 0; row < down.voxels.size(); ++row)
    for (const Share& share : down.voxels[row]) reached[share.input].push_back({row, share.weight});
  return reached;
}

}  // namespace

image::Volume readCtSeries(const std::vector<std::filesystem::path>& files, double keV,
                           const CtReadingConfig& config, const dicom::ReadLimits& limits) {
  const std::vector<CtSlice> slices = readSlices(files, config, limits);
  const CtSlice& like = slices.front();
  const double voxelMm = std::max({config.leastVoxelMm, like.rowSpacingMm, like.columnSpacingMm});
  const Axis across = axisOf(evenEdges(like.x, like.alongX, like.columnSpacingMm, like.columns), voxelMm);
  const Axis back = axisOf(evenEdges(like.y, like.alongY, like.rowSpacingMm, like.rows), voxelMm);
  const Axis down = axisOf(sliceEdges(slices), voxelMm);
  const HounsfieldScale scale(keV, config.hounsfield);
  image::Volume map = emptyMap(across, back, down, voxelMm, config);
  const SliceResampler resampler(like, across, back, scale);
  const std::vector<std::vector<Share>> reached = reachedRows(down, slices.size());
  for (std::size_t i = 0; i < slices.size(); ++i) {
    const image::Image attenuation = resampler.attenuation(readHounsfield(slices[i], limits));
    for (const Share& row : reached[i]) addSlice(attenuation, row.input, row.weight, map);
  }
  return map;
}

}  // namespace remnant::scintigraphy

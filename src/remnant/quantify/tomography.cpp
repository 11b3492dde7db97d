#include "remnant/quantify/tomography.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "remnant/base/error.h"
#include "remnant/base/interrupt.h"

namespace remnant::quantify {
namespace {

constexpr std::size_t kLeastViews = 12;
constexpr float kLeastExpected = 1e-6F;
/// The largest variance, in cells squared, that three taps may give.
constexpr double kMostVariance = 0.4;

/// Cells of the reconstruction: x and y alike `side`, z as the rows of the (binned) picture. Values lie z
/// innermost, so that all steps run along z.
struct Frame {
  std::size_t side = 0, rows = 0, binning = 1, firstColumn = 0, firstRow = 0;
  double cellMm = 0, axisX = 0, axisY = 0, firstU = 0, firstZ = 0;
  std::size_t plane() const { return side * rows; }
  std::size_t cells() const { return side * plane(); }
  double along(std::size_t index) const {
    return (static_cast<double>(index) - (static_cast<double>(side) - 1) / 2) * cellMm;
  }
};

using Values = std::vector<float>;

/// Four neighbours of a cell of the turned grid.
struct Corner {
  std::array<std::uint32_t, 4> cell{};
  std::array<float, 4> weight{};
};

std::vector<Corner> cornersOf(const Frame& frame, double angle) {
  std::vector<Corner> corners(frame.side * frame.side);
  for (std::size_t k = 0; k < frame.side; ++k)
    for (std::size_t j = 0; j < frame.side; ++j) {
      const double u = frame.firstU + static_cast<double>(j) * frame.cellMm, w = frame.along(k);
      const double column = (u * std::cos(angle) - w * std::sin(angle) - frame.along(0)) / frame.cellMm,
                   slice = (u * std::sin(angle) + w * std::cos(angle) - frame.along(0)) / frame.cellMm;
      const double limit = static_cast<double>(frame.side) - 1;
      if (!(column >= 0 && slice >= 0 && column < limit && slice < limit)) continue;
      const auto left = static_cast<std::size_t>(column), front = static_cast<std::size_t>(slice);
      const auto across = static_cast<float>(column - std::floor(column)),
                 back = static_cast<float>(slice - std::floor(slice));
      const auto base = static_cast<std::uint32_t>(front * frame.side + left),
                 down = static_cast<std::uint32_t>(frame.side);
      corners[k * frame.side + j] = {
          {base, base + 1, base + down, base + down + 1},
          {(1 - across) * (1 - back), across * (1 - back), (1 - across) * back, across * back}};
    }
  return corners;
}

/// One view: turning, attenuation and blurs, and its transpose.
class ViewOperator {
 public:
  ViewOperator(const Frame& frame, const Values& attenuation, const physics::PointResponse& response,
               const projection::HeadPosition& head)
      : frame_(&frame), corners_(cornersOf(frame, head.angleDegrees * std::numbers::pi / 180)) {
    transmission_ = turned(attenuation);
    Values depth(frame.plane(), 0);
    const auto half = static_cast<float>(frame.cellMm / 2);
    for (std::size_t k = 0; k < frame.side; ++k)
      for (std::size_t i = 0; i < frame.plane(); ++i) {
        float& value = transmission_[k * frame.plane() + i];
        const float step = value * half;
        value = std::exp(-(depth[i] + step));
        depth[i] += 2 * step;
      }
    double before = 0;
    for (std::size_t k = 0; k < frame.side; ++k) {
      const double sigma = response.sigmaMm(std::max(0.0, head.planeMm + frame.along(k)));
      steps_.push_back(std::max(0.0, (sigma * sigma - before) / (frame.cellMm * frame.cellMm)));
      before = sigma * sigma;
    }
  }

  Values forward(const Values& activity) const {
    const Values planes = turned(activity);
    Values sum(frame_->plane(), 0);
    for (std::size_t k = frame_->side; k-- > 0;) {
      const float *value = &planes[k * frame_->plane()], *passed = &transmission_[k * frame_->plane()];
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += value[i] * passed[i];
      blur(sum, steps_[k]);
    }
    return sum;
  }

  void addBack(Values picture, Values& activity) const {
    for (std::size_t k = 0; k < frame_->side; ++k) {
      blur(picture, steps_[k]);
      const float* passed = &transmission_[k * frame_->plane()];
      for (std::size_t j = 0; j < frame_->side; ++j) {
        const Corner& corner = corners_[k * frame_->side + j];
        for (std::size_t n = 0; n < 4; ++n) {
          if (corner.weight[n] == 0) continue;
          float* target = &activity[corner.cell[n] * frame_->rows];
          for (std::size_t r = 0; r < frame_->rows; ++r)
            target[r] += corner.weight[n] * picture[j * frame_->rows + r] * passed[j * frame_->rows + r];
        }
      }
    }
  }

 private:
  Values turned(const Values& volume) const {
    Values planes(frame_->cells(), 0);
    for (std::size_t cell = 0; cell < corners_.size(); ++cell)
      for (std::size_t n = 0; n < 4; ++n) {
        const Corner& corner = corners_[cell];
        if (corner.weight[n] == 0) continue;
        const float* source = &volume[corner.cell[n] * frame_->rows];
        float* target = &planes[cell * frame_->rows];
        for (std::size_t r = 0; r < frame_->rows; ++r) target[r] += corner.weight[n] * source[r];
      }
    return planes;
  }

  /// Three taps of the variance wanted, along both axes, so often as it takes. Symmetric, with zeros beyond
  /// the border, so that it is its own transpose.
  void blur(Values& picture, double variance) const {
    const int times = static_cast<int>(std::ceil(variance / kMostVariance));
    if (times == 0) return;
    const auto side = static_cast<float>(variance / times / 2), middle = 1 - 2 * side;
    const std::size_t rows = frame_->rows, columns = frame_->side;
    Values before(picture.size());
    for (int time = 0; time < times; ++time) {
      for (std::size_t j = 0; j < columns; ++j) {
        const float* in = &picture[j * rows];
        float* out = &before[j * rows];
        for (std::size_t r = 0; r < rows; ++r)
          out[r] = middle * in[r] + side * ((r > 0 ? in[r - 1] : 0) + (r + 1 < rows ? in[r + 1] : 0));
      }
      for (std::size_t j = 0; j < columns; ++j)
        for (std::size_t r = 0; r < rows; ++r) {
          const std::size_t i = j * rows + r;
          picture[i] = middle * before[i] +
                       side * ((j > 0 ? before[i - rows] : 0) + (j + 1 < columns ? before[i + rows] : 0));
        }
    }
  }

  const Frame* frame_;
  std::vector<Corner> corners_;
  Values transmission_;        ///< to each cell of the turned grid
  std::vector<double> steps_;  ///< variance from one plane to the next nearer, in cells squared
};

void requireSound(const TomographicProblem& problem) {
  if (problem.views.size() < kLeastViews)
    throw InputError("too-few-views",
                     "a tomography needs at least 12 views, and has " + std::to_string(problem.views.size()));
  if (problem.map.attenuationPerMm.grid().count() == 0)
    throw InputError("empty-map", "the attenuation map holds no voxel");
  const projection::HeadPosition& first = problem.views.front().head;
  for (const TomographicView& view : problem.views) {
    const bool sized =
        view.counts.rows() == problem.picture.rows && view.counts.columns() == problem.picture.columns;
    const bool other =
        view.expectedOther.empty() || (view.expectedOther.rows() == problem.picture.rows &&
                                       view.expectedOther.columns() == problem.picture.columns);
    if (!sized || !other || view.head.axisX != first.axisX || view.head.axisY != first.axisY)
      throw InputError("views-differ", "the views of a tomography differ in size or axis");
  }
}

/// A square about the axis that holds the map, in columns of the picture; the map's rows.
Frame frameOf(const TomographicProblem& problem, const TomographyConfig& config) {
  const image::VoxelGrid& grid = problem.map.attenuationPerMm.grid();
  const projection::Picture& picture = problem.picture;
  const projection::HeadPosition& head = problem.views.front().head;
  Frame frame;
  const double most = std::ceil(2 * config.leastVoxelMm / picture.pixelMm - 1e-9) - 1;
  frame.binning = static_cast<std::size_t>(std::max(1.0, most));
  frame.cellMm = static_cast<double>(frame.binning) * picture.pixelMm;
  frame.axisX = head.axisX;
  frame.axisY = head.axisY;
  const auto length = [&](std::size_t count) { return static_cast<double>(count) * grid.voxelMm; };
  const double reachX = std::max(std::abs(grid.corner.x - head.axisX),
                                 std::abs(grid.corner.x + length(grid.columns) - head.axisX)),
               reachY = std::max(std::abs(grid.corner.y - head.axisY),
                                 std::abs(grid.corner.y + length(grid.slices) - head.axisY));
  const std::size_t wanted =
      2 * static_cast<std::size_t>(std::ceil(std::max(reachX, reachY) / frame.cellMm)) + 2;
  const std::size_t columns = picture.columns / frame.binning, rows = picture.rows / frame.binning;
  frame.side = std::min(wanted, columns);
  frame.firstColumn = (columns - frame.side) / 2;
  frame.firstU = picture.centreU - static_cast<double>(picture.columns) / 2 * picture.pixelMm +
                 (static_cast<double>(frame.firstColumn) + 0.5) * frame.cellMm;
  const auto rowAt = [&](double z) {
    return static_cast<std::size_t>(
        std::clamp((z - picture.topMm) / frame.cellMm, 0.0, static_cast<double>(rows)));
  };
  frame.firstRow = rowAt(grid.corner.z);
  frame.rows = std::max<std::size_t>(1, rowAt(grid.corner.z + length(grid.rows)) - frame.firstRow);
  frame.firstZ = picture.topMm + static_cast<double>(frame.firstRow) * frame.cellMm;
  return frame;
}

/// Pixels added up, columns outermost as the frame has them.
template <class Pixel>
Values binned(const image::Grid<Pixel>& picture, const Frame& frame) {
  Values values(frame.plane(), 0);
  if (picture.empty()) return values;
  for (std::size_t j = 0; j < frame.side * frame.binning; ++j)
    for (std::size_t r = 0; r < frame.rows * frame.binning; ++r)
      values[j / frame.binning * frame.rows + r / frame.binning] += static_cast<float>(
          picture.at(frame.firstRow * frame.binning + r, frame.firstColumn * frame.binning + j));
  return values;
}

/// Mean of the map's voxels in each cell.
Values attenuationOn(const Frame& frame, const image::Volume& map) {
  Values sum(frame.cells(), 0), count(frame.cells(), 0);
  const image::VoxelGrid& grid = map.grid();
  // Voxels may be larger than cells, so each is split.
  const auto split = static_cast<std::size_t>(std::ceil(grid.voxelMm / frame.cellMm)) + 1;
  const auto place = [&](double at, double first) { return std::floor((at - first) / frame.cellMm + 0.5); };
  const auto part = [&](std::size_t index) {
    const std::size_t voxel = index / split;
    return (static_cast<double>(index % split) + 0.5) / static_cast<double>(split) - 0.5 +
           static_cast<double>(voxel);
  };
  for (std::size_t y = 0; y < grid.slices * split; ++y)
    for (std::size_t z = 0; z < grid.rows * split; ++z)
      for (std::size_t x = 0; x < grid.columns * split; ++x) {
        const double slice = place(grid.y(part(y)) - frame.axisY, frame.along(0)),
                     column = place(grid.x(part(x)) - frame.axisX, frame.along(0)),
                     row = place(grid.z(part(z)), frame.firstZ + frame.cellMm / 2);
        const auto side = static_cast<double>(frame.side);
        if (slice < 0 || column < 0 || row < 0 || slice >= side || column >= side ||
            row >= static_cast<double>(frame.rows))
          continue;
        const std::size_t cell =
            (static_cast<std::size_t>(slice) * frame.side + static_cast<std::size_t>(column)) * frame.rows +
            static_cast<std::size_t>(row);
        sum[cell] += map.at(y / split, z / split, x / split);
        count[cell] += 1;
      }
  for (std::size_t cell = 0; cell < sum.size(); ++cell)
    if (count[cell] > 0) sum[cell] /= count[cell];
  return sum;
}

image::Volume volumeOf(const Frame& frame, const Values& values) {
  image::VoxelGrid grid{frame.side, frame.rows, frame.side, frame.cellMm, {}};
  grid.corner = {frame.axisX + frame.along(0) - frame.cellMm / 2,
                 frame.axisY + frame.along(0) - frame.cellMm / 2, frame.firstZ};
  image::Volume volume(grid);
  for (std::size_t y = 0; y < frame.side; ++y)
    for (std::size_t x = 0; x < frame.side; ++x)
      for (std::size_t r = 0; r < frame.rows; ++r)
        volume.at(y, r, x) = values[(y * frame.side + x) * frame.rows + r];
  return volume;
}

}  // namespace

image::Volume reconstruct(const TomographicProblem& problem, const TomographyConfig& config) {
  requireSound(problem);
  const Frame frame = frameOf(problem, config);
  const Values attenuation = attenuationOn(frame, problem.map.attenuationPerMm);
  std::vector<ViewOperator> operators;
  std::vector<Values> measured, other;
  for (const TomographicView& view : problem.views) {
    operators.emplace_back(frame, attenuation, problem.response, view.head);
    measured.push_back(binned(view.counts, frame));
    other.push_back(binned(view.expectedOther, frame));
  }
  const std::size_t subsets = std::clamp<std::size_t>(config.subsets, 1, problem.views.size() / 4);
  const auto scaleOf = [&](std::size_t view) {
    return static_cast<float>(problem.response.coreCpsPerMBq * problem.views[view].exposureSeconds);
  };
  std::vector<Values> sensitivity(subsets, Values(frame.cells(), 0));
  for (std::size_t view = 0; view < operators.size(); ++view)
    operators[view].addBack(Values(frame.plane(), scaleOf(view)), sensitivity[view % subsets]);
  Values activity(frame.cells(), 1e-3F);
  for (int iteration = 0; iteration < config.iterations; ++iteration) {
    stopIfInterrupted();
    for (std::size_t subset = 0; subset < subsets; ++subset) {
      Values update(frame.cells(), 0);
      for (std::size_t view = subset; view < operators.size(); view += subsets) {
        Values picture = operators[view].forward(activity);
        for (std::size_t i = 0; i < picture.size(); ++i)
          picture[i] = scaleOf(view) * measured[view][i] /
                       std::max(scaleOf(view) * picture[i] + other[view][i], kLeastExpected);
        operators[view].addBack(std::move(picture), update);
      }
      for (std::size_t cell = 0; cell < activity.size(); ++cell)
        activity[cell] *= sensitivity[subset][cell] > 0 ? update[cell] / sensitivity[subset][cell] : 0;
    }
  }
  return volumeOf(frame, activity);
}

}  // namespace remnant::quantify

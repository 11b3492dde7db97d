#include "remnant/phantom/study_view.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace remnant::phantom {
namespace {

using image::Image;
using projection::HeadPosition;
using projection::Picture;

/// What lies further beyond a picture's edge does not show: scatter and tails have faded.
constexpr double kMarginMm = 120;
/// Around fine sources, for partial voxels.
constexpr double kFineMarginMm = 12;
/// How far the tails of fine sources are followed.
constexpr double kTailReachMm = 330;

Bounds unionOf(const Bounds& first, const Bounds& second) {
  return {{std::min(first.least.x, second.least.x), std::min(first.least.y, second.least.y),
           std::min(first.least.z, second.least.z)},
          {std::max(first.most.x, second.most.x), std::max(first.most.y, second.most.y),
           std::max(first.most.z, second.most.z)}};
}

bool isFine(const SceneSource& source) {
  return source.component != Component::kOther;
}

bool looksAcross(const std::vector<AcquisitionPlan>& plans) {
  return std::any_of(plans.begin(), plans.end(), [](const AcquisitionPlan& plan) {
    return plan.angleStepDegrees != 0 ||
           std::any_of(plan.heads.begin(), plan.heads.end(),
                       [](const HeadPosition& head) { return std::fmod(head.angleDegrees, 180.0) != 0; });
  });
}

/// Skin and what lies on it.
constexpr double kSkinMarginMm = 6;

Bounds coarseBox(const StudyScene& scene, const std::vector<AcquisitionPlan>& plans) {
  double top = std::numeric_limits<double>::max(), bottom = -top;
  for (const AcquisitionPlan& plan : plans) {
    const double height = static_cast<double>(plan.picture.rows) * plan.picture.pixelMm;
    top = std::min(top, plan.picture.topMm - kMarginMm);
    bottom = std::max(bottom, plan.picture.topMm + height + kMarginMm);
  }
  Bounds box = outlineOf(scene.solids);
  box.least = {box.least.x - kSkinMarginMm, box.least.y - kSkinMarginMm, std::max(box.least.z, top)};
  box.most = {box.most.x + kSkinMarginMm, box.most.y + kSkinMarginMm, std::min(box.most.z, bottom)};
  return box;
}

/// The field of view of a static picture ends before the picture does.
std::optional<Bounds> fineBox(const StudyScene& scene, bool across) {
  std::optional<Bounds> box;
  for (const SceneSource& source : scene.sources) {
    if (!isFine(source)) continue;
    const Bounds bounds = boundsOf(source.source.shape);
    box = box ? unionOf(*box, bounds) : bounds;
  }
  if (!box) return box;
  box->least = {box->least.x - kFineMarginMm, box->least.y, box->least.z - kFineMarginMm};
  box->most = {box->most.x + kFineMarginMm, box->most.y, box->most.z + kFineMarginMm};
  const Bounds body = outlineOf(scene.solids, box->least.z, box->most.z);
  box->least.y = body.least.y - kSkinMarginMm;
  box->most.y = body.most.y + kSkinMarginMm;
  if (across) {
    box->least.x = std::min(box->least.x, body.least.x);
    box->most.x = std::max(box->most.x, body.most.x);
  }
  return box;
}

/// The part of a picture that a grid's sources reach, on the same pixels.
struct Part {
  Picture picture;
  std::size_t top = 0, left = 0;
};

Part partOf(const Picture& picture, const HeadPosition& head, const image::VoxelGrid& grid) {
  const double width = static_cast<double>(grid.columns) * grid.voxelMm,
               depth = static_cast<double>(grid.slices) * grid.voxelMm;
  const Point middle{grid.corner.x + width / 2, grid.corner.y + depth / 2,
                     grid.z(static_cast<double>(grid.rows) / 2 - 0.5)};
  const auto seen = projection::seenFrom(head, middle);
  const double reachU = std::hypot(width, depth) / 2 + kTailReachMm;
  const double reachZ = static_cast<double>(grid.rows) * grid.voxelMm / 2 + kTailReachMm;
  const auto cut = [](double from, double to, std::size_t count) {
    const auto limit = static_cast<double>(count);
    const double first = std::clamp(std::floor(from), 0.0, limit);
    return std::pair(static_cast<std::size_t>(first),
                     static_cast<std::size_t>(std::clamp(std::ceil(to) + 1, first, limit)));
  };
  const auto [top, bottom] =
      cut(picture.rowOf(seen.z - reachZ), picture.rowOf(seen.z + reachZ), picture.rows);
  const auto [left, right] =
      cut(picture.columnOf(seen.u - reachU), picture.columnOf(seen.u + reachU), picture.columns);
  Part part{picture, top, left};
  part.picture.rows = bottom - top;
  part.picture.columns = right - left;
  part.picture.topMm += static_cast<double>(top) * picture.pixelMm;
  part.picture.centreU +=
      (static_cast<double>(left + right) / 2 - static_cast<double>(picture.columns) / 2) * picture.pixelMm;
  return part;
}

void addAt(const Image& part, std::size_t top, std::size_t left, Image& whole) {
  for (std::size_t row = 0; row < part.rows(); ++row)
    for (std::size_t column = 0; column < part.columns(); ++column)
      whole.at(top + row, left + column) += part.at(row, column);
}

void addProjection(const image::Volume& activity, const projection::Medium& medium, const HeadPosition& head,
                   const Picture& picture, const std::vector<projection::WindowModel>& windows,
                   const projection::ProjectorConfig& config, std::vector<Image>& images) {
  if (activity.values().empty()) return;
  const Part part = partOf(picture, head, activity.grid());
  if (part.picture.rows == 0 || part.picture.columns == 0) return;
  const auto projected = projection::project(activity, medium, head, part.picture, windows, config);
  for (std::size_t window = 0; window < windows.size(); ++window)
    addAt(projected[window], part.top, part.left, images[window]);
}

std::vector<Image> emptyImages(const Picture& picture, std::size_t count) {
  return std::vector<Image>(count, Image(picture.rows, picture.columns));
}

}  // namespace

Bounds outlineOf(const std::vector<Solid>& solids) {
  Bounds outline = boundsOf(solids.front().shape);
  for (const Solid& solid : solids) outline = unionOf(outline, boundsOf(solid.shape));
  return outline;
}

Bounds outlineOf(const std::vector<Solid>& solids, double fromZ, double toZ) {
  std::optional<Bounds> outline;
  for (const Solid& solid : solids) {
    const Bounds bounds = boundsOf(solid.shape);
    if (bounds.most.z < fromZ || bounds.least.z > toZ) continue;
    outline = outline ? unionOf(*outline, bounds) : bounds;
  }
  if (!outline) return {{0, 0, fromZ}, {0, 0, toZ}};
  outline->least.z = fromZ;
  outline->most.z = toZ;
  return *outline;
}

image::VoxelGrid gridOver(const Bounds& box, double voxelMm) {
  const auto count = [&](double from, double to) {
    return static_cast<std::size_t>(std::max(1.0, std::ceil((to - from) / voxelMm)));
  };
  return {.columns = count(box.least.x, box.most.x),
          .rows = count(box.least.z, box.most.z),
          .slices = count(box.least.y, box.most.y),
          .voxelMm = voxelMm,
          .corner = box.least};
}

StudyView::StudyView(const StudyScene& scene, const std::vector<AcquisitionPlan>& plans, double fineMm,
                     double keV, const projection::ProjectorConfig& config)
    : config_(config) {
  const image::VoxelGrid coarse = gridOver(coarseBox(scene, plans), 2 * fineMm);
  coarseMedium_ = voxelise(scene.solids, coarse, keV);
  coarseActivity_ = image::Volume(coarse);
  addBackground(scene.solids, scene.backgroundMBqPerMl, coarseActivity_);
  std::vector<Source> coarseSources, fineSources;
  for (const SceneSource& source : scene.sources)
    (isFine(source) ? fineSources : coarseSources).push_back(source.source);
  addSources(coarseSources, coarseActivity_);
  if (scattersAnywhere()) {
    scatteringActivity_ = coarseActivity_;
    addSources(fineSources, scatteringActivity_);
  }
  const auto box = fineBox(scene, looksAcross(plans));
  if (!box) return;
  const image::VoxelGrid fine = gridOver(*box, fineMm);
  fineMedium_ = voxelise(scene.solids, fine, keV);
  fineActivity_ = rasterise(fineSources, fine);
}

projection::ProjectorConfig StudyView::configOfGrids() const {
  projection::ProjectorConfig config = config_;
  if (scattersAnywhere()) config.scatter = projection::ScatterModel::kNone;
  return config;
}

void StudyView::addScatter(const HeadPosition& head, const Picture& picture,
                           const std::vector<projection::WindowModel>& windows,
                           std::vector<Image>& images) const {
  projection::ProjectorConfig config = config_;
  config.cores = config.tails = false;
  addProjection(scatteringActivity_, coarseMedium_, head, picture, windows, config, images);
}

std::vector<Image> StudyView::rates(const HeadPosition& head, const Picture& picture,
                                    const std::vector<projection::WindowModel>& windows) const {
  std::vector<Image> images = emptyImages(picture, windows.size());
  addProjection(coarseActivity_, coarseMedium_, head, picture, windows, configOfGrids(), images);
  addProjection(fineActivity_, fineMedium_, head, picture, windows, configOfGrids(), images);
  if (scattersAnywhere()) addScatter(head, picture, windows, images);
  return images;
}

std::vector<Image> StudyView::ratesOf(const std::vector<Source>& sources, Grid grid, const HeadPosition& head,
                                      const Picture& picture,
                                      const std::vector<projection::WindowModel>& windows) const {
  std::vector<Image> images = emptyImages(picture, windows.size());
  const auto& medium = grid == Grid::kFine ? fineMedium_ : coarseMedium_;
  projection::ProjectorConfig config = config_;
  if (scattersAnywhere()) config.scatter = projection::ScatterModel::kAnalytic;
  addProjection(rasterise(sources, medium.attenuationPerMm.grid()), medium, head, picture, windows, config,
                images);
  return images;
}

}  // namespace remnant::phantom

#pragma once

#include <vector>

#include "remnant/phantom/camera_day.h"
#include "remnant/phantom/scene.h"

/// What the heads of a camera count of a simulated study, before noise.
namespace remnant::phantom {

/// The scene on two grids whose pictures add up: a coarse one for background and organs, a fine one around
/// foci, nodes and glands. Each has the matter of its own place. Where
/// photons scatter all over the body (ScatterModel::kEsse), all is laid out on the coarse grid once more for
/// them.
class StudyView {
 public:
  /// fineMm  voxel of the fine grid; the coarse one has twice that
  /// plans   of the study: grids reach as far as their pictures and views need
  StudyView(const StudyScene& scene, const std::vector<AcquisitionPlan>& plans, double fineMm, double keV,
            const projection::ProjectorConfig& config = {});

  /// Counts a second and pixel in each window, for a camera of nominal sensitivity.
  std::vector<image::Image> rates(const projection::HeadPosition& head, const projection::Picture& picture,
                                  const std::vector<projection::WindowModel>& windows) const;
  enum class Grid { kCoarse, kFine };
  /// The same of some of the scene's sources alone, laid out on one of the grids, for where they show:
  /// instead of the effective source the analytic kernel scatters.
  std::vector<image::Image> ratesOf(const std::vector<Source>& sources, Grid grid,
                                    const projection::HeadPosition& head, const projection::Picture& picture,
                                    const std::vector<projection::WindowModel>& windows) const;
  /// Attenuation of the whole scene, on the coarse grid.
  const projection::Medium& matter() const { return coarseMedium_; }
  /// The activity laid out on a grid, MBq a voxel; both add up. The fine one may be without voxels.
  const image::Volume& activityMBq(Grid grid) const {
    return grid == Grid::kFine ? fineActivity_ : coarseActivity_;
  }

 private:
  bool scattersAnywhere() const { return config_.scatter == projection::ScatterModel::kEsse; }
  void addScatter(const projection::HeadPosition& head, const projection::Picture& picture,
                  const std::vector<projection::WindowModel>& windows,
                  std::vector<image::Image>& images) const;
  /// Of a grid: without the scatter that addScatter adds.
  projection::ProjectorConfig configOfGrids() const;

  projection::ProjectorConfig config_;
  projection::Medium coarseMedium_, fineMedium_;
  image::Volume coarseActivity_, fineActivity_;
  image::Volume
      scatteringActivity_;  ///< all of it on the coarse grid; empty where grids scatter by themselves
};

/// A grid over a box of patient space, grown to whole voxels.
image::VoxelGrid gridOver(const Bounds& box, double voxelMm);

/// The box that holds all solids.
Bounds outlineOf(const std::vector<Solid>& solids);
/// ... those parts that lie between two heights.
Bounds outlineOf(const std::vector<Solid>& solids, double fromZ, double toZ);

}  // namespace remnant::phantom

#include "remnant/quantify/joint_patches.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

constexpr double kFwhmPerSigma = 2.354820045;
constexpr double kMiddlingShare = 0.2;  ///< of the neck's thickness

using Group = std::vector<std::size_t>;

double apartMm(const FocusSeed& one, const FocusSeed& other) {
  return std::hypot(one.x - other.x, one.z - other.z);
}

/// Single linkage.
std::vector<Group> groupsOf(const std::vector<FocusSeed>& seeds, double nearMm) {
  std::vector<Group> groups;
  for (std::size_t k = 0; k < seeds.size(); ++k) {
    Group joined{k};
    std::erase_if(groups, [&](const Group& group) {
      const bool near = std::any_of(group.begin(), group.end(), [&](std::size_t other) {
        return apartMm(seeds[k], seeds[other]) < nearMm;
      });
      if (near) joined.insert(joined.end(), group.begin(), group.end());
      return near;
    });
    std::sort(joined.begin(), joined.end());
    groups.push_back(std::move(joined));
  }
  std::sort(groups.begin(), groups.end());
  return groups;
}

/// A seed in pixels of one view.
struct Spot {
  double column = 0, row = 0, marginPixels = 0;
};

PicturePlace placeOf(const CalibratedView& view, const NeckOptics& optics, const FocusSeed& seed) {
  const auto seen = seenAtMiddlingDepth(view, optics, seed);
  return {view.picture.columnOf(seen.u), view.picture.rowOf(seen.z)};
}

bool isInside(const PicturePlace& place, const projection::Picture& picture) {
  const auto inside = [](double along, std::size_t count) {
    return along >= -0.5 && along < static_cast<double>(count) - 0.5;
  };
  return inside(place.column, picture.columns) && inside(place.row, picture.rows);
}

Spot spotOf(const CalibratedView& view, const NeckOptics& optics, const FocusSeed& seed, double marginFwhm) {
  const PicturePlace place = placeOf(view, optics, seed);
  if (!isInside(place, view.picture))
    throw InputError("focus-outside-picture", "a focus to fit is outside of a picture");
  return {place.column, place.row, marginFwhm * responseFwhmMm(view, optics, seed) / view.picture.pixelMm};
}

image::Box boxOf(const std::vector<Spot>& spots, const Group& group, const projection::Picture& picture) {
  double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
  for (const std::size_t k : group) {
    left = std::min(left, spots[k].column - spots[k].marginPixels);
    right = std::max(right, spots[k].column + spots[k].marginPixels);
    top = std::min(top, spots[k].row - spots[k].marginPixels);
    bottom = std::max(bottom, spots[k].row + spots[k].marginPixels);
  }
  const auto inside = [](double place, std::size_t count) {
    return static_cast<std::size_t>(std::clamp(std::round(place), 0.0, static_cast<double>(count) - 1));
  };
  image::Box box{inside(left, picture.columns), inside(top, picture.rows), 0, 0};
  box.width = inside(right, picture.columns) - box.x + 1;
  box.height = inside(bottom, picture.rows) - box.y + 1;
  return box;
}

/// Which pixels of the box lie within the margin of their nearest seed, if that is one of the group.
std::vector<bool> discsOf(const std::vector<Spot>& spots, const Group& group, const image::Box& box) {
  std::vector<bool> taken(box.width * box.height);
  for (std::size_t pixel = 0; pixel < taken.size(); ++pixel) {
    const std::size_t x = box.x + pixel % box.width, y = box.y + pixel / box.width;
    const auto column = static_cast<double>(x), row = static_cast<double>(y);
    const auto awayFrom = [&](const Spot& spot) {
      return std::hypot(column - spot.column, row - spot.row) / spot.marginPixels;
    };
    const auto nearest =
        std::min_element(spots.begin(), spots.end(),
                         [&](const Spot& one, const Spot& other) { return awayFrom(one) < awayFrom(other); });
    const auto number = static_cast<std::size_t>(nearest - spots.begin());
    taken[pixel] = awayFrom(*nearest) <= 1 && std::binary_search(group.begin(), group.end(), number);
  }
  return taken;
}

std::vector<Spot> spotsOf(const CalibratedView& view, const NeckOptics& optics,
                          const std::vector<FocusSeed>& seeds, double marginFwhm) {
  std::vector<Spot> spots;
  for (const FocusSeed& seed : seeds) spots.push_back(spotOf(view, optics, seed, marginFwhm));
  return spots;
}

std::vector<PicturePlace> placesOf(const std::vector<Spot>& spots, const Group& group) {
  std::vector<PicturePlace> places;
  for (const std::size_t k : group) places.push_back({spots[k].column, spots[k].row});
  return places;
}

Group allOf(std::size_t foci) {
  Group all(foci);
  std::iota(all.begin(), all.end(), 0);
  return all;
}

}  // namespace

projection::SeenPoint seenAtMiddlingDepth(const CalibratedView& view, const NeckOptics& optics,
                                          const FocusSeed& seed) {
  const Column column = optics.columnAt(seed.x, seed.z);
  return projection::seenFrom(view.head,
                              {seed.x, column.anteriorSkinY + kMiddlingShare * column.thicknessMm, seed.z});
}

double responseFwhmMm(const CalibratedView& view, const NeckOptics& optics, const FocusSeed& seed) {
  return kFwhmPerSigma * view.model.response.sigmaMm(seenAtMiddlingDepth(view, optics, seed).distanceMm);
}

bool isInPictures(const PlanarProblem& problem, const NeckOptics& optics, const FocusSeed& seed) {
  return std::all_of(problem.views.begin(), problem.views.end(), [&](const CalibratedView& view) {
    return isInside(placeOf(view, optics, seed), view.picture);
  });
}

std::vector<JointPatch> patchesAround(const PlanarProblem& problem, const NeckOptics& optics,
                                      const std::vector<FocusSeed>& seeds, const JointConfig& config) {
  std::vector<JointPatch> patches;
  if (problem.views.empty() || seeds.empty()) return patches;
  const double nearMm = config.togetherFwhm * responseFwhmMm(problem.views.front(), optics, seeds.front());
  for (const Group& group : groupsOf(seeds, nearMm))
    for (std::size_t view = 0; view < problem.views.size(); ++view) {
      const CalibratedView& calibrated = problem.views[view];
      const auto spots = spotsOf(calibrated, optics, seeds, config.marginFwhm);
      const image::Box box = boxOf(spots, group, calibrated.picture);
      patches.push_back({view, box, discsOf(spots, group, box), group, placesOf(spots, group),
                         responseFwhmMm(calibrated, optics, seeds[group.front()])});
    }
  return patches;
}

std::vector<JointPatch> boxAround(const PlanarProblem& problem, const NeckOptics& optics,
                                  const std::vector<FocusSeed>& seeds, double marginFwhm) {
  std::vector<JointPatch> patches;
  for (std::size_t view = 0; view < problem.views.size(); ++view) {
    const CalibratedView& calibrated = problem.views[view];
    const auto spots = spotsOf(calibrated, optics, seeds, marginFwhm);
    patches.push_back({view,
                       boxOf(spots, allOf(seeds.size()), calibrated.picture),
                       {},
                       {},
                       {},
                       responseFwhmMm(calibrated, optics, seeds.front())});
  }
  return patches;
}

std::vector<JointPatch> wholePictures(const PlanarProblem& problem, const NeckOptics& optics) {
  std::vector<JointPatch> patches;
  for (std::size_t view = 0; view < problem.views.size(); ++view) {
    const CalibratedView& calibrated = problem.views[view];
    patches.push_back({view,
                       {0, 0, calibrated.picture.columns, calibrated.picture.rows},
                       {},
                       {},
                       {},
                       responseFwhmMm(calibrated, optics, {})});
  }
  return patches;
}

}  // namespace remnant::quantify

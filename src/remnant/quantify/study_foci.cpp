#include "remnant/quantify/study_foci.h"

#include <algorithm>
#include <cmath>

#include "remnant/quantify/cramer_rao.h"

namespace remnant::quantify {
namespace {

/// Of a pixel's centre, over the outermost ones of the picture.
SearchArea pictureArea(const CalibratedView& view) {
  const auto lastColumn = static_cast<double>(view.picture.columns) - 1,
             lastRow = static_cast<double>(view.picture.rows) - 1;
  const PlaneCoordinates first = patientPlaneOf(view, 0, 0), last = patientPlaneOf(view, lastColumn, lastRow);
  return {std::min(first.x, last.x), std::max(first.x, last.x), std::min(first.z, last.z),
          std::max(first.z, last.z)};
}

/// What lies in the pictures of both heads.
SearchArea within(SearchArea area, const StudyProblem& study) {
  for (const CalibratedView& view : study.problem.views) {
    const SearchArea picture = pictureArea(view);
    area.leastX = std::max(area.leastX, picture.leastX);
    area.mostX = std::min(area.mostX, picture.mostX);
    area.leastZ = std::max(area.leastZ, picture.leastZ);
    area.mostZ = std::min(area.mostZ, picture.mostZ);
  }
  return area;
}

SearchArea areaOf(const CalibratedView& view, const image::Box& box) {
  const double left = static_cast<double>(box.x) - 0.5, top = static_cast<double>(box.y) - 0.5;
  const PlaneCoordinates first = patientPlaneOf(view, left, top),
                         last = patientPlaneOf(view, left + static_cast<double>(box.width),
                                               top + static_cast<double>(box.height));
  return {std::min(first.x, last.x), std::max(first.x, last.x), first.z, last.z};
}

SearchArea areaInMiddle(const CalibratedView& view, const FociSearchConfig& config) {
  const SearchArea all = pictureArea(view);
  const double x = (all.leastX + all.mostX) / 2, z = (all.leastZ + all.mostZ) / 2;
  return {x - config.halfWidthMm, x + config.halfWidthMm, z - config.halfHeightMm, z + config.halfHeightMm};
}

/// A disc about a place and what a MBq there adds to it, net of its ring.
struct Looked {
  double inside = 0;      ///< counts in the disc
  double background = 0;  ///< by the ring
  double areaRatio = 0;
  double netPerMBq = 0;
};

/// Throws what RegionPixels throws.
Looked lookAt(const StudyProblem& study, const FocusSeed& place, const FociSearchConfig& config) {
  const PlanarProblem& problem = study.problem;
  const CalibratedView& view = problem.views.front();
  const double skinY = study.optics->columnAt(place.x, place.z).anteriorSkinY;
  const image::Point point{place.x, skinY + config.limitDepthMm, place.z};
  const double distanceMm = projection::seenFrom(view.head, point).distanceMm;
  const double radiusMm =
      config.discRadiusFwhm * 2.3548 * view.model.response.sigmaMm(std::max(0.0, distanceMm));
  const Disc disc = discsAbout(problem, *study.optics, place, config.limitDepthMm, radiusMm).front();
  const RegionPixels pixels(view, disc, {}, config.regions);
  const PixelModel model(view, pixels.box(), study.optics->waterAttenuationPerMm());
  std::vector<double> perMBq(model.pixels());
  model.evaluate(seenFocus(problem, 0, disc, point, study.optics->ray(point, view.head).opticalDepth,
                           config.regions.sourceWidthMm.value),
                 perMBq.data(), false);
  return {static_cast<double>(pixels.discCounts(view.counts)),
          pixels.areaRatio() * static_cast<double>(pixels.ringCounts(view.counts)), pixels.areaRatio(),
          pixels.net(perMBq.data())};
}

/// A place at the picture's edge, that cannot be looked at, has none.
bool hasContrast(const StudyProblem& study, const FoundFocus& focus, const FociSearchConfig& config) {
  try {
    const Looked looked = lookAt(study, focus.place, config);
    const double own = focus.activityMBq * looked.netPerMBq;
    return own >= config.leastContrast * std::max(0.0, looked.inside - own);
  } catch (const InputError&) {
    return false;
  }
}

}  // namespace

std::variant<SearchArea, Refusal> searchAreaOf(const StudyProblem& study,
                                               const std::optional<image::Box>& thyroid,
                                               const FociSearchConfig& config) {
  if (study.wholeBody && !thyroid)
    return Refusal{"no-area",
                   "to search a whole-body picture for foci, a table of regions must say where the thyroid "
                   "bed is"};
  const CalibratedView& anterior = study.problem.views.front();
  const SearchArea area =
      within(thyroid ? areaOf(anterior, *thyroid) : areaInMiddle(anterior, config), study);
  if (!(area.leastX < area.mostX && area.leastZ < area.mostZ))
    return Refusal{"no-area", "the thyroid bed lies outside the pictures"};
  return area;
}

std::variant<DetectionLimit, Refusal> detectionLimitAt(const StudyProblem& study, const FocusSeed& place,
                                                       const FociSearchConfig& config) {
  try {
    const Looked looked = lookAt(study, place, config);
    const double byChance = detectionLimit(looked.background, 1 / looked.areaRatio);
    DetectionLimit limit{
        config.limitDepthMm, std::max(byChance, config.leastContrast * looked.background), 0, {}};
    limit.activityMBq = limit.netCounts / looked.netPerMBq;
    if (study.problem.activityToUptakePercent > 0)
      limit.uptakePercent = limit.activityMBq * study.problem.activityToUptakePercent;
    return limit;
  } catch (const InputError& error) {
    return Refusal{error.code(), error.what()};
  }
}

FociSearch searchFoci(const StudyProblem& study, const SearchArea& area, const FociSearchConfig& config) {
  const FocusSeed middle{(area.leastX + area.mostX) / 2, (area.leastZ + area.mostZ) / 2};
  FociSearch search{area, config.detector.falseFociPerStudy,
                    detectFoci(study.problem, *study.optics, area, config.detector),
                    detectionLimitAt(study, middle, config)};
  std::erase_if(search.detection.foci,
                [&](const FoundFocus& focus) { return !hasContrast(study, focus, config); });
  return search;
}

}  // namespace remnant::quantify

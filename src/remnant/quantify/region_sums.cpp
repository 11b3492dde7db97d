#include "remnant/quantify/region_sums.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

bool within(const Disc& disc, double column, double row, double factor) {
  const double dx = column - disc.column, dy = row - disc.row, reach = factor * disc.radius;
  return dx * dx + dy * dy <= reach * reach;
}

/// The pixels about the disc out to the ring, as far as the picture goes.
image::Box boxAbout(const CalibratedView& view, const Disc& disc, double factor) {
  const double reach = factor * disc.radius;
  const auto bounded = [](double value, std::size_t size) {
    return static_cast<std::size_t>(std::clamp(value, 0.0, static_cast<double>(size)));
  };
  const std::size_t left = bounded(std::floor(disc.column - reach), view.picture.columns),
                    right = bounded(std::ceil(disc.column + reach) + 1, view.picture.columns),
                    top = bounded(std::floor(disc.row - reach), view.picture.rows),
                    bottom = bounded(std::ceil(disc.row + reach) + 1, view.picture.rows);
  return {left, top, right - left, bottom - top};
}

double factorOf(const std::vector<Known>& known, int number) {
  const auto index = static_cast<std::size_t>(number);
  return number >= 0 && index < known.size() ? known[index].value : 1;
}

}  // namespace

FocusDiscs discsAbout(const PlanarProblem& problem, const NeckOptics& optics, const FocusSeed& seed,
                      double depthMm, double radiusMm) {
  const image::Point point{seed.x, optics.columnAt(seed.x, seed.z).anteriorSkinY + depthMm, seed.z};
  FocusDiscs discs;
  for (const CalibratedView& view : problem.views) {
    const projection::SeenPoint seen = projection::seenFrom(view.head, point);
    discs.push_back(
        {view.picture.columnOf(seen.u), view.picture.rowOf(seen.z), radiusMm / view.picture.pixelMm});
  }
  return discs;
}

RegionPixels::RegionPixels(const CalibratedView& view, const Disc& disc, const std::vector<Disc>& others,
                           const RegionConfig& config)
    : box_(boxAbout(view, disc, config.ringOuter)) {
  if (disc.column - disc.radius < -0.5 || disc.row - disc.radius < -0.5 ||
      disc.column + disc.radius > static_cast<double>(view.picture.columns) - 0.5 ||
      disc.row + disc.radius > static_cast<double>(view.picture.rows) - 0.5)
    throw InputError("region-outside", "the region of a focus leaves its picture");
  for (std::size_t place = 0; place < box_.width * box_.height; ++place) {
    const std::size_t x = box_.x + place % box_.width, y = box_.y + place / box_.width;
    const auto column = static_cast<double>(x), row = static_cast<double>(y);
    const bool taken = std::any_of(others.begin(), others.end(), [&](const Disc& other) {
      return within(other, column, row, config.ringInner);
    });
    if (within(disc, column, row, 1))
      disc_.push_back(place);
    else if (!taken && within(disc, column, row, config.ringOuter) &&
             !within(disc, column, row, config.ringInner))
      ring_.push_back(place);
  }
  if (disc_.empty() || ring_.empty())
    throw InputError("empty-region", "the region of a focus, or the ring around it, holds no pixel");
}

std::int64_t RegionPixels::sum(const image::Counts& counts, const std::vector<std::size_t>& pixels) const {
  std::int64_t sum = 0;
  for (const std::size_t place : pixels)
    sum += counts.at(box_.y + place / box_.width, box_.x + place % box_.width);
  return sum;
}

std::int32_t RegionPixels::greatest(const image::Counts& counts) const {
  std::int32_t most = 0;
  for (const std::size_t place : disc_)
    most = std::max(most, counts.at(box_.y + place / box_.width, box_.x + place % box_.width));
  return most;
}

std::vector<std::size_t> RegionPixels::places() const {
  std::vector<std::size_t> places = disc_;
  places.insert(places.end(), ring_.begin(), ring_.end());
  return places;
}

double RegionPixels::net(const double* boxValues) const {
  double inside = 0, around = 0;
  for (const std::size_t place : disc_) inside += boxValues[place];
  for (const std::size_t place : ring_) around += boxValues[place];
  return inside - areaRatio() * around;
}

SeenFocus seenFocus(const PlanarProblem& problem, std::size_t number, const Disc& disc,
                    const image::Point& point, double opticalDepth, double sourceSigmaMm) {
  const CalibratedView& view = problem.views[number];
  const Nuisances& nuisances = problem.nuisances;
  const bool posterior = std::cos(view.head.angleDegrees * std::numbers::pi / 180) < -0.5;
  SeenFocus seen;
  seen.amplitude = view.exposureSeconds * nuisances.sensitivity.value *
                   factorOf(nuisances.headGain, view.headNumber) *
                   factorOf(nuisances.windowGain, view.windowNumber) *
                   (posterior ? std::exp(-nuisances.tableOpticalDepth.value) : 1);
  const projection::Picture& picture = view.picture;
  seen.u = picture.centreU + (disc.column + 0.5 - static_cast<double>(picture.columns) / 2) * picture.pixelMm;
  seen.z = picture.topMm + (disc.row + 0.5) * picture.pixelMm;
  seen.distanceMm = std::max(0.0, projection::seenFrom(view.head, point).distanceMm);
  const auto head = static_cast<std::size_t>(view.headNumber);
  if (view.headNumber >= 0 && head < nuisances.planeMm.size())
    seen.distanceMm = std::max(0.0, seen.distanceMm + nuisances.planeMm[head].value - view.head.planeMm);
  seen.opticalDepth = std::max(0.0, opticalDepth);
  seen.semiAcrossMm = seen.semiAlongMm = std::sqrt(5.0) * sourceSigmaMm;
  seen.tailScale = nuisances.tailScale.value;
  return seen;
}

}  // namespace remnant::quantify

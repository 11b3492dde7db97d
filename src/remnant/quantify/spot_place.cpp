#include "remnant/quantify/spot_place.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace remnant::quantify {
namespace {

constexpr double kCoarseStepMm = 2, kReachSigmas = 5, kWidthReachSigmas = 3;
constexpr int kFineSteps = 6;  ///< of half a standard deviation
constexpr double kLogWidthStep = 0.1;
constexpr int kNewtonSteps = 30;
constexpr double kShareTolerance = 1e-6;
constexpr double kLeastCounts = 1e-6;

/// Pixels about a mark, and what a source adds to them.
class Surroundings {
 public:
  Surroundings(const PlanarProblem& problem, const NeckOptics& optics, const Disc& disc,
               const std::vector<Disc>& others, const RegionConfig& regions, double depthMm)
      : problem_(problem),
        optics_(optics),
        radiusMm_(disc.radius * problem.views.front().picture.pixelMm),
        depthMm_(depthMm),
        pixels_(problem.views.front(), disc, others, withoutGap(regions)),
        model_(problem.views.front(), pixels_.box(), optics.waterAttenuationPerMm()),
        values_(model_.pixels()) {
    const image::Counts& all = problem.views.front().counts;
    for (const std::size_t place : pixels_.places())
      counts_.push_back(all.at(pixels_.box().y + place / pixels_.box().width,
                               pixels_.box().x + place % pixels_.box().width));
  }

  const std::vector<double>& counts() const { return counts_; }

  /// Of one MBq, in the order of counts().
  std::vector<double> imageOf(const FocusSeed& place, double widthMm) {
    const Disc disc = discsAbout(problem_, optics_, place, depthMm_, radiusMm_).front();
    const image::Point point{place.x, optics_.columnAt(place.x, place.z).anteriorSkinY + depthMm_, place.z};
    const double opticalDepth = optics_.ray(point, problem_.views.front().head).opticalDepth;
    model_.evaluate(seenFocus(problem_, 0, disc, point, opticalDepth, widthMm), values_.data(), false);
    std::vector<double> image;
    for (const std::size_t pixel : pixels_.places()) image.push_back(values_[pixel]);
    return image;
  }

 private:
  static RegionConfig withoutGap(RegionConfig regions) {
    regions.ringInner = 1;
    return regions;
  }

  const PlanarProblem& problem_;
  const NeckOptics& optics_;
  double radiusMm_, depthMm_;
  RegionPixels pixels_;
  PixelModel model_;
  std::vector<double> values_, counts_;
};

/// Of the counts, what share an image of mean 1 has best, the rest being level; Newton's steps, as the
/// log-likelihood is concave in it.
double bestShare(const std::vector<double>& counts, const std::vector<double>& image) {
  double share = 0.5;
  for (int step = 0; step < kNewtonSteps; ++step) {
    double slope = 0, curvature = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const double change = image[i] - 1, ratio = change / (1 + share * change);
      slope += counts[i] * ratio;
      curvature += counts[i] * ratio * ratio;
    }
    if (!(curvature > 0)) break;
    const double next = std::clamp(share + slope / curvature, share / 4, 1 - (1 - share) / 4);
    if (std::abs(next - share) < kShareTolerance) break;
    share = next;
  }
  return share;
}

/// Poisson log-likelihood of a level background and so much of an image as fits best, neither below nothing.
/// At the best the expected counts sum to those counted, so that only their share is to be found.
double bestLogLikelihood(const std::vector<double>& counts, std::vector<double> image) {
  const auto number = static_cast<double>(counts.size());
  const double mean = std::accumulate(counts.begin(), counts.end(), 0.0) / number;
  const double shown = std::accumulate(image.begin(), image.end(), 0.0);
  if (!(shown > 0)) return -std::numeric_limits<double>::infinity();
  for (double& value : image) value *= number / shown;
  const double share = bestShare(counts, image);
  double sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i)
    sum += counts[i] * std::log(std::max(mean * (1 + share * (image[i] - 1)), kLeastCounts));
  return sum;
}

/// Mean and variance under weights given by their logarithms.
struct Weighted {
  double mean = 0, variance = 0;
};

Weighted weighted(const std::vector<double>& values, const std::vector<double>& logWeights) {
  const double most = *std::max_element(logWeights.begin(), logWeights.end());
  double sum = 0, first = 0, second = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double weight = std::exp(logWeights[i] - most);
    sum += weight;
    first += weight * values[i];
    second += weight * values[i] * values[i];
  }
  return {first / sum, std::max(0.0, second / sum - first * first / (sum * sum))};
}

/// Where a place is looked for: a square of so many steps on each side.
struct PlaceGrid {
  FocusSeed middle;
  double stepMm = 1;
  int steps = 0;
};

struct PlaceFound {
  FocusSeed place;
  double variance = 0;  ///< along one axis
};

PlaceFound placeOn(const PlaceGrid& grid, const FocusSeed& mark, Surroundings& surroundings,
                   const SpotPlaceConfig& config) {
  std::vector<double> x, z, logWeights;
  for (int down = -grid.steps; down <= grid.steps; ++down)
    for (int across = -grid.steps; across <= grid.steps; ++across) {
      const FocusSeed place{grid.middle.x + across * grid.stepMm, grid.middle.z + down * grid.stepMm};
      const double away = std::hypot(place.x - mark.x, place.z - mark.z) / config.markSigmaMm;
      x.push_back(place.x);
      z.push_back(place.z);
      logWeights.push_back(
          bestLogLikelihood(surroundings.counts(), surroundings.imageOf(place, config.widthMedianMm)) -
          away * away / 2);
    }
  const Weighted acrossBody = weighted(x, logWeights), alongBody = weighted(z, logWeights);
  return {{acrossBody.mean, alongBody.mean}, (acrossBody.variance + alongBody.variance) / 2};
}

/// Far and coarse, then as fine as it is known.
PlaceFound placeAbout(const FocusSeed& mark, Surroundings& surroundings, const SpotPlaceConfig& config) {
  const int reach = static_cast<int>(std::ceil(kReachSigmas * config.markSigmaMm / kCoarseStepMm));
  const PlaceFound coarse = placeOn({mark, kCoarseStepMm, reach}, mark, surroundings, config);
  const double sigmaMm = std::max(std::sqrt(coarse.variance), kCoarseStepMm / 2);
  return placeOn({coarse.place, sigmaMm / 2, kFineSteps}, mark, surroundings, config);
}

Known widthAt(const PlaceFound& found, Surroundings& surroundings, const SpotPlaceConfig& config) {
  std::vector<double> widths, logWeights;
  const int steps = static_cast<int>(std::ceil(kWidthReachSigmas * config.widthSigmaLog / kLogWidthStep));
  for (int step = -steps; step <= steps; ++step) {
    const double logWidth = step * kLogWidthStep, away = logWidth / config.widthSigmaLog;
    widths.push_back(config.widthMedianMm * std::exp(logWidth));
    logWeights.push_back(
        bestLogLikelihood(surroundings.counts(), surroundings.imageOf(found.place, widths.back())) -
        away * away / 2);
  }
  const Weighted own = weighted(widths, logWeights);
  const double ofGrid = own.mean * kLogWidthStep / std::sqrt(12.0);
  return {std::sqrt(own.mean * own.mean + found.variance), std::hypot(std::sqrt(own.variance), ofGrid)};
}

}  // namespace

SpotPlace placeOfSpot(const PlanarProblem& problem, const NeckOptics& optics,
                      const std::vector<FocusSeed>& marks, const std::vector<FocusDiscs>& discs,
                      std::size_t k, double depthMm, const RegionConfig& regions,
                      const SpotPlaceConfig& config) {
  std::vector<Disc> others;
  for (std::size_t other = 0; other < discs.size(); ++other)
    if (other != k) others.push_back(discs[other].front());
  Surroundings aboutMark(problem, optics, discs[k].front(), others, regions, depthMm);
  const FocusSeed near = placeAbout(marks[k], aboutMark, config).place;
  // Far from its mark the spot lies half outside the disc and the ring.
  const double radiusMm = discs[k].front().radius * problem.views.front().picture.pixelMm;
  const Disc disc = discsAbout(problem, optics, near, depthMm, radiusMm).front();
  Surroundings surroundings(problem, optics, disc, others, regions, depthMm);
  const PlaceFound found = placeAbout(marks[k], surroundings, config);
  return {found.place, widthAt(found, surroundings, config)};
}

}  // namespace remnant::quantify

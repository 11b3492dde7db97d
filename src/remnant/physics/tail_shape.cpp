#include "remnant/physics/tail_shape.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <numbers>

namespace remnant::physics {
namespace {

constexpr double kRays = 6;
/// Radii lie at scale x sinh(index x step): even near the origin, in proportion further out.
constexpr double kRadialStep = 0.05;
constexpr double kLogBlurStep = 0.25;
constexpr double kLeastBlurMm = 0.5;
constexpr double kNearestMm = 10, kFarthestMm = 600, kMostExtraBlurMm = 12;
constexpr double kLengths = 12;
constexpr double kAsymptoticSigmas = 25;

/// exp(-x) I_n(x) for n = 0, 6, 12 ..., by downward recurrence (Miller), normalised by
/// exp(-x) (I_0 + 2 I_1 + 2 I_2 + ...) = 1.
std::array<double, kTailHarmonics + 1> scaledBessel(double x) {
  std::array<double, kTailHarmonics + 1> values{};
  if (x < 1e-9) {
    values[0] = 1;
    return values;
  }
  constexpr int kStep = static_cast<int>(kRays);
  const int highest = kStep * static_cast<int>(kTailHarmonics);
  const double perX = 2 / x;
  double above = 0, here = 1e-280, sum = 0;
  for (int order = highest + 12 + static_cast<int>(6.5 * std::sqrt(x)); order > 0; --order) {
    if (order % kStep == 0 && order <= highest) values[static_cast<std::size_t>(order / kStep)] = here;
    sum += 2 * here;
    const double below = order * perX * here + above;
    above = here;
    here = below;
    if (here > 1e200) {
      for (double* number : {&above, &here, &sum}) *number *= 1e-200;
      for (double& value : values) value *= 1e-200;
    }
  }
  values[0] = here;
  for (double& value : values) value /= sum + here;
  return values;
}

/// Weight of cos(6 k phi) in C6: wrapped Gaussians, by their Fourier series.
double harmonicWeight(std::size_t k, double rayWidthDegrees) {
  const double angle = kRays * static_cast<double>(k) * rayWidthDegrees * std::numbers::pi / 180;
  return k == 0 ? 1 : 2 * std::exp(-angle * angle / 2);
}

double exponential(const Tail& tail, double radius) {
  return tail.fraction * std::exp(-radius / tail.lengthMm) /
         (2 * std::numbers::pi * tail.lengthMm * tail.lengthMm);
}

using Harmonics = std::array<double, kTailHarmonics + 1>;

/// Adds `tail` with the radial parts of its harmonics given.
void addTail(const PointResponse& response, const Tail& tail, const Harmonics& radial, Harmonics& sum) {
  for (std::size_t k = 0; k <= kTailHarmonics; ++k)
    sum[k] += radial[k] * harmonicWeight(k, response.rayWidthDegrees) * (k == 0 ? 1 : tail.modulation);
}

Harmonics farHarmonics(const PointResponse& response, double radius, double sigma) {
  Harmonics sum{};
  for (const Tail& tail : response.tails) {
    Harmonics radial{};
    for (std::size_t k = 0; k <= kTailHarmonics; ++k) {
      const double order = kRays * static_cast<double>(k);
      const double laplacian = 1 / (tail.lengthMm * tail.lengthMm) - 1 / (radius * tail.lengthMm) -
                               order * order / (radius * radius);
      radial[k] = exponential(tail, radius) * std::exp(sigma * sigma / 2 * laplacian);
    }
    addTail(response, tail, radial, sum);
  }
  return sum;
}

Harmonics nearHarmonics(const PointResponse& response, double radius, double sigma) {
  constexpr double kSigmas = 7;
  double shortest = response.tails.front().lengthMm;
  for (const Tail& tail : response.tails) shortest = std::min(shortest, tail.lengthMm);
  const double from = std::max(0.0, radius - kSigmas * sigma), to = radius + kSigmas * sigma;
  const int intervals = 2 * static_cast<int>(std::ceil(std::max(36.0, 2 * (to - from) / shortest)));
  const double step = (to - from) / intervals, variance = sigma * sigma;
  std::vector<Harmonics> radial(response.tails.size(), Harmonics{});
  for (int index = 0; index <= intervals; ++index) {
    const double s = from + index * step;
    const double simpson = index == 0 || index == intervals ? 1 : index % 2 == 1 ? 4 : 2;
    const double weight =
        simpson * step / 3 * s / variance * std::exp(-(radius - s) * (radius - s) / (2 * variance));
    const Harmonics bessel = scaledBessel(radius * s / variance);
    for (std::size_t tail = 0; tail < response.tails.size(); ++tail) {
      const double here = weight * exponential(response.tails[tail], s);
      for (std::size_t k = 0; k <= kTailHarmonics; ++k) radial[tail][k] += here * bessel[k];
    }
  }
  Harmonics sum{};
  for (std::size_t tail = 0; tail < response.tails.size(); ++tail)
    addTail(response, response.tails[tail], radial[tail], sum);
  return sum;
}

/// Cubic convolution between four neighbours.
struct Taps {
  std::array<double, 4> weight, slope;
};

Taps tapsAt(double t) {
  return {{((-0.5 * t + 1) * t - 0.5) * t, (1.5 * t - 2.5) * t * t + 1, ((-1.5 * t + 2) * t + 0.5) * t,
           (0.5 * t - 0.5) * t * t},
          {(-1.5 * t + 2) * t - 0.5, (4.5 * t - 5) * t, (-4.5 * t + 4) * t + 0.5, (1.5 * t - 1) * t}};
}

}  // namespace

/// Where a point lies among the knots, and the cosines and sines of 6 k (phi - phi0).
struct TailProfile::Direction {
  Direction(const TailProfile& profile, double dx, double dz)
      : radius(std::sqrt(dx * dx + dz * dz)), reduced(radius / profile.factor_) {
    const double x = radius > 0 ? dx / radius : 1, z = radius > 0 ? dz / radius : 0;
    const double x2 = x * x - z * z, z2 = 2 * x * z;
    const double x6 = x2 * (x2 * x2 - 3 * z2 * z2), z6 = z2 * (3 * x2 * x2 - z2 * z2);
    const double c = x6 * profile.turnCosine_ + z6 * profile.turnSine_,
                 s = z6 * profile.turnCosine_ - x6 * profile.turnSine_;
    cosine[0] = 1;
    sine[0] = 0;
    for (std::size_t k = 1; k <= kTailHarmonics; ++k) {
      cosine[k] = cosine[k - 1] * c - sine[k - 1] * s;
      sine[k] = sine[k - 1] * c + cosine[k - 1] * s;
    }
    const double ratio = reduced / profile.scaleMm_, place = std::asinh(ratio) / kRadialStep;
    inside = place < static_cast<double>(profile.knots_.size()) - 3;
    if (!inside) return;
    const auto index = static_cast<std::size_t>(place);
    first = index;  // knots begin one before the origin
    taps = tapsAt(place - static_cast<double>(index));
    placeByReduced = 1 / (kRadialStep * profile.scaleMm_ * std::sqrt(1 + ratio * ratio));
  }

  double radius, reduced;
  Harmonics cosine, sine;
  bool inside = false;
  std::size_t first = 0;
  Taps taps{};
  double placeByReduced = 0;
};

double TailProfile::density(double dxMm, double dzMm) const {
  const Direction direction(*this, dxMm, dzMm);
  if (!direction.inside) return 0;
  double sum = 0;
  for (std::size_t tap = 0; tap < 4; ++tap) {
    const Knot& knot = knots_[direction.first + tap];
    double value = 0;
    for (std::size_t k = 0; k <= kTailHarmonics; ++k) value += knot.value[k] * direction.cosine[k];
    sum += direction.taps.weight[tap] * value;
  }
  return sum / (factor_ * factor_);
}

TailDensity TailProfile::at(double dxMm, double dzMm) const {
  const Direction direction(*this, dxMm, dzMm);
  if (!direction.inside) return {};
  double value = 0, byReduced = 0, byTurn = 0, byLogBlur = 0;
  for (std::size_t tap = 0; tap < 4; ++tap) {
    const Knot& knot = knots_[direction.first + tap];
    double even = 0, odd = 0, byBlur = 0;
    for (std::size_t k = 0; k <= kTailHarmonics; ++k) {
      even += knot.value[k] * direction.cosine[k];
      odd -= kRays * static_cast<double>(k) * knot.value[k] * direction.sine[k];
      byBlur += knot.byLogBlur[k] * direction.cosine[k];
    }
    value += direction.taps.weight[tap] * even;
    byReduced += direction.taps.slope[tap] * even;
    byTurn += direction.taps.weight[tap] * odd;
    byLogBlur += direction.taps.weight[tap] * byBlur;
  }
  byReduced *= direction.placeByReduced;
  const double area = 1 / (factor_ * factor_);
  TailDensity density{.value = value * area};
  if (direction.radius > 0) {
    const double byRadius = byReduced * area / factor_, across = byTurn * area / direction.radius;
    const double x = dxMm / direction.radius, z = dzMm / direction.radius;
    density.byU = byRadius * x - across * z;
    density.byZ = byRadius * z + across * x;
  }
  // Lengths grow with the factor while the blur stays.
  density.byDistance = -(2 * value + direction.reduced * byReduced + byLogBlur) * area * factorByDistance_;
  density.byVariance = byLogBlur * area / (2 * varianceMm2_);
  return density;
}

TailShape::TailShape(const PointResponse& response)
    : lengthMm_(response.collimator.lengthMm),
      statedDistanceMm_(response.statedDistanceMm),
      blurMm_(std::max(response.tailBlurMm(), kLeastBlurMm)) {
  const double whole = statedDistanceMm_ + lengthMm_;
  const double least = blurMm_ * whole / (kFarthestMm + lengthMm_),
               most = std::hypot(blurMm_, kMostExtraBlurMm) * whole / (kNearestMm + lengthMm_);
  double longest = 0;
  for (const Tail& tail : response.tails) longest = std::max(longest, tail.lengthMm);
  firstLogBlur_ = std::log(least) - kLogBlurStep;
  scaleMm_ = 4 * least;
  const auto blurs = static_cast<std::size_t>(std::ceil(std::log(most / least) / kLogBlurStep)) + 3;
  const double reach = kLengths * longest + 5 * most;
  const auto radii = static_cast<std::size_t>(std::ceil(std::asinh(reach / scaleMm_) / kRadialStep)) + 3;
  tables_.assign(blurs, std::vector<TailProfile::Harmonics>(radii));
  for (std::size_t blur = 0; blur < blurs; ++blur)
    for (std::size_t index = 0; index < radii; ++index) {
      const double sigma = std::exp(firstLogBlur_ + static_cast<double>(blur) * kLogBlurStep);
      const double radius = scaleMm_ * std::sinh(static_cast<double>(index) * kRadialStep);
      tables_[blur][index] = radius > kAsymptoticSigmas * sigma ? farHarmonics(response, radius, sigma)
                                                                : nearHarmonics(response, radius, sigma);
    }
}

TailProfile TailShape::profile(double distanceMm, double rayAngleDegrees, double extraVarianceMm2) const {
  TailProfile profile;
  profile.factor_ = (distanceMm + lengthMm_) / (statedDistanceMm_ + lengthMm_);
  profile.factorByDistance_ = 1 / (distanceMm + lengthMm_);
  profile.varianceMm2_ = blurMm_ * blurMm_ + extraVarianceMm2;
  profile.turnCosine_ = std::cos(kRays * rayAngleDegrees * std::numbers::pi / 180);
  profile.turnSine_ = std::sin(kRays * rayAngleDegrees * std::numbers::pi / 180);
  profile.scaleMm_ = scaleMm_;
  const double logBlur = std::log(std::sqrt(profile.varianceMm2_) / profile.factor_);
  const double last = static_cast<double>(tables_.size()) - 3;
  const double wanted = (logBlur - firstLogBlur_) / kLogBlurStep, place = std::clamp(wanted, 1.0, last);
  const auto index = std::min(static_cast<std::size_t>(place), tables_.size() - 3);
  const Taps taps = tapsAt(place - static_cast<double>(index));
  const double perLogBlur = wanted == place ? 1 / kLogBlurStep : 0;
  const std::size_t radii = tables_.front().size();
  profile.knots_.resize(radii + 1);
  for (std::size_t radius = 0; radius < radii; ++radius) {
    TailProfile::Knot& knot = profile.knots_[radius + 1];
    for (std::size_t tap = 0; tap < 4; ++tap) {
      const TailProfile::Harmonics& table = tables_[index + tap - 1][radius];
      for (std::size_t k = 0; k <= kTailHarmonics; ++k) {
        knot.value[k] += taps.weight[tap] * table[k];
        knot.byLogBlur[k] += taps.slope[tap] * perLogBlur * table[k];
      }
    }
  }
  // All harmonics are even in the radius.
  profile.knots_[0] = profile.knots_[2];
  return profile;
}

std::shared_ptr<const TailShape> tailShapeOf(const PointResponse& response) {
  static std::mutex mutex;
  static std::map<std::vector<double>, std::shared_ptr<const TailShape>> shapes;
  constexpr std::size_t kKept = 64;
  std::vector<double> key{response.collimator.lengthMm, response.statedDistanceMm, response.rayWidthDegrees,
                          response.tailBlurMm()};
  for (const Tail& tail : response.tails)
    key.insert(key.end(), {tail.fraction, tail.lengthMm, tail.modulation});
  const std::lock_guard lock(mutex);
  if (const auto found = shapes.find(key); found != shapes.end()) return found->second;
  if (shapes.size() >= kKept) shapes.clear();
  return shapes[key] = std::make_shared<const TailShape>(response);
}

}  // namespace remnant::physics

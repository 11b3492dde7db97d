#include "remnant/montecarlo/direction_cones.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace remnant::montecarlo {

namespace {

/// Of the draws. A share goes as the cone's solid angle times the root of the chance to be counted, for the
/// least variance: few photons of the widest cone get through, but each of them weighs much.
constexpr std::array<double, 6> kShares{0.2, 0.08, 0.08, 0.12, 0.17, 0.35};

}  // namespace

DirectionCones::DirectionCones(double narrowestDegrees, double widestDegrees) {
  const double step = std::pow(widestDegrees / narrowestDegrees, 1.0 / (kCones - 1));
  for (std::size_t i = 0; i < kCones; ++i)
    cosines_[i] =
        std::cos(narrowestDegrees * std::pow(step, static_cast<double>(i)) * std::numbers::pi / 180);
}

/// Per steradian.
double DirectionCones::density(double cosine) const {
  double sum = 0;
  for (std::size_t i = 0; i < kCones; ++i)
    if (cosine >= cosines_[i]) sum += kShares[i] / (2 * std::numbers::pi * (1 - cosines_[i]));
  return sum;
}

DirectionCones::Draw DirectionCones::draw(RandomStream& stream) const {
  double which = stream.uniform();
  std::size_t cone = 0;
  while (cone + 1 < kCones && which >= kShares[cone]) which -= kShares[cone++];
  const double cosine = 1 - stream.uniform() * (1 - cosines_[cone]);
  const double sine = std::sqrt(std::max(0.0, 1 - cosine * cosine));
  const double phi = 2 * std::numbers::pi * stream.uniform();
  return {{sine * std::cos(phi), sine * std::sin(phi), cosine}, 1 / (4 * std::numbers::pi * density(cosine))};
}

}  // namespace remnant::montecarlo

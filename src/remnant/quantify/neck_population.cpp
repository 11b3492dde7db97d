#include "remnant/quantify/neck_population.h"

#include <algorithm>
#include <cmath>

#include "remnant/base/random.h"
#include "remnant/physics/attenuation.h"

namespace remnant::quantify {
namespace {

/// Density for which the table states bone's attenuation.
constexpr double kTabulatedBoneDensity = 1.5;
constexpr double kEdgeMm = 1;         ///< over which the share falls
constexpr double kLeastShare = 1e-3;  ///< so that no point is without a neck
constexpr double kLeastDiameterMm = 70;

/// Length of the part t > 0 of a line inside a conic a t^2 + 2 b t + c < 0.
double forwardChord(double a, double b, double c) {
  const double discriminant = b * b - a * c;
  if (discriminant <= 0) return 0;
  const double root = std::sqrt(discriminant);
  const double far = (-b + root) / a, near = (-b - root) / a;
  return std::max(far, 0.0) - std::max(near, 0.0);
}

double chordInCircle(const Circle& circle, double x, double y, double ux, double uy) {
  const double dx = x - circle.x, dy = y - circle.y;
  return forwardChord(1, dx * ux + dy * uy, dx * dx + dy * dy - circle.radiusMm * circle.radiusMm);
}

double shareOutside(const Circle& circle, double x, double y) {
  const double outside = std::hypot(x - circle.x, y - circle.y) - circle.radiusMm;
  return 1 / (1 + std::exp(-outside / kEdgeMm));
}

/// Half the height of the section over x, over half its depth. across: |x| from the midline over half the
/// width, at most 1.
double heightOver(double across, double exponent) {
  return std::pow(1 - std::pow(across, exponent), 1 / exponent);
}

double heightAt(const NeckSection& neck, double x) {
  return heightOver(std::min(std::abs(x - neck.midlineX) / neck.halfWidthMm, 0.98), neck.exponent);
}

/// Where f, which is negative at `inside` and positive at `outside`, is zero.
template <typename Function>
double rootBetween(double inside, double outside, const Function& f) {
  constexpr int kHalvings = 40;
  for (int halving = 0; halving < kHalvings; ++halving) {
    const double middle = (inside + outside) / 2;
    (f(middle) < 0 ? inside : outside) = middle;
  }
  return inside;
}

/// Where a convex f is least, by golden section.
template <typename Function>
double deepestOf(double from, double to, const Function& f) {
  constexpr int kSteps = 60;
  constexpr double kGolden = 0.6180339887498949;
  for (int step = 0; step < kSteps; ++step) {
    const double left = to - kGolden * (to - from), right = from + kGolden * (to - from);
    if (f(left) < f(right))
      to = right;
    else
      from = left;
  }
  return (from + to) / 2;
}

/// Length of the part t > 0 of the line (px, py) + t (vx, vy) inside |x|^exponent + |y|^exponent < 1.
double chordInSuperellipse(double px, double py, double vx, double vy, double exponent) {
  constexpr double kAlongTheAxis = 1e-9;
  if (std::abs(vx) < kAlongTheAxis * std::abs(vy)) {
    if (std::abs(px) >= 1) return 0;
    const double half = heightOver(std::abs(px), exponent), ahead = vy > 0 ? -py : py;
    return (std::max(ahead + half, 0.0) - std::max(ahead - half, 0.0)) / std::abs(vy);
  }
  const auto rim = [&](double t) {
    return std::pow(std::abs(px + t * vx), exponent) + std::pow(std::abs(py + t * vy), exponent) - 1;
  };
  const double reach = (2 + std::hypot(px, py)) / std::hypot(vx, vy);
  const double deepest = deepestOf(-reach, reach, rim);
  if (rim(deepest) >= 0) return 0;
  const double far = rootBetween(deepest, reach, rim), near = rootBetween(deepest, -reach, rim);
  return std::max(far, 0.0) - std::max(near, 0.0);
}

}  // namespace

double NeckSection::anteriorSkinY(double x) const {
  return halfDepthMm * (1 - heightAt(*this, x));
}

double NeckSection::thicknessMm(double x) const {
  return 2 * halfDepthMm * heightAt(*this, x);
}

double NeckSection::opticalDepth(double x, double y, double ux, double uy) const {
  const double px = (x - midlineX) / halfWidthMm, py = (y - halfDepthMm) / halfDepthMm;
  const double vx = ux / halfWidthMm, vy = uy / halfDepthMm;
  const double neck = chordInSuperellipse(px, py, vx, vy, exponent);
  const double air = chordInCircle(trachea, x, y, ux, uy);
  const double bone = chordInCircle(spine, x, y, ux, uy);
  return tissuePerMm * (neck - air - bone) + bonePerMm * bone;
}

double NeckSection::tissueShare(double x, double y) const {
  return kLeastShare + shareOutside(trachea, x, y) * shareOutside(spine, x, y);
}

NeckSection neckSection(const NeckMean& mean, const NeckPopulation& population,
                        const Eigen::Matrix<double, 1, kNeckCauses>& causes) {
  using physics::attenuationPerMm, physics::Material;
  const auto drawn = [&](double value, double sigma, NeckCause cause) {
    return value + sigma * causes(static_cast<Eigen::Index>(cause));
  };
  NeckSection neck;
  neck.midlineX = drawn(mean.midlineX, mean.midlineSigmaMm, kMidline);
  neck.halfWidthMm = std::max(drawn(mean.widthMm, mean.widthSigmaMm, kWidth), kLeastDiameterMm) / 2;
  neck.halfDepthMm = std::max(drawn(mean.depthMm, mean.depthSigmaMm, kDepth), kLeastDiameterMm) / 2;
  neck.exponent = std::max(2.0, drawn(population.exponent, population.exponentSigma, kExponent));
  const double matter = drawn(1, population.attenuationRelativeSigma, kAttenuation);
  const double density = drawn(population.spineDensity, population.spineDensitySigma, kSpineDensity);
  neck.tissuePerMm = matter * attenuationPerMm(Material::kSoftTissue, mean.keV);
  neck.bonePerMm = attenuationPerMm(Material::kBone, mean.keV) * density / kTabulatedBoneDensity;
  const double trachea = drawn(population.tracheaRadiusMm, population.tracheaRadiusSigmaMm, kTracheaRadius);
  const double front = drawn(population.tracheaFrontMm, population.tracheaFrontSigmaMm, kTracheaFront);
  neck.trachea = {neck.midlineX, front + trachea, trachea};
  const double place = drawn(population.spinePlace, population.spinePlaceSigma, kSpinePlace);
  const double spine = drawn(population.spineRadiusMm, population.spineRadiusSigmaMm, kSpineRadius);
  // A thick trachea in a thin neck touches the spine, and no further.
  const double spineY = std::max(place * 2 * neck.halfDepthMm, neck.trachea.y + trachea + spine);
  neck.spine = {neck.midlineX, spineY, spine};
  return neck;
}

Eigen::MatrixXd drawnCauses(const NeckPopulation& population) {
  const auto necks = static_cast<Eigen::Index>(population.necks);
  Eigen::MatrixXd causes(necks, kNeckCauses);
  for (Eigen::Index neck = 0; neck < necks; ++neck) {
    RandomStream random(population.seed, static_cast<std::uint32_t>(neck));
    for (Eigen::Index cause = 0; cause < causes.cols(); ++cause) causes(neck, cause) = random.normal();
  }
  for (Eigen::Index cause = 0; cause < causes.cols(); ++cause) {
    auto column = causes.col(cause);
    column.array() -= column.mean();
    for (Eigen::Index before = 0; before < cause; ++before)
      column -= causes.col(before) * (causes.col(before).dot(column) / causes.col(before).squaredNorm());
    column *= std::sqrt(static_cast<double>(necks) / column.squaredNorm());
  }
  return causes;
}

}  // namespace remnant::quantify

#include "remnant/phantom/solid.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace remnant::phantom {

std::optional<Span> Cylinder::spanAt(double lineX, double lineZ) const {
  if (lineZ < topMm || lineZ > bottomMm) return std::nullopt;
  const double across = std::abs(lineX - x) / semiX;
  if (across >= 1) return std::nullopt;
  const double half = exponent == 2 ? semiY * std::sqrt(1 - across * across)
                                    : semiY * std::pow(1 - std::pow(across, exponent), 1 / exponent);
  return Span{y - half, y + half};
}

double Cylinder::volumeMl() const {
  // Area of a superellipse: 4 a b Gamma(1 + 1/n)^2 / Gamma(1 + 2/n).
  const double corner = std::tgamma(1 + 1 / exponent);
  return 4 * semiX * semiY * corner * corner / std::tgamma(1 + 2 / exponent) * (bottomMm - topMm) / 1000;
}

Bounds boundsOf(const Shape& shape) {
  if (const auto* ellipsoid = std::get_if<Ellipsoid>(&shape)) {
    const Point &c = ellipsoid->centre, &a = ellipsoid->semiAxes;
    return {{c.x - a.x, c.y - a.y, c.z - a.z}, {c.x + a.x, c.y + a.y, c.z + a.z}};
  }
  const auto& cylinder = std::get<Cylinder>(shape);
  return {{cylinder.x - cylinder.semiX, cylinder.y - cylinder.semiY, cylinder.topMm},
          {cylinder.x + cylinder.semiX, cylinder.y + cylinder.semiY, cylinder.bottomMm}};
}

Point centreOf(const Shape& shape) {
  const Bounds bounds = boundsOf(shape);
  return {(bounds.least.x + bounds.most.x) / 2, (bounds.least.y + bounds.most.y) / 2,
          (bounds.least.z + bounds.most.z) / 2};
}

double volumeMl(const Shape& shape) {
  return std::visit([](const auto& kind) { return kind.volumeMl(); }, shape);
}

std::optional<Span> spanAt(const Shape& shape, double x, double z) {
  return std::visit([&](const auto& kind) { return kind.spanAt(x, z); }, shape);
}

void shift(double lateralMm, Shape& shape) {
  if (auto* ellipsoid = std::get_if<Ellipsoid>(&shape))
    ellipsoid->centre.x += lateralMm;
  else
    std::get<Cylinder>(shape).x += lateralMm;
}

double Solid::attenuationPerMm(double keV) const {
  return physics::attenuationPerMm(material, keV) * relativeDensity;
}

std::optional<Span> skinAt(const std::vector<Solid>& solids, double x, double z) {
  std::optional<Span> skin;
  for (const Solid& solid : solids) {
    if (solid.material == physics::Material::kAir) continue;
    const auto span = spanAt(solid.shape, x, z);
    if (!span) continue;
    skin = skin ? Span{std::min(skin->front, span->front), std::max(skin->back, span->back)} : *span;
  }
  return skin;
}

double waterEquivalentDepthMm(const std::vector<Solid>& solids, const Point& point, double keV) {
  struct Stretch {
    Span span;
    double attenuationPerMm;
  };
  std::vector<Stretch> stretches;
  std::vector<double> cuts{point.y};
  for (const Solid& solid : solids) {
    const auto span = spanAt(solid.shape, point.x, point.z);
    if (!span || span->front >= point.y) continue;
    stretches.push_back({*span, solid.attenuationPerMm(keV)});
    cuts.push_back(span->front);
    cuts.push_back(std::min(span->back, point.y));
  }
  std::sort(cuts.begin(), cuts.end());
  double opticalDepth = 0;
  for (std::size_t cut = 0; cut + 1 < cuts.size(); ++cut) {
    const double middle = (cuts[cut] + cuts[cut + 1]) / 2;
    const auto last = std::find_if(stretches.rbegin(), stretches.rend(), [&](const Stretch& stretch) {
      return stretch.span.front <= middle && middle <= stretch.span.back;
    });
    if (last != stretches.rend()) opticalDepth += last->attenuationPerMm * (cuts[cut + 1] - cuts[cut]);
  }
  return opticalDepth / physics::attenuationPerMm(physics::Material::kWater, keV);
}

}  // namespace remnant::phantom

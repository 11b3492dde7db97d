#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "remnant/phantom/ellipsoid.h"
#include "remnant/physics/attenuation.h"

/// The solids that simulated patients are made of.
namespace remnant::phantom {

/// A cylinder along z over a superellipse |x/a|^n + |y/b|^n <= 1.
struct Cylinder {
  double x = 0, y = 0;          ///< of the axis
  double semiX = 0, semiY = 0;  ///< each > 0
  double exponent = 2;          ///< n; 2 is an ellipse, more is nearer to a rectangle
  double topMm = 0;             ///< least z
  double bottomMm = 0;          ///< greatest z

  std::optional<Span> spanAt(double x, double z) const;
  double volumeMl() const;
};

using Shape = std::variant<Ellipsoid, Cylinder>;

/// The box that a shape just fits in.
struct Bounds {
  Point least, most;
};

Bounds boundsOf(const Shape& shape);
Point centreOf(const Shape& shape);
double volumeMl(const Shape& shape);
std::optional<Span> spanAt(const Shape& shape, double x, double z);
void shift(double lateralMm, Shape& shape);

/// A shape filled with matter. Solids are painted in the order of their list: a later one replaces what lay
/// in its place.
struct Solid {
  Shape shape;
  physics::Material material = physics::Material::kSoftTissue;
  double relativeDensity = 1;  ///< over that of the table; bone is tabulated at 1.5 g/ml
  double perfusion = 1;        ///< concentration of circulating activity over that of soft tissue

  double attenuationPerMm(double keV) const;
};

/// y of the anterior and posterior skin on the line through (x, z): the ends of all that is not air; nullopt
/// beside the body.
std::optional<Span> skinAt(const std::vector<Solid>& solids, double x, double z);

/// Water that attenuates as much as what lies in front of the point, along y.
double waterEquivalentDepthMm(const std::vector<Solid>& solids, const Point& point, double keV);

}  // namespace remnant::phantom

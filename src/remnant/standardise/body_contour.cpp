#include "remnant/standardise/body_contour.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace remnant::standardise {
namespace {

/// Over the stature.
struct Corner {
  double down;
  double aside;
};

/// A line along the right edge of one part, with the body on the side of the midline where it goes down.
struct Stroke {
  BodyPart part;
  double share;  ///< of the say of the whole drawing, relative
  std::vector<Corner> corners;
};

/// The upper half of an ellipse, and down to the jaw.
std::vector<Corner> headLine() {
  constexpr double kHalfBreadth = 0.0435, kVertexToWidest = 0.065;
  constexpr int kSteps = 9;
  std::vector<Corner> line;
  for (int step = 0; step <= kSteps; ++step) {
    const double angle = step * std::numbers::pi / 2 / kSteps;
    line.push_back({kVertexToWidest * (1 - std::cos(angle)), kHalfBreadth * std::sin(angle)});
  }
  line.push_back({0.10, 0.98 * kHalfBreadth});
  return line;
}

/// The legs' inner edges go up, since their body is away from the midline.
std::vector<Stroke> strokesOf(double breadth) {
  const auto stretched = [breadth](std::vector<Corner> line) {
    for (Corner& corner : line) corner.aside *= breadth;
    return line;
  };
  return {{BodyPart::kHead, 1, headLine()},
          {BodyPart::kNeck, 0.4, {{0.135, 0.0365}, {0.160, 0.0365}}},
          {BodyPart::kShoulders, 1.2,
           stretched({{0.178, 0.043}, {0.186, 0.070}, {0.196, 0.095}, {0.208, 0.120}, {0.225, 0.137}})},
          {BodyPart::kArms, 1, stretched({{0.25, 0.141}, {0.32, 0.146}, {0.44, 0.146}})},
          {BodyPart::kLegs, 1,
           stretched({{0.55, 0.098}, {0.70, 0.096}, {0.85, 0.080}, {0.94, 0.070}, {0.985, 0.045}})},
          {BodyPart::kBetweenLegs, 0.5, stretched({{0.80, 0.010}, {0.58, 0.004}})}};
}

void drawLine(const Corner& from, const Corner& to, double statureMm, double spacingMm, BodyPart part,
              std::vector<ContourPoint>& points) {
  const double down = (to.down - from.down) * statureMm, aside = (to.aside - from.aside) * statureMm;
  const double lengthMm = std::hypot(down, aside);
  const int count = std::max(1, static_cast<int>(std::lround(lengthMm / spacingMm)));
  for (int i = 0; i < count; ++i) {
    const double along = (i + 0.5) / count;
    points.push_back({.downMm = from.down * statureMm + along * down,
                      .asideMm = from.aside * statureMm + along * aside,
                      .outwardDown = -aside / lengthMm,
                      .outwardAside = down / lengthMm,
                      .weight = lengthMm / count,
                      .part = part});
  }
}

void drawStroke(const Stroke& stroke, double statureMm, double spacingMm, double say,
                std::vector<ContourPoint>& points) {
  std::vector<ContourPoint> drawn;
  for (std::size_t i = 0; i + 1 < stroke.corners.size(); ++i)
    drawLine(stroke.corners[i], stroke.corners[i + 1], statureMm, spacingMm, stroke.part, drawn);
  double lengthMm = 0;
  for (const ContourPoint& point : drawn) lengthMm += point.weight;
  for (ContourPoint& point : drawn) {
    point.weight *= say * stroke.share / lengthMm;
    points.push_back(point);
  }
}

void addOtherSide(std::vector<ContourPoint>& points) {
  const std::size_t drawn = points.size();
  for (std::size_t i = 0; i < drawn; ++i) {
    ContourPoint point = points[i];
    point.asideMm = -point.asideMm;
    point.outwardAside = -point.outwardAside;
    points.push_back(point);
  }
}

}  // namespace

std::vector<ContourPoint> bodyContour(const BodyShape& shape, double spacingMm) {
  const auto strokes = strokesOf(shape.breadth);
  double shares = 0;
  for (const Stroke& stroke : strokes) shares += stroke.share;
  std::vector<ContourPoint> points;
  for (const Stroke& stroke : strokes) drawStroke(stroke, shape.statureMm, spacingMm, 0.5 / shares, points);
  for (ContourPoint& point : points)
    if (point.part == BodyPart::kHead || point.part == BodyPart::kNeck) point.downMm += shape.headLoweredMm;
  addOtherSide(points);
  return points;
}

}  // namespace remnant::standardise

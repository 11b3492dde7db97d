#pragma once

#include <vector>

/// A drawing of a patient who lies on the back with the arms beside the trunk, seen from the front.
namespace remnant::standardise {

enum class BodyPart { kHead, kNeck, kShoulders, kArms, kLegs, kBetweenLegs };

/// A point on the edge of the body. Lengths from the vertex (of a head that is not lowered) downwards and
/// from the midline to the image's right; `outward` is a unit vector away from the body.
struct ContourPoint {
  double downMm = 0;
  double asideMm = 0;
  double outwardDown = 0;
  double outwardAside = 0;
  double weight = 0;  ///< its say; all points together have 1, each part a share of its own
  BodyPart part = BodyPart::kHead;
};

struct BodyShape {
  double statureMm = 1680;
  double breadth = 1;  ///< stretches shoulders, arms and legs to the sides; 1 at a body mass index near 24
  double headLoweredMm = 0;  ///< head and neck against the trunk: short necks, raised shoulders, bent heads
};

/// How far down from the vertex the thyroid bed and the middle of a shoulder's reference region lie, and how
/// far aside the latter, over the stature. Where the head is lowered, the bed is by half as much.
inline constexpr double kThyroidDownOverStature = 0.163;
inline constexpr double kShoulderDownOverStature = 0.214;
inline constexpr double kShoulderAsideOverStature = 0.067;

/// Both sides of the drawing, points about `spacingMm` apart. The proportions begin with those of Drillis and
/// Contini 1966 (New York University, report 1166.03: chin 0.130, shoulders 0.182, hips 0.470 of the stature
/// below the vertex) and are moved to where counts fall to half between body and room on simulated patients,
/// a little inside of the skin; they were looked at on real bone scans.
std::vector<ContourPoint> bodyContour(const BodyShape& shape, double spacingMm);

}  // namespace remnant::standardise

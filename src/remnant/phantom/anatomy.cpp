#include <cmath>
#include <tuple>

#include "remnant/phantom/patient.h"

namespace remnant::phantom {
namespace {

constexpr double kReferenceHeightMm = 1700;
constexpr double kReferenceWeightKg = 70;

/// Sizes below are those of a person of 1.70 m and 70 kg, measured off a standing adult of average
/// proportions.
class BodyPlan {
 public:
  explicit BodyPlan(const Person& person)
      : along_(person.heightMm / kReferenceHeightMm),
        across_(std::sqrt(person.weightKg / kReferenceWeightKg / along_)) {}

  double z(double reference) const { return reference * along_; }
  double across(double reference) const { return reference * across_; }

  /// Trunk and limbs grow with weight.
  Ellipsoid trunk(Point centre, Point semiAxes) const {
    return {{centre.x * across_, centre.y * across_, centre.z * along_},
            {semiAxes.x * across_, semiAxes.y * across_, semiAxes.z * along_}};
  }
  /// Head and neck do not.
  Ellipsoid head(Point centre, Point semiAxes) const {
    return {{centre.x, centre.y, centre.z * along_}, {semiAxes.x, semiAxes.y, semiAxes.z * along_}};
  }

 private:
  double along_;
  double across_;
};

using physics::Material;

constexpr double kTabulatedBoneGramsPerMl = 1.5;
// Inferred. Little iodide passes the blood-brain barrier, but blood, meninges and scalp are not told apart
// here, and whole-body scans show the head.
constexpr double kMarrowPerfusion = 0.6;
constexpr double kBrainPerfusion = 0.8;
constexpr double kLungPerfusion = 0.6;

Solid bone(const Shape& shape, double gramsPerMl) {
  return {shape, Material::kBone, gramsPerMl / kTabulatedBoneGramsPerMl, kMarrowPerfusion};
}

Cylinder neckOf(const Person& person, const BodyPlan& plan) {
  return {.x = 0,
          .y = 0,
          .semiX = person.neckWidthMm / 2,
          .semiY = person.neckDepthMm / 2,
          .exponent = person.neckExponent,
          .topMm = plan.z(195),
          .bottomMm = plan.z(345)};
}

std::vector<Solid> bodyOf(const Person& person, const BodyPlan& plan) {
  std::vector<Solid> body;
  for (const Shape& shape : std::vector<Shape>{
           plan.head({0, 0, 115}, {75, 95, 115}),      // skull
           plan.head({0, -25, 175}, {60, 62, 55}),     // face and jaw
           neckOf(person, plan),                       //
           plan.trunk({0, 15, 366}, {195, 65, 60}),    // shoulders
           plan.trunk({0, 0, 480}, {165, 108, 190}),   // chest
           plan.trunk({0, 0, 660}, {152, 108, 190}),   // abdomen
           plan.trunk({0, 5, 830}, {172, 105, 130}),   // pelvis
           plan.trunk({205, 15, 580}, {42, 45, 260}),  // arms
           plan.trunk({-205, 15, 580}, {42, 45, 260}),
           plan.trunk({88, 15, 1260}, {75, 80, 420}),  // legs
           plan.trunk({-88, 15, 1260}, {75, 80, 420}),
       })
    body.push_back({shape});
  return body;
}

Cylinder tracheaOf(const Person& person, const BodyPlan& plan) {
  const double radius = person.tracheaDiameterMm / 2;
  return {.x = 0,
          .y = -person.neckDepthMm / 2 + person.tracheaFrontMm + radius,
          .semiX = radius,
          .semiY = radius,
          .topMm = plan.z(205),
          .bottomMm = plan.z(430)};
}

Cylinder spineOf(const Person& person, const BodyPlan& plan) {
  const double radius = person.spineDiameterMm / 2;
  return {.x = 0,
          .y = person.neckDepthMm * (person.spineCentreShare - 0.5),
          .semiX = radius,
          .semiY = radius,
          .topMm = plan.z(165),
          .bottomMm = plan.z(350)};
}

std::vector<Solid> innerOf(const Person& person, const BodyPlan& plan, const Anatomy& anatomy) {
  std::vector<Solid> inner;
  // The vault of the skull is 7 mm of bone under 5 mm of scalp.
  inner.push_back(bone(plan.head({0, 0, 105}, {70, 90, 100}), 1.6));
  inner.push_back({plan.head({0, 0, 105}, {63, 83, 93}), Material::kSoftTissue, 1, kBrainPerfusion});
  inner.push_back(bone(anatomy.spine, person.spineGramsPerMl));
  const double thoracicY = plan.across(52), radius = person.spineDiameterMm / 2 * 1.15;
  inner.push_back(bone(Cylinder{.x = 0,
                                .y = thoracicY,
                                .semiX = radius,
                                .semiY = radius,
                                .topMm = plan.z(350),
                                .bottomMm = plan.z(820)},
                       person.spineGramsPerMl));
  inner.push_back({anatomy.trachea, Material::kAir, 1, 0});
  return inner;
}

}  // namespace

Solid Anatomy::lungSolid(const Ellipsoid& lung) {
  return {lung, Material::kLung, 1, kLungPerfusion};
}

Anatomy anatomyOf(const Person& person) {
  const BodyPlan plan(person);
  Anatomy anatomy;
  anatomy.body = bodyOf(person, plan);
  anatomy.trachea = tracheaOf(person, plan);
  anatomy.spine = spineOf(person, plan);
  anatomy.thyroidBedZMm = plan.z(275);
  anatomy.bloodPool = {plan.trunk({12, -25, 480}, {55, 42, 55}), plan.trunk({0, -5, 390}, {24, 20, 50})};
  anatomy.neckTissue = plan.head({0, -12, 275}, {45, 34, 42});
  anatomy.shoulderTissue = {plan.trunk({-118, 12, 364}, {50, 42, 36}),
                            plan.trunk({118, 12, 364}, {50, 42, 36})};
  anatomy.lungs = {plan.trunk({-74, 5, 480}, {46, 70, 105}), plan.trunk({74, 5, 480}, {44, 68, 105})};
  // Common carotid artery and internal jugular vein of each side, behind the lobes' beds.
  for (const double side : {-1.0, 1.0})
    for (const auto& [x, behindTrachea, radius] : {std::tuple(27.0, 8.0, 3.5), std::tuple(34.0, 3.0, 6.0)})
      anatomy.vessels.push_back({.x = side * x,
                                 .y = anatomy.trachea.y + behindTrachea,
                                 .semiX = radius,
                                 .semiY = radius,
                                 .topMm = plan.z(215),
                                 .bottomMm = plan.z(365)});
  anatomy.parotids = {plan.head({-50, 0, 172}, {11, 16, 22}), plan.head({50, 0, 172}, {11, 16, 22})};
  anatomy.submandibulars = {plan.head({-27, -25, 212}, {10, 14, 9}), plan.head({27, -25, 212}, {10, 14, 9})};
  anatomy.colon = {plan.trunk({0, -50, 690}, {115, 22, 22}), plan.trunk({-95, -20, 770}, {24, 24, 60}),
                   plan.trunk({25, 25, 850}, {28, 25, 40})};
  anatomy.nose = plan.head({0, -72, 142}, {12, 15, 20});
  anatomy.mouth = plan.head({0, -52, 188}, {18, 15, 9});
  anatomy.oesophagus = plan.trunk({0, 18, 325}, {7, 6, 60});
  anatomy.thymus = plan.trunk({0, -45, 400}, {20, 12, 34});
  anatomy.stomach = plan.trunk({60, -35, 610}, {45, 34, 52});
  anatomy.bladder = plan.trunk({0, -38, 885}, {38, 32, 34});
  anatomy.liver = plan.trunk({-65, -8, 575}, {75, 66, 70});
  anatomy.inner = innerOf(person, plan, anatomy);
  anatomy.shoulderCentre = {plan.across(-118), 0, plan.z(364)};
  return anatomy;
}

}  // namespace remnant::phantom

#include <cmath>

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

std::vector<Ellipsoid> bodyOf(const Person& person, const BodyPlan& plan) {
  return {
      plan.head({0, 0, 115}, {75, 95, 115}),                                          // skull
      plan.head({0, -25, 175}, {60, 62, 55}),                                         // face and jaw
      plan.head({0, 0, 275}, {person.neckWidthMm / 2, person.neckDepthMm / 2, 115}),  // neck
      plan.trunk({0, 15, 366}, {195, 65, 60}),                                        // shoulders
      plan.trunk({0, 0, 480}, {165, 108, 190}),                                       // chest
      plan.trunk({0, 0, 660}, {152, 108, 190}),                                       // abdomen
      plan.trunk({0, 5, 830}, {172, 105, 130}),                                       // pelvis
      plan.trunk({205, 15, 580}, {42, 45, 260}),                                      // arms
      plan.trunk({-205, 15, 580}, {42, 45, 260}),
      plan.trunk({88, 15, 1260}, {75, 80, 420}),  // legs
      plan.trunk({-88, 15, 1260}, {75, 80, 420}),
  };
}

}  // namespace

Anatomy anatomyOf(const Person& person) {
  const BodyPlan plan(person);
  Anatomy anatomy;
  anatomy.body = bodyOf(person, plan);
  anatomy.thyroidBedZMm = plan.z(275);
  anatomy.bloodPool = {plan.trunk({12, -25, 480}, {55, 42, 55}), plan.trunk({0, -5, 390}, {24, 20, 50})};
  anatomy.neckTissue = plan.head({0, -12, 275}, {45, 34, 42});
  anatomy.shoulderTissue = {plan.trunk({-118, 12, 364}, {50, 42, 36}),
                            plan.trunk({118, 12, 364}, {50, 42, 36})};
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
  anatomy.shoulderCentre = {plan.across(-118), 0, plan.z(364)};
  return anatomy;
}

}  // namespace remnant::phantom

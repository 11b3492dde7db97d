#include "remnant/standardise/body_contour.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace remnant::standardise {
namespace {

TEST(BodyContour, GrowsWithStatureAndOnlyItsTrunkWithBreadth) {
  const auto small = bodyContour({.statureMm = 1500, .breadth = 1}, 20),
             wide = bodyContour({.statureMm = 1500, .breadth = 1.2}, 20);
  double head = 0, arms = 0, wideHead = 0, wideArms = 0, lowest = 0;
  for (const ContourPoint& point : small) {
    if (point.part == BodyPart::kHead) head = std::max(head, point.asideMm);
    if (point.part == BodyPart::kArms) arms = std::max(arms, point.asideMm);
    lowest = std::max(lowest, point.downMm);
    EXPECT_GE(point.downMm, 0);
  }
  for (const ContourPoint& point : wide) {
    if (point.part == BodyPart::kHead) wideHead = std::max(wideHead, point.asideMm);
    if (point.part == BodyPart::kArms) wideArms = std::max(wideArms, point.asideMm);
  }
  EXPECT_LT(lowest, 1500);
  EXPECT_DOUBLE_EQ(head, wideHead);
  EXPECT_NEAR(wideArms / arms, 1.2, 1e-9);
}

TEST(BodyContour, GivesAllPointsTogetherASayOfOneAndEachSideHalf) {
  double all = 0, right = 0;
  for (const ContourPoint& point : bodyContour({.statureMm = 1700, .breadth = 1.1}, 15)) {
    all += point.weight;
    if (point.asideMm > 0) right += point.weight;
    EXPECT_NEAR(std::hypot(point.outwardDown, point.outwardAside), 1, 1e-12);
  }
  EXPECT_NEAR(all, 1, 1e-12);
  EXPECT_NEAR(right, 0.5, 1e-12);
}

TEST(BodyContour, LowersHeadAndNeckAlone) {
  const auto usual = bodyContour({.statureMm = 1700}, 15);
  const auto lowered = bodyContour({.statureMm = 1700, .headLoweredMm = 30}, 15);
  ASSERT_EQ(usual.size(), lowered.size());
  for (std::size_t i = 0; i < usual.size(); ++i) {
    const bool above = usual[i].part == BodyPart::kHead || usual[i].part == BodyPart::kNeck;
    EXPECT_NEAR(lowered[i].downMm - usual[i].downMm, above ? 30 : 0, 1e-9);
  }
}

/// Away from the body is up on the crown and the shoulders, to the side on arms, to the midline between legs.
TEST(BodyContour, KnowsWhichSideTheBodyIsOn) {
  for (const ContourPoint& point : bodyContour({.statureMm = 1700, .breadth = 1}, 15)) {
    const double side = point.asideMm > 0 ? 1 : -1, aside = side * point.outwardAside;
    const bool upper = point.part == BodyPart::kShoulders || point.downMm < 60;
    if (upper) {
      EXPECT_LT(point.outwardDown, 0);
    } else if (point.part == BodyPart::kBetweenLegs) {
      EXPECT_LT(aside, -0.9);
    } else if (point.part != BodyPart::kHead) {
      // Towards the feet the line goes in by 25 for 45 down: 45 / hypot(25, 45).
      EXPECT_GT(aside, point.part == BodyPart::kLegs ? 0.87 : 0.9);
    }
  }
}

}  // namespace
}  // namespace remnant::standardise

#include "remnant/quantify/depth_by_site.h"

#include <gtest/gtest.h>

namespace remnant::quantify {
namespace {

double meanDepth(const std::vector<DepthComponent>& prior) {
  double sum = 0, weight = 0;
  for (const DepthComponent& component : prior) {
    sum += component.weight * component.meanMm;
    weight += component.weight;
  }
  return sum / weight;
}

TEST(DepthPriorAt, KnowsTheIsthmusBeforeTheLobes) {
  // physics.md 5.1: isthmus 8 and pyramidal lobe 9 mm, upper pole and lobe 17 mm, 5 mm of fat over each.
  EXPECT_LT(meanDepth(depthPriorAt(0, 2)), meanDepth(depthPriorAt(19, 2)));
  EXPECT_NEAR(meanDepth(depthPriorAt(19, 0.1)), 17 + 5, 2.5);
}

TEST(DepthPriorAt, IsTheSameOnBothSides) {
  EXPECT_DOUBLE_EQ(meanDepth(depthPriorAt(14, 8)), meanDepth(depthPriorAt(-14, 8)));
}

TEST(DepthPriorAt, FarBesideKnowsLateralNodes) {
  EXPECT_NEAR(meanDepth(depthPriorAt(60, 2)), 20 + 5, 0.5);
}

TEST(DepthPriorAt, AMidlineHardlyKnownSaysLess) {
  const double told = meanDepth(depthPriorAt(19, 1)) - meanDepth(depthPriorAt(0, 1));
  EXPECT_LT(meanDepth(depthPriorAt(19, 15)) - meanDepth(depthPriorAt(0, 15)), 0.5 * told);
}

}  // namespace
}  // namespace remnant::quantify

#include "remnant/phantom/site.h"

#include <gtest/gtest.h>

#include <cmath>

namespace remnant::phantom {
namespace {

TEST(PlaceFocus, HasTheDepthOfItsSite) {
  const Anatomy anatomy = anatomyOf(Person());
  for (const Site& site : {kCentralNode, kRetropharyngealNode, kMediastinalNode, lateralNode(130)}) {
    double sum = 0;
    constexpr int kDraws = 2000;
    for (int draw = 0; draw < kDraws; ++draw) {
      RandomStream random(3, static_cast<std::uint32_t>(draw));
      const Focus focus = placeFocus(site, anatomy, 1, 0, random);
      const auto skin = skinAt(anatomy.body, focus.shape.centre.x, focus.shape.centre.z);
      ASSERT_TRUE(skin) << site.name;
      EXPECT_NEAR(focus.shape.centre.y - skin->front, focus.depthMm, 1e-9);
      EXPECT_LT(focus.shape.centre.y, skin->back) << site.name;
      sum += focus.depthMm;
    }
    // The limits move the mean by less than half a millimetre.
    EXPECT_NEAR(sum / kDraws, site.depthMm, 5 * site.depthSpreadMm / std::sqrt(kDraws) + 0.5) << site.name;
  }
}

TEST(PlaceFocus, FatLiesOverIt) {
  const Anatomy anatomy = anatomyOf(Person());
  RandomStream lean(4, 1), fat(4, 1);
  EXPECT_NEAR(placeFocus(kCentralNode, anatomy, 1, 7, fat).depthMm,
              placeFocus(kCentralNode, anatomy, 1, 0, lean).depthMm + 7, 1e-9);
}

}  // namespace
}  // namespace remnant::phantom

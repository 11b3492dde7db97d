#include "remnant/montecarlo/direction_cones.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace remnant::montecarlo {
namespace {

/// Weights turn the draws into isotropic emission: the share of the sphere within an angle is
/// (1 - cos) / 2.
TEST(DirectionCones, WeightsGiveSolidAngles) {
  const DirectionCones cones(4, 75);
  RandomStream stream(1, 1);
  double within5 = 0, within40 = 0, all = 0;
  constexpr int kDraws = 400'000;
  for (int i = 0; i < kDraws; ++i) {
    const DirectionCones::Draw draw = cones.draw(stream);
    all += draw.weight / kDraws;
    if (draw.direction.z > std::cos(5 * std::numbers::pi / 180)) within5 += draw.weight / kDraws;
    if (draw.direction.z > std::cos(40 * std::numbers::pi / 180)) within40 += draw.weight / kDraws;
    EXPECT_NEAR(dot(draw.direction, draw.direction), 1, 1e-9);
  }
  const auto share = [](double degrees) { return (1 - std::cos(degrees * std::numbers::pi / 180)) / 2; };
  EXPECT_NEAR(within5, share(5), 0.02 * share(5));
  EXPECT_NEAR(within40, share(40), 0.02 * share(40));
  EXPECT_NEAR(all, share(75), 0.02 * share(75));
}

}  // namespace
}  // namespace remnant::montecarlo

#include "remnant/quantify/joint_background.h"

#include <gtest/gtest.h>

#include <cmath>

namespace remnant::quantify {
namespace {

constexpr double kPixelMm = 2, kFwhmMm = 12;

JointPatch squarePatch() {
  JointPatch patch;
  patch.window = {10, 20, 41, 41};
  patch.seeds = {{30, 40}};  // the middle
  patch.fwhmMm = kFwhmMm;
  return patch;
}

TEST(BumpsOver, MakeAFieldOfTheStandardDeviationAskedFor) {
  const Bumps bumps = bumpsOver(squarePatch(), kPixelMm, {.sigma = 0.1});
  // Of unit-normal deviates: the sum of squares of a pixel's row is its variance.
  double sum = 0;
  int pixels = 0;
  for (int row = 10; row <= 30; ++row)
    for (int column = 10; column <= 30; ++column, ++pixels)
      sum += bumps.basis.row(row * 41 + column).squaredNorm();
  EXPECT_NEAR(std::sqrt(sum / pixels), 0.1, 0.003);
}

TEST(BumpsOver, TellWhichAreAwayFromAllFoci) {
  const Bumps bumps = bumpsOver(squarePatch(), kPixelMm, {.sigma = 0.1});
  ASSERT_EQ(bumps.away.size(), bumps.basis.cols());
  for (Eigen::Index bump = 0; bump < bumps.away.size(); ++bump) {
    Eigen::Index highest = 0;
    bumps.basis.col(bump).maxCoeff(&highest);
    const Eigen::Index row = highest / 41, column = highest % 41;
    const double fromMiddleMm =
        kPixelMm * std::hypot(static_cast<double>(column) - 20, static_cast<double>(row) - 20);
    // The highest pixel is within one of the bump's middle.
    if (std::abs(fromMiddleMm - 1.2 * kFwhmMm) < 2 * kPixelMm) continue;
    EXPECT_EQ(bumps.away(bump), fromMiddleMm > 1.2 * kFwhmMm ? 1 : 0) << fromMiddleMm;
  }
  EXPECT_GT(bumps.away.sum(), 0);
  EXPECT_LT(bumps.away.sum(), static_cast<double>(bumps.away.size()));
}

TEST(BumpsOver, ReachNoPixelThatIsNotTaken) {
  JointPatch patch = squarePatch();
  patch.taken.assign(std::size_t{41} * 41, true);
  patch.taken[7] = false;
  const Bumps bumps = bumpsOver(patch, kPixelMm, {.sigma = 0.1});
  EXPECT_EQ(bumps.basis.row(7).cwiseAbs().sum(), 0);
  EXPECT_GT(bumps.basis.row(8).cwiseAbs().sum(), 0);
}

TEST(BumpsOver, AreNoneOfASmoothBackground) {
  EXPECT_EQ(bumpsOver(squarePatch(), kPixelMm, {.sigma = 0}).basis.cols(), 0);
}

}  // namespace
}  // namespace remnant::quantify

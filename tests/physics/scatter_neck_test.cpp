#include <gtest/gtest.h>

#include "remnant/physics/scatter.h"
#include "remnant/physics/scatter_neck.h"

namespace remnant::physics {
namespace {

MultipleScatter multipleOf(const char* nuclide) {
  return multipleScatterInNeck(nuclideNamed(nuclide), windowAround(nuclideNamed(nuclide).photopeakKeV, 20));
}

// physics.md 4.3a: what multiple and coherent scattering multiply the first order with.
TEST(ScatterInNeck, MultipleFactorIsThatOfTheMonteCarloFit) {
  for (double depthCm : {0.5, 1.0, 2.0, 4.0, 6.0, 10.0}) {
    EXPECT_NEAR(multipleOf("Tc-99m").at(10 * depthCm) / (1.05 * (1 + 0.0245 * depthCm)), 1, 0.025) << depthCm;
    EXPECT_NEAR(multipleOf("I-131").at(10 * depthCm) / (1.02 * (1 + 0.0075 * depthCm)), 1, 0.025) << depthCm;
  }
}

// physics.md 4.3a: orders 2 and 3 are 25 to 40 % of Tc-99m's scatter windows, at the depths of its table.
// Orders 4 and 5 are in the factor too, and the 2 to 3 % that the effective source lacks.
TEST(ScatterInNeck, HigherOrdersHaveTheStatedShareInAScatterWindow) {
  const MultipleScatter multiple = multipleScatterInNeck(nuclideNamed("Tc-99m"), {92, 125});
  EXPECT_NEAR(1 - 1 / multiple.at(10), 0.27, 0.04);
  EXPECT_NEAR(1 - 1 / multiple.at(50), 0.43, 0.04);
}

// The neck lacks what a slab has beside it, least for photons that scatter little.
TEST(ScatterInNeck, NeckScattersLessThanASlab) {
  const auto share = [](double depthMm, double keV, const Window& window) {
    return firstOrderInNeck(depthMm, keV, window, Detector{}) /
           firstOrderTotal(depthMm, keV, window, Detector{});
  };
  const double wide = share(20, 140.51, {92, 125});
  const double photopeak = share(20, 140.51, windowAround(140.51, 20));
  const double iodine = share(20, 364.49, windowAround(364.49, 20));
  EXPECT_LT(wide, photopeak);
  EXPECT_LT(photopeak, iodine);
  EXPECT_LT(iodine, 1);
  EXPECT_GT(wide, 0.8);
}

}  // namespace
}  // namespace remnant::physics

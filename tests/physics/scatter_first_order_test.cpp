#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "remnant/physics/attenuation.h"
#include "remnant/physics/scatter.h"
#include "remnant/physics/scatter_first_order.h"

namespace remnant::physics {
namespace {

struct Setting {
  double keV;
  Window window;
};
const Setting kTechnetium{140.51, windowAround(140.51, 20)};
const Setting kIodine131{364.49, windowAround(364.49, 20)};

double firstOrderToPrimary(const Setting& setting, double depthMm) {
  const Detector symbia;
  const double primary = symbia.windowFraction(setting.window, setting.keV) *
                         std::exp(-attenuationPerMm(Material::kWater, setting.keV) * depthMm);
  return firstOrderTotal(depthMm, setting.keV, setting.window, symbia) / primary;
}

/// Of k1 over the plane by the midpoint rule in the logarithm of the radius.
double radialIntegral(const Setting& setting, double depthMm, double toMm) {
  constexpr int kSteps = 120;
  const double from = std::log(0.001), step = (std::log(toMm) - from) / kSteps;
  double sum = 0;
  for (int index = 0; index < kSteps; ++index) {
    const double radius = std::exp(from + (index + 0.5) * step);
    sum += 2 * std::numbers::pi * radius * radius * step *
           firstOrderDensity(radius, depthMm, setting.keV, setting.window, Detector{});
  }
  return sum;
}

// physics.md 4.3a, "Verified".
TEST(FirstOrderScatter, ReproducesTheVerifiedRatiosToPrimary) {
  EXPECT_NEAR(firstOrderToPrimary(kTechnetium, 10), 0.0611, 0.0611 * 0.01);
  EXPECT_NEAR(firstOrderToPrimary(kTechnetium, 40), 0.2219, 0.2219 * 0.01);
  EXPECT_NEAR(firstOrderToPrimary(kIodine131, 30), 0.0673, 0.0673 * 0.01);
}

// physics.md 9.6.
TEST(FirstOrderScatter, TotalIsTheRadialIntegralOfTheDensity) {
  for (const Setting& setting : {kTechnetium, kIodine131, Setting{140.51, {92, 125}}})
    for (double depthMm : {3.0, 10.0, 40.0}) {
      const double total = firstOrderTotal(depthMm, setting.keV, setting.window, Detector{});
      EXPECT_NEAR(radialIntegral(setting, depthMm, 3000) / total, 1, 0.005)
          << setting.keV << " keV at " << depthMm << " mm";
    }
}

TEST(FirstOrderScatter, DiscHoldsTheIntegralOfTheDensityToItsRim) {
  const FirstOrderScatter first(kTechnetium.keV, kTechnetium.window, Detector{});
  for (double radiusMm : {2.0, 8.0, 30.0})
    EXPECT_NEAR(radialIntegral(kTechnetium, 20, radiusMm) / first.within(radiusMm, 20), 1, 0.005);
}

// Photons cannot be scattered towards the head where nothing lies between source and head, unless they come
// back from behind, which the photopeak window refuses.
TEST(FirstOrderScatter, SurfaceGivesNoPhotopeakScatter) {
  EXPECT_LT(firstOrderTotal(0, kTechnetium.keV, kTechnetium.window, Detector{}), 1e-4);
  EXPECT_GT(firstOrderTotal(0, kTechnetium.keV, {92, 125}, Detector{}), 0.05);
}

// physics.md 4: mean energies of scattered photons.
TEST(FirstOrderScatter, MeanEnergyIsThatOfTheSpecification) {
  const auto mean = [](const Setting& setting) {
    return FirstOrderScatter(setting.keV, setting.window, Detector{}).meanKeV(30);
  };
  EXPECT_NEAR(mean(kTechnetium), 133, 2);
  EXPECT_NEAR(mean({140.51, {92, 125}}), 108, 3);
  EXPECT_NEAR(mean(kIodine131), 350, 8);
}

TEST(FirstOrderScatter, WindowBeyondAllEnergiesCountsNothing) {
  EXPECT_EQ(firstOrderTotal(20, 140.51, {300, 320}, Detector{}), 0);
  EXPECT_EQ(firstOrderDensity(5, 20, 140.51, {300, 320}, Detector{}), 0);
}

}  // namespace
}  // namespace remnant::physics

#include "remnant/physics/nuclide.h"

#include <gtest/gtest.h>

#include "support/refusal_code.h"

namespace remnant::physics {
namespace {

TEST(Nuclide, HasItsLinesImagedFirst) {
  for (const std::string& name : nuclideNames()) {
    const Nuclide& nuclide = nuclideNamed(name);
    EXPECT_EQ(nuclide.lines.front().keV, nuclide.photopeakKeV);
    EXPECT_EQ(nuclide.photonsPerDecay(), nuclide.lines.front().perDecay);
  }
  EXPECT_NEAR(nuclideNamed("I-131").halfLifeHours, 192.6, 0.01);
  EXPECT_EQ(testing::refusalCodeOf([] { nuclideNamed("Tl-201"); }), "unknown-nuclide");
}

TEST(Nuclide, DecaysByHalfAHalfLife) {
  const Nuclide& technetium = nuclideNamed("Tc-99m");
  EXPECT_NEAR(decayFactor(technetium, technetium.halfLifeHours), 0.5, 1e-12);
  EXPECT_NEAR(decayFactor(technetium, -technetium.halfLifeHours), 2, 1e-12);
}

/// Section 9, test 10: the mean during an acquisition is the integral of the decay over it.
TEST(Nuclide, MeanDuringAnAcquisitionIsTheIntegral) {
  for (const double hours : {1e-6, 0.1, 1.0, 12.0}) {
    const Nuclide& technetium = nuclideNamed("Tc-99m");
    constexpr int kSteps = 10000;
    double sum = 0;
    for (int step = 0; step < kSteps; ++step) sum += decayFactor(technetium, hours * (step + 0.5) / kSteps);
    EXPECT_NEAR(meanDecayDuring(technetium, hours), sum / kSteps, 1e-8);
  }
  EXPECT_EQ(meanDecayDuring(nuclideNamed("I-131"), 0), 1);
}

TEST(Window, IsCentredOnItsEnergy) {
  const Window window = windowAround(140.5, 20);
  EXPECT_NEAR(window.lowerKeV, 126.45, 1e-9);
  EXPECT_NEAR(window.upperKeV, 154.55, 1e-9);
  EXPECT_NEAR(window.widthKeV(), 28.1, 1e-9);
}

}  // namespace
}  // namespace remnant::physics

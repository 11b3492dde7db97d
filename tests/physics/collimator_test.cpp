#include "remnant/physics/collimator.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/refusal_code.h"

namespace remnant::physics {
namespace {

// Geometry of physics.md 1.1.
const Collimator kSiemensLehr{"Siemens LEHR", 1.11, 0.16, 24.05};
const Collimator kGeLehr{"GE LEHR", 1.5, 0.2, 35};
const Collimator kGeMegp{"GE MEGP", 3.0, 1.05, 58};
const Collimator kGeHegp{"GE HEGP", 4.0, 1.8, 66};

double sensitivity(const Collimator& collimator, const char* nuclide) {
  return collimator.geometricSensitivityCpsPerMBq(nuclideNamed(nuclide), Detector());
}

/// Section 9, test 7, and the table of section 1.4.
TEST(Collimator, SensitivitiesOfTechnetiumAreThoseOfTheTable) {
  EXPECT_NEAR(sensitivity(kSiemensLehr, "Tc-99m"), 91.1, 0.5);
  EXPECT_NEAR(sensitivity(kGeLehr, "Tc-99m"), 78.5, 0.5);
  EXPECT_NEAR(sensitivity({"GE LEGP", 1.9, 0.2, 35}, "Tc-99m"), 132, 1);
  EXPECT_NEAR(sensitivity({"Siemens LEAP", 1.45, 0.2, 24.05}, "Tc-99m"), 157, 1);
  EXPECT_NEAR(sensitivity(kGeMegp, "Tc-99m"), 79.2, 0.5);
  EXPECT_NEAR(sensitivity(kGeHegp, "Tc-99m"), 94.0, 0.5);
  EXPECT_NEAR(sensitivity({"Siemens HE", 4.0, 2.0, 59.7}, "Tc-99m"), 107.6, 0.6);
  EXPECT_NEAR(sensitivity({"Siemens ME", 2.94, 1.14, 40.64}, "Tc-99m"), 148, 1);
}

TEST(Collimator, SensitivityOfIodineIsThatOfTheFormula) {
  EXPECT_NEAR(sensitivity(kGeHegp, "I-131"), 24.6, 0.6);
}

/// By hand: (sqrt3 / 8 pi) (1.11^2 / (23.3054 x 1.27))^2.
TEST(Collimator, EfficiencyIsTheClosedForm) {
  const double ratio = 1.11 * 1.11 / (kSiemensLehr.effectiveLengthMm(140.5) * 1.27);
  EXPECT_NEAR(kSiemensLehr.geometricEfficiency(140.5), std::sqrt(3) / (8 * M_PI) * ratio * ratio, 1e-12);
  EXPECT_NEAR(kSiemensLehr.effectiveLengthMm(140.5), 24.05 - 20 / 26.86, 0.01);
}

/// Published widths at 10 cm by NEMA's method, with k = 1 and 3.8 mm intrinsic: section 1.3.
TEST(Collimator, WidthsReproduceThePublished) {
  Detector detector;
  auto width = [&](Collimator collimator) {
    collimator.shapeFactor = 1;
    return collimator.fwhmMm(detector, 140.5, 100);
  };
  EXPECT_NEAR(width(kGeLehr), 7.33, 0.02);
  EXPECT_NEAR(width(kGeMegp), 9.50, 0.02);
  EXPECT_NEAR(width(kGeHegp), 11.3, 0.06);
}

/// Section 9, test 2, the closed part: at 0, 5, 10, 20 and 30 cm within 2 % of the root of the squares.
TEST(Collimator, WidthGrowsWithDistance) {
  const double length = 35 - 2 / 2.686;
  for (const double distance : {0.0, 50.0, 100.0, 200.0, 300.0}) {
    const double hole = 0.95 * 1.5 * (length + distance + 9) / length;
    EXPECT_NEAR(kGeLehr.fwhmMm(Detector(), 140, distance) / std::sqrt(hole * hole + 3.8 * 3.8), 1, 0.02);
    EXPECT_NEAR(kGeLehr.fwhmMm(Detector(), 140, distance) / kGeLehr.sigmaMm(Detector(), 140, distance),
                2.3548, 1e-4);
  }
}

TEST(Collimator, ThatLeavesNothingOfItsLengthIsRefused) {
  const Collimator foil{"foil", 1.5, 0.2, 0.5};
  EXPECT_EQ(testing::refusalCodeOf([&] { foil.effectiveLengthMm(140.5); }), "no-collimator");
}

TEST(Pinhole, EfficiencyFallsWithTheSquareOfTheDistanceAndTheCubeOfTheSine) {
  const Pinhole pinhole;
  const double near = pinhole.geometricEfficiency(140.5, 80, 90);
  EXPECT_NEAR(near / pinhole.geometricEfficiency(140.5, 160, 90), 4, 1e-9);
  EXPECT_NEAR(near / pinhole.geometricEfficiency(140.5, 80, 30), 8, 1e-9);
  // The opening's edge lets through 2 / mu tan 65 degrees: d_e^2 = 4.43 (4.43 + 1.597).
  EXPECT_NEAR(near, 4.43 * (4.43 + 2 / 2.686 * std::tan(65 * M_PI / 180)) / (16 * 80 * 80), 1e-7);
}

TEST(Pinhole, MagnifiesTheDetectorsWidthAway) {
  const Pinhole pinhole;
  const double aperture = pinhole.effectiveApertureMm(140) * 2;
  EXPECT_NEAR(pinhole.fwhmMm(Detector(), 140, pinhole.apertureToDetectorMm), std::hypot(aperture, 3.8), 1e-9);
}

}  // namespace
}  // namespace remnant::physics

#include "remnant/physics/compton.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <utility>

#include "remnant/physics/element_cross_sections.h"

namespace remnant::physics {
namespace {

constexpr double kBarnPerMm2 = 1e22;
constexpr double kThomsonBarn = 0.66524587;  // CODATA 2018

/// Integral over the sphere by the midpoint rule in the cosine, finer towards the forward direction.
template <class Function>
double overSphere(Function function) {
  constexpr int kSteps = 200000;
  double sum = 0;
  for (int step = 0; step < kSteps; ++step) {
    const double u = (step + 0.5) / kSteps;
    const double cosine = 1 - 2 * u * u;
    sum += function(cosine) * 4 * u / kSteps;
  }
  return 2 * std::numbers::pi * sum;
}

TEST(Compton, ScattersBackwardsAsTwoBodiesDo) {
  // 1/E' - 1/E = (1 - cos) / mc^2.
  EXPECT_NEAR(1 / scatteredKeV(140.5, -1) - 1 / 140.5, 2 / kElectronRestKeV, 1e-12);
  EXPECT_NEAR(scatteredKeV(364.5, 1), 364.5, 1e-12);
  EXPECT_NEAR(scatteredKeV(kElectronRestKeV, -1), kElectronRestKeV / 3, 1e-9);
}

TEST(KleinNishina, TendsToThomsonsCrossSection) {
  EXPECT_NEAR(kleinNishinaTotalMm2(1e-6) * kBarnPerMm2, kThomsonBarn, 1e-6);
  EXPECT_NEAR(kleinNishinaTotalMm2(1.0) * kBarnPerMm2, kThomsonBarn * (1 - 2 / kElectronRestKeV), 3e-5);
}

/// 2.8e-25 cm^2 at the electron's rest energy: the closed form at k = 1.
TEST(KleinNishina, HasTheTextbookValueAtTheRestEnergy) {
  // k = 1: 2 (4/3 - ln 3) + ln 3 / 2 - 4/9, times 2 pi r_e^2 = 3/4 of Thomson's cross-section.
  const double expected = 0.75 * kThomsonBarn * (2 * (4.0 / 3 - std::log(3)) + std::log(3) / 2 - 4.0 / 9);
  EXPECT_NEAR(kleinNishinaTotalMm2(kElectronRestKeV) * kBarnPerMm2, expected, 1e-6);
  EXPECT_NEAR(expected, 0.28, 0.01);
}

TEST(KleinNishina, TotalIsTheIntegralOverAngles) {
  for (const double keV : {0.1, 0.5, 0.52, 30.0, 140.5, 364.5, 1000.0}) {
    const double integral = overSphere([&](double cosine) { return kleinNishinaMm2(keV, cosine); });
    EXPECT_NEAR(kleinNishinaTotalMm2(keV) / integral, 1, 1e-6) << keV;
  }
}

TEST(MomentumTransfer, IsTheInverseWavelengthBackwards) {
  EXPECT_NEAR(momentumTransfer(12.39842, -1), 1, 1e-9);
  EXPECT_NEAR(momentumTransfer(12.39842, 0), std::sqrt(0.5), 1e-9);
  EXPECT_EQ(momentumTransfer(140.5, 1), 0);
}

/// XCOM's incoherent scattering of H2O, per electron. The function is an approximation, 4 % low at 60 keV.
TEST(IncoherentFunction, GivesXcomsCrossSectionOfWater) {
  EXPECT_EQ(incoherentFunction(0), 0);
  EXPECT_NEAR(incoherentFunction(1e6), 1, 1e-6);
  for (const auto& [keV, tolerance] : {std::pair{60.0, 0.05}, {140.5, 0.02}, {364.5, 0.01}}) {
    const double bound = overSphere([&](double cosine) {
      return kleinNishinaMm2(keV, cosine) * incoherentFunction(momentumTransfer(keV, cosine));
    });
    const double expected = (2 * crossSectionsAt(elementNamed("H"), keV).incoherent +
                             crossSectionsAt(elementNamed("O"), keV).incoherent) /
                            10;
    EXPECT_NEAR(bound * kBarnPerMm2 / expected, 1, tolerance) << keV;
  }
}

/// XCOM's coherent scattering of 2 H + O, per electron.
TEST(CoherentFormFactor, GivesXcomsCrossSectionOfWater) {
  EXPECT_NEAR(coherentFormFactorSquared(0), 6.6, 1e-12);
  for (const double keV : {30.0, 60.0, 140.5, 364.5}) {
    const double shape = overSphere([&](double cosine) {
      return (1 + cosine * cosine) * coherentFormFactorSquared(momentumTransfer(keV, cosine));
    });
    // r_e^2 / 2 = 3/16 pi of Thomson's cross-section.
    const double barns = shape * kThomsonBarn * 3 / (16 * std::numbers::pi);
    const double expected = (2 * crossSectionsAt(elementNamed("H"), keV).coherent +
                             crossSectionsAt(elementNamed("O"), keV).coherent) /
                            10;
    EXPECT_NEAR(barns / expected, 1, 0.03) << keV;
  }
}

}  // namespace
}  // namespace remnant::physics

#include "remnant/scintigraphy/hounsfield.h"

#include <gtest/gtest.h>

#include "remnant/physics/attenuation.h"

namespace remnant::scintigraphy {
namespace {

using physics::Material;

/// The CT number is 1000 (mu - muWater) / muWater in the CT's own beam.
double hounsfieldOf(Material material, double beamKeV) {
  const double water = physics::attenuationPerMm(Material::kWater, beamKeV);
  return 1000 * (physics::attenuationPerMm(material, beamKeV) - water) / water;
}

TEST(HounsfieldScale, AirWaterAndBoneAttenuateAsTabulated) {
  for (const double keV : {140.51, 158.97, 364.49}) {
    const HounsfieldScale scale(keV);
    EXPECT_EQ(scale.attenuationPerMm(-1000), 0) << keV;
    EXPECT_DOUBLE_EQ(scale.attenuationPerMm(0), physics::attenuationPerMm(Material::kWater, keV)) << keV;
    EXPECT_NEAR(scale.attenuationPerMm(hounsfieldOf(Material::kBone, HounsfieldConfig{}.effectiveKeV)),
                physics::attenuationPerMm(Material::kBone, keV), 1e-9)
        << keV;
  }
}

TEST(HounsfieldScale, PaddingBelowAirIsAir) {
  EXPECT_EQ(HounsfieldScale(364.49).attenuationPerMm(-2000), 0);
}

TEST(HounsfieldScale, InverseUndoesIt) {
  const HounsfieldScale scale(364.49);
  for (const double hounsfield : {-1000.0, -700.0, 0.0, 40.0, 1500.0})
    EXPECT_NEAR(scale.hounsfield(scale.attenuationPerMm(hounsfield)), hounsfield, 1e-9);
}

}  // namespace
}  // namespace remnant::scintigraphy

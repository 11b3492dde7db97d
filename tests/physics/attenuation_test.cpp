#include "remnant/physics/attenuation.h"

#include <gtest/gtest.h>

#include "remnant/physics/compton.h"

namespace remnant::physics {
namespace {

struct Expected {
  Material material;
  double keV;
  double perCm;
};

void expectWithinOnePercent(double (*attenuation)(Material, double), const std::vector<Expected>& table) {
  for (const Expected& row : table)
    EXPECT_NEAR(10 * attenuation(row.material, row.keV) / row.perCm, 1, 0.01)
        << materialName(row.material) << " at " << row.keV << " keV";
}

/// Lead: physics.md 1.3. The others: its section 2. Both from XCOM by a linear rule in log-log.
TEST(Attenuation, ReproducesTheSpecification) {
  expectWithinOnePercent(attenuationPerMm,
                         {{Material::kLead, 140.5, 26.86},         {Material::kLead, 159, 19.79},
                          {Material::kLead, 284.3, 5.13},          {Material::kLead, 364.5, 3.125},
                          {Material::kLead, 637, 1.312},           {Material::kLead, 723, 1.127},
                          {Material::kWater, 140.5, 0.1537},       {Material::kWater, 159, 0.1476},
                          {Material::kWater, 284.3, 0.1209},       {Material::kWater, 364.5, 0.1100},
                          {Material::kWater, 637, 0.0872},         {Material::kWater, 723, 0.0823},
                          {Material::kSoftTissue, 140.5, 0.1563},  {Material::kSoftTissue, 159, 0.1505},
                          {Material::kSoftTissue, 364.5, 0.1122},  {Material::kSoftTissue, 637, 0.0889},
                          {Material::kPmma, 140.5, 0.1765},        {Material::kPmma, 364.5, 0.1271},
                          {Material::kPmma, 723, 0.0952},          {Material::kBone, 140.5, 0.229},
                          {Material::kBone, 159, 0.217},           {Material::kBone, 284.3, 0.171},
                          {Material::kBone, 364.5, 0.155},         {Material::kBone, 637, 0.122},
                          {Material::kSodiumIodide, 140.5, 2.61},  {Material::kSodiumIodide, 159, 1.96},
                          {Material::kSodiumIodide, 284.3, 0.657}, {Material::kSodiumIodide, 364.5, 0.476},
                          {Material::kSodiumIodide, 637, 0.289}});
}

TEST(Attenuation, WithoutCoherentReproducesTheSpecification) {
  expectWithinOnePercent(attenuationWithoutCoherentPerMm, {{Material::kWater, 140.5, 0.1506},
                                                           {Material::kWater, 159, 0.1454},
                                                           {Material::kWater, 364.5, 0.1096},
                                                           {Material::kSoftTissue, 140.5, 0.1536},
                                                           {Material::kSoftTissue, 364.5, 0.1118},
                                                           {Material::kPmma, 140.5, 0.1739},
                                                           {Material::kBone, 140.5, 0.221},
                                                           {Material::kBone, 159, 0.210},
                                                           {Material::kSodiumIodide, 140.5, 2.43},
                                                           {Material::kSodiumIodide, 159, 1.81}});
}

/// XCOM's own interpolation of water at 140.5 keV, physics.md 2.
TEST(Attenuation, OfWaterIsAsXcomInterpolatesIt) {
  EXPECT_NEAR(attenuationPerMm(Material::kWater, 140.5), 0.01538, 0.00002);
}

/// Water's 10 electrons in 18.0153 g and Avogadro's number.
TEST(Attenuation, ElectronDensityFollowsFromTheComposition) {
  EXPECT_NEAR(kElectronsPerMm3OfWater, 10 * 6.02214076e23 / 18.0153 / 1000, 1e17);
  EXPECT_DOUBLE_EQ(relativeElectronDensity(Material::kWater), 1);
  // C5H8O2: 54 electrons in 100.117 g.
  EXPECT_NEAR(relativeElectronDensity(Material::kPmma), 1.19 * (54 / 100.117) / (10 / 18.0153), 1e-3);
  EXPECT_NEAR(relativeElectronDensity(Material::kLead), 11.35 * (82 / 207.2) / (10 / 18.0153), 2e-3);
  // The same tissue in lung and neck.
  EXPECT_NEAR(relativeElectronDensity(Material::kLung) / relativeElectronDensity(Material::kSoftTissue),
              0.26 / 1.03, 1e-12);
}

TEST(Attenuation, PhotoelectricAbsorptionIsTheRestOfComptonScattering) {
  for (const double keV : {20.0, 140.5, 364.5})
    EXPECT_LT(photoelectricPerMm(Material::kWater, keV),
              attenuationWithoutCoherentPerMm(Material::kWater, keV));
  // Lead is absorbing at 100 keV, water scattering.
  EXPECT_GT(photoelectricPerMm(Material::kLead, 100) / attenuationPerMm(Material::kLead, 100), 0.9);
  EXPECT_LT(photoelectricPerMm(Material::kWater, 100) / attenuationPerMm(Material::kWater, 100), 0.03);
}

}  // namespace
}  // namespace remnant::physics

#include "remnant/phantom/patient.h"

#include <gtest/gtest.h>

#include <cmath>

namespace remnant::phantom {
namespace {

Cohort cohort() {
  Cohort cohort;
  cohort.centres.resize(2);
  cohort.centres[0].share = 3;
  return cohort;
}

std::vector<Patient> manyPatients(const Cohort& cohort) {
  std::vector<Patient> patients;
  for (std::uint32_t number = 0; number < 1000; ++number) {
    RandomStream random(11, number);
    patients.push_back(samplePatient(cohort, random));
  }
  return patients;
}

TEST(SamplePatient, FociLieAtTheirDepthInTheBed) {
  for (const Patient& patient : manyPatients(cohort())) {
    double shares = 0;
    for (const Focus& focus : patient.foci) {
      const Point& centre = focus.shape.centre;
      const auto skin = skinAt(patient.anatomy.body, centre.x, centre.z);
      ASSERT_TRUE(skin);
      EXPECT_NEAR(centre.y - skin->front, focus.depthMm, 1e-9);
      EXPECT_LT(centre.y, skin->back);
      EXPECT_LE(std::abs(centre.x), 36);
      EXPECT_LE(std::abs(centre.z - patient.anatomy.thyroidBedZMm), 36);
      EXPECT_NEAR(focus.shape.volumeMl() * 1.05, focus.massGrams, 1e-9);
      // All of its tissue lies in the neck, none in the trachea.
      EXPECT_GE(focus.depthMm, focus.shape.semiAxes.y + 2 - 1e-9);
      const Cylinder& trachea = patient.anatomy.trachea;
      EXPECT_GE(std::hypot(centre.x - trachea.x, centre.y - trachea.y),
                trachea.semiX + focus.shape.semiAxes.x - 1e-6);
      shares += focus.share;
    }
    EXPECT_NEAR(shares, patient.foci.empty() ? 0 : 1, 1e-12);
    EXPECT_EQ(patient.uptakePercent == 0, patient.foci.empty());
  }
}

TEST(SamplePatient, SharesOfThePriorsAreKept) {
  const Cohort priors = cohort();
  int without = 0, women = 0, firstCentre = 0;
  for (const Patient& patient : manyPatients(priors)) {
    without += patient.foci.empty();
    women += patient.person.sex == Sex::kFemale;
    firstCentre += patient.centre == 0;
  }
  const auto expectShare = [](int count, double share) {
    EXPECT_NEAR(count / 1000.0, share, 5 * std::sqrt(share * (1 - share) / 1000));
  };
  expectShare(without, priors.thyroid.noFocusShare);
  expectShare(women, priors.person.femaleShare);
  expectShare(firstCentre, 0.75);
}

TEST(AnatomyOf, NeckHasTheAskedSizeAtTheBed) {
  Person person;
  person.neckDepthMm = 118;
  person.neckWidthMm = 126;
  const Anatomy anatomy = anatomyOf(person);
  const auto skin = skinAt(anatomy.body, 0, anatomy.thyroidBedZMm);
  ASSERT_TRUE(skin);
  EXPECT_NEAR(skin->length(), 118, 1e-9);
  EXPECT_TRUE(skinAt(anatomy.body, 62.9, anatomy.thyroidBedZMm));
  EXPECT_FALSE(skinAt(anatomy.body, 63.1, anatomy.thyroidBedZMm));
}

TEST(KeepOutside, MovesStraightAwayFromTheAxis) {
  const Cylinder tube{.x = 1, .y = 2, .semiX = 9, .semiY = 9, .topMm = 0, .bottomMm = 100};
  Point inside{1 + 3, 2 + 4, 50};
  keepOutside(tube, 1, inside);  // 5 from the axis, to be 10
  EXPECT_NEAR(inside.x, 1 + 6, 1e-9);
  EXPECT_NEAR(inside.y, 2 + 8, 1e-9);
  Point outside{1 + 11, 2, 50}, above{1, 2, -5};
  keepOutside(tube, 1, outside);
  keepOutside(tube, 1, above);
  EXPECT_EQ(outside.x, 12);
  EXPECT_EQ(above.y, 2);
}

TEST(AnatomyOf, TracheaAndSpineLieWhereThePersonSays) {
  Person person;
  person.neckDepthMm = 110;
  person.tracheaFrontMm = 13;
  person.tracheaDiameterMm = 17;
  person.spineCentreShare = 0.62;
  const Anatomy anatomy = anatomyOf(person);
  const auto skin = skinAt(anatomy.body, 0, anatomy.thyroidBedZMm);
  ASSERT_TRUE(skin);
  const auto airway = anatomy.trachea.spanAt(0, anatomy.thyroidBedZMm);
  ASSERT_TRUE(airway);
  EXPECT_NEAR(airway->front - skin->front, 13, 1e-9);
  EXPECT_NEAR(airway->length(), 17, 1e-9);
  EXPECT_NEAR(anatomy.spine.y - skin->front, 0.62 * 110, 1e-9);
}

TEST(SamplePatient, NodesLieInTheBodyOutsideTheBed) {
  Cohort priors = cohort();
  priors.confounders.neckNode.frequency = priors.confounders.retropharyngealNode.frequency =
      priors.confounders.mediastinalNode.frequency = 1;
  for (const Patient& patient : manyPatients(priors)) {
    ASSERT_EQ(patient.metastases.size(), 3U);
    for (const Metastasis& metastasis : patient.metastases) {
      const Point& centre = metastasis.focus.shape.centre;
      const auto skin = skinAt(patient.anatomy.body, centre.x, centre.z);
      ASSERT_TRUE(skin);
      EXPECT_GT(centre.y, skin->front);
      EXPECT_LT(centre.y, skin->back);
      EXPECT_GT(metastasis.uptakePercent, 0);
    }
  }
}

TEST(SamplePatient, SomeFociTakeUpNoTechnetium) {
  Cohort priors = cohort();
  priors.acquisition.nuclide = "Tc-99m";
  priors.thyroid.technetiumColdShare = {0.25, 0.25};
  int foci = 0, cold = 0;
  for (const Patient& patient : manyPatients(priors)) {
    double shares = 0;
    for (const Focus& focus : patient.foci) {
      ++foci;
      cold += focus.share == 0;
      shares += focus.share;
    }
    EXPECT_TRUE(shares == 0 || std::abs(shares - 1) < 1e-12);
    EXPECT_EQ(patient.uptakePercent == 0, shares == 0);
  }
  EXPECT_NEAR(cold / static_cast<double>(foci), 0.25, 5 * std::sqrt(0.25 * 0.75 / foci));
}

TEST(AnatomyOf, OrgansLieInsideTheBodyOfLightAndHeavyPeople) {
  for (const double weightKg : {45.0, 70.0, 130.0}) {
    Person person;
    person.weightKg = weightKg;
    const Anatomy anatomy = anatomyOf(person);
    std::vector<Ellipsoid> organs{anatomy.nose,    anatomy.mouth,   anatomy.oesophagus, anatomy.thymus,
                                  anatomy.stomach, anatomy.bladder, anatomy.liver,      anatomy.neckTissue};
    for (const auto* group : {&anatomy.bloodPool, &anatomy.shoulderTissue, &anatomy.parotids,
                              &anatomy.submandibulars, &anatomy.colon})
      organs.insert(organs.end(), group->begin(), group->end());
    for (const Ellipsoid& organ : organs) {
      const auto skin = skinAt(anatomy.body, organ.centre.x, organ.centre.z);
      ASSERT_TRUE(skin) << organ.centre.z;
      EXPECT_GT(organ.centre.y, skin->front) << organ.centre.z;
      EXPECT_LT(organ.centre.y, skin->back) << organ.centre.z;
    }
  }
}

TEST(ShrinkTissue, TakesMassInProportion) {
  const Cohort priors = cohort();
  for (Patient patient : manyPatients(priors)) {
    if (patient.foci.empty() || patient.foci[0].massGrams < 0.1) continue;
    const double before = patient.foci[0].massGrams;
    shrinkTissue(0.25, patient);
    EXPECT_NEAR(patient.foci[0].massGrams, before / 4, 1e-12);
    EXPECT_NEAR(patient.foci[0].shape.volumeMl() * 1.05, before / 4, 1e-9);
    return;
  }
  FAIL() << "no patient with a focus";
}

}  // namespace
}  // namespace remnant::phantom

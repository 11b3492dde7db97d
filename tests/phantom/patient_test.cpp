#include "remnant/phantom/patient.h"

#include <gtest/gtest.h>

#include <cmath>

#include "remnant/phantom/projector.h"

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
      EXPECT_LE(std::abs(centre.x), 32);
      EXPECT_LE(std::abs(centre.z - patient.anatomy.thyroidBedZMm), 36);
      EXPECT_NEAR(focus.shape.volumeMl() * 1.05, focus.massGrams, 1e-9);
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

#include "remnant/phantom/course.h"

#include <gtest/gtest.h>

#include <cmath>

namespace remnant::phantom {
namespace {

Cohort cohort() {
  Cohort cohort;
  cohort.centres.resize(1);
  return cohort;
}

Patient patientNumber(const Cohort& cohort, std::uint32_t number) {
  RandomStream random(3, number, 1);
  return samplePatient(cohort, random);
}

TEST(UptakeAtScan, WashesOutAfterTheFirstDay) {
  EXPECT_DOUBLE_EQ(uptakeAtScan(2, 6, 24, 100), 2);
  EXPECT_DOUBLE_EQ(uptakeAtScan(2, 24, 24, 100), 2);
  EXPECT_NEAR(uptakeAtScan(2, 124, 24, 100), 1, 1e-12);
}

TEST(SampleCourse, FollowsTheOrderOfTreatment) {
  const Cohort priors = cohort();
  int counts[4] = {};
  for (std::uint32_t number = 0; number < 600; ++number) {
    const Patient patient = patientNumber(priors, number);
    RandomStream random(3, number, 2);
    const auto course = sampleCourse(priors, patient, random);
    ASSERT_GE(course.size(), 1U);
    ASSERT_LE(course.size(), 3U);
    ++counts[course.size()];
    for (std::size_t index = 1; index < course.size(); ++index) {
      EXPECT_GT(course[index].administration, course[index - 1].scan());
      EXPECT_GE(course[index].kind, course[index - 1].kind);
      if (course[index - 1].kind != StudyKind::kAfterTherapy)
        EXPECT_EQ(course[index].remainder, course[index - 1].remainder);
      else
        EXPECT_NE(course[index].remainder, course[index - 1].remainder);
    }
  }
  // Binomial, 600 patients, five standard errors.
  EXPECT_NEAR(counts[1] / 600.0, priors.course.oneStudyShare, 5 * std::sqrt(0.21 / 600));
  EXPECT_NEAR(counts[2] / 600.0, priors.course.twoStudiesShare, 5 * std::sqrt(0.24 / 600));
}

TEST(SampleCourse, DoseAndHoursSuitTheKindOfStudy) {
  const Cohort priors = cohort();
  for (std::uint32_t number = 0; number < 200; ++number) {
    const Patient patient = patientNumber(priors, number);
    RandomStream random(4, number, 2);
    for (const StudyPlan& plan : sampleCourse(priors, patient, random)) {
      const bool therapy = plan.kind == StudyKind::kAfterTherapy;
      EXPECT_GE(plan.doseMBq, therapy ? 1100 : 74);
      EXPECT_LE(plan.doseMBq, therapy ? 3700 : 185);
      EXPECT_GE(plan.hoursFromDose, therapy ? 44 : 24);
      EXPECT_LE(plan.hoursFromDose, therapy ? 168 : 72);
      EXPECT_NEAR(hoursBetween(plan.administration, plan.scan()), plan.hoursFromDose, 1.0 / 3600);
    }
  }
}

TEST(SampleCourse, OnlyI131Treats) {
  Cohort priors = cohort();
  priors.acquisition.nuclide = "Tc-99m";
  for (std::uint32_t number = 0; number < 50; ++number) {
    const Patient patient = patientNumber(priors, number);
    RandomStream random(4, number, 2);
    for (const StudyPlan& plan : sampleCourse(priors, patient, random)) EXPECT_LE(plan.doseMBq, 185);
  }
}

TEST(SampleCourse, UptakeIsThatOfThePatientsTissueAtTheScan) {
  const Cohort priors = cohort();
  for (std::uint32_t number = 0; number < 50; ++number) {
    const Patient patient = patientNumber(priors, number);
    RandomStream random(5, number, 2);
    for (const StudyPlan& plan : sampleCourse(priors, patient, random))
      EXPECT_NEAR(plan.uptakePercent,
                  patient.uptakePercent * plan.remainder *
                      std::pow(0.5, (plan.hoursFromDose - 24) / patient.biologicalHalfLifeHours),
                  1e-9);
  }
}

TEST(HasResidualTissue, IsDecidedByTheThreshold) {
  const Cohort priors = cohort();
  StudyPlan plan;
  plan.uptakePercent = 0.2;
  EXPECT_TRUE(hasResidualTissue(priors, plan));
  plan.uptakePercent = 0.1999;
  EXPECT_FALSE(hasResidualTissue(priors, plan));
}

TEST(SampleLaboratory, LeavesOutAsOftenAsAsked) {
  const Cohort priors = cohort();
  int missing = 0;
  for (std::uint32_t number = 0; number < 2000; ++number) {
    RandomStream random(6, number);
    missing += !sampleLaboratory(priors, StudyPlan{}, random).tshMilliUnitsPerL;
  }
  const double share = priors.laboratory.tshMissingShare;
  EXPECT_NEAR(missing / 2000.0, share, 5 * std::sqrt(share * (1 - share) / 2000));
}

}  // namespace
}  // namespace remnant::phantom

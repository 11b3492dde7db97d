#include "remnant/phantom/scene.h"

#include <gtest/gtest.h>

#include <cmath>

namespace remnant::phantom {
namespace {

TEST(RetentionPercent, PassesThroughTheStatedValueAndHalves) {
  const Cohort cohort;
  EXPECT_DOUBLE_EQ(retentionPercent(cohort, 9, 48), 9);
  EXPECT_NEAR(retentionPercent(cohort, 9, 48 + cohort.background.lateHalfLifeHours), 4.5, 1e-12);
  EXPECT_NEAR(retentionPercent(cohort, 9, 48 - cohort.background.earlyHalfLifeHours), 18, 1e-12);
}

TEST(RetentionPercent, NeverExceedsWhatHasNotDecayed) {
  EXPECT_DOUBLE_EQ(retentionPercent(Cohort(), 90, 0), 100);
}

TEST(SampleScene, FociHoldTheirShareOfTheDoseDecayedToTheScan) {
  Cohort cohort;
  cohort.centres.resize(1);
  cohort.thyroid.noFocusShare = 0;
  for (std::uint32_t number = 0; number < 40; ++number) {
    RandomStream random(9, number);
    const Patient patient = samplePatient(cohort, random);
    StudyPlan plan;
    plan.doseMBq = 100;
    plan.hoursFromDose = 48;
    plan.uptakePercent = 0.5;
    const StudyScene scene = sampleScene(cohort, patient, plan, random);
    double activityMBq = 0;
    for (const double focus : scene.focusActivityMBq) activityMBq += focus;
    // 0.5 MBq, and two days of a half-life of 8.0252 days.
    EXPECT_NEAR(activityMBq, 0.5 * std::pow(0.5, 2 / 8.0252), 1e-9);
  }
}

TEST(SampleScene, ConfoundersComeAsOftenAsTheCohortSays) {
  Cohort cohort;
  cohort.centres.resize(1);
  const auto sourcesWith = [&](double frequency) {
    auto& confounders = cohort.confounders;
    for (Confounder* confounder :
         {&confounders.parotid, &confounders.submandibular, &confounders.nose, &confounders.mouth,
          &confounders.oesophagus, &confounders.neckNode, &confounders.thymus, &confounders.contamination,
          &confounders.stomach, &confounders.colon, &confounders.bladder, &confounders.liver})
      confounder->frequency = frequency;
    RandomStream random(10, 0);
    const Patient patient = samplePatient(cohort, random);
    StudyPlan plan;
    plan.doseMBq = 100;
    return sampleScene(cohort, patient, plan, random).scene.sources.size() - patient.foci.size();
  };
  const Anatomy anatomy = anatomyOf(Person());
  const std::size_t always = anatomy.bloodPool.size() + 1 + anatomy.shoulderTissue.size();
  EXPECT_EQ(sourcesWith(0), always);
  EXPECT_EQ(sourcesWith(1),
            always + anatomy.parotids.size() + anatomy.submandibulars.size() + anatomy.colon.size() + 9);
}

}  // namespace
}  // namespace remnant::phantom

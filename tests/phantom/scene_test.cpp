#include "remnant/phantom/scene.h"

#include <gtest/gtest.h>

#include <cmath>

#include "phantom/example_cohort.h"

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
    for (const SceneFocus& focus : scene.foci)
      if (focus.inBed) activityMBq += focus.activityMBq;
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
          &confounders.oesophagus, &confounders.lung, &confounders.thymus, &confounders.contamination,
          &confounders.stomach, &confounders.colon, &confounders.bladder, &confounders.liver})
      confounder->frequency = frequency;
    RandomStream random(10, 0);
    const Patient patient = samplePatient(cohort, random);
    StudyPlan plan;
    plan.doseMBq = 100;
    plan.uptakePercent = patient.uptakePercent;
    const StudyScene scene = sampleScene(cohort, patient, plan, random);
    return scene.sources.size() - scene.foci.size();
  };
  const Anatomy anatomy = anatomyOf(Person());
  EXPECT_EQ(sourcesWith(0), 0U);
  EXPECT_EQ(sourcesWith(1), anatomy.parotids.size() + anatomy.submandibulars.size() + anatomy.colon.size() +
                                anatomy.lungs.size() + 8);
}

TEST(SampleScene, DepthsAreThoseOfTheSolidsOnTheLineOfTheFocus) {
  Cohort cohort = testing::coldCohort();
  cohort.thyroid.fociMean = 4;
  for (std::uint32_t number = 0; number < 20; ++number) {
    RandomStream random(12, number);
    Patient patient = samplePatient(cohort, random);
    shiftLaterally(7, patient);
    StudyPlan plan;
    plan.doseMBq = 100;
    plan.uptakePercent = 1;
    const StudyScene scene = sampleScene(cohort, patient, plan, random);
    ASSERT_EQ(scene.foci.size(), patient.foci.size());
    for (std::size_t index = 0; index < scene.foci.size(); ++index) {
      const SceneFocus& focus = scene.foci[index];
      EXPECT_EQ(focus.number, static_cast<int>(index) + 1);
      EXPECT_NEAR(focus.depthMm, patient.foci[index].depthMm, 1e-9);
      EXPECT_GT(focus.thicknessMm, focus.depthMm);
      // Soft tissue is denser than water by a few hundredths; only a trachea before the focus makes it less.
      const double lateral = std::abs(focus.shape.centre.x - patient.anatomy.trachea.x);
      if (lateral > patient.anatomy.trachea.semiX) {
        EXPECT_GT(focus.waterDepthMm, focus.depthMm);
      }
      EXPECT_LT(focus.waterDepthMm, focus.depthMm * 1.6);
    }
  }
}

// Pertechnetate 20 minutes after injection is all there, but for its decay.
TEST(RetentionPercent, OfTechnetiumIsWhatHasNotDecayed) {
  Cohort cohort;
  cohort.acquisition.nuclide = "Tc-99m";
  EXPECT_NEAR(retentionPercent(cohort, 100, 1.0 / 3), 100 * std::exp2(-1.0 / 3 / 6.0067), 1e-9);
}

}  // namespace
}  // namespace remnant::phantom

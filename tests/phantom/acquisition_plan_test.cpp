#include <gtest/gtest.h>

#include "phantom/example_cohort.h"
#include "remnant/phantom/camera_day.h"

namespace remnant::phantom {
namespace {

using scintigraphy::Acquisition;

std::vector<AcquisitionPlan> plansOf(const Cohort& cohort) {
  RandomStream random(7, 1);
  const CentreCamera camera = centreCameraOf(cohort, cohort.centres[0], random);
  const Patient patient = samplePatient(cohort, random);
  const CameraDay day = sampleCameraDay(cohort, cohort.centres[0], StudyPlan(), random);
  return planAcquisitions(cohort, camera, day, patient);
}

TEST(PlanAcquisitions, ASweepIsOneObjectOfTwoFrames) {
  const auto plans = plansOf(testing::coldCohort());
  ASSERT_EQ(plans.size(), 1U);
  EXPECT_EQ(plans[0].kind, Acquisition::kWholeBody);
  EXPECT_EQ(plans[0].frameCount(), 2U);
  EXPECT_EQ(plans[0].picture.rows, 1024U);
  ASSERT_TRUE(plans[0].sweep);
  EXPECT_DOUBLE_EQ(plans[0].secondsPerFrame, plans[0].sweep->durationSeconds());
}

TEST(PlanAcquisitions, ObjectsFollowOneAnother) {
  Cohort cohort = testing::coldTechnetiumCohort();
  cohort.acquisition.windows = {"photopeak", "lower"};
  cohort.acquisition.dynamicFrames = 10;
  cohort.acquisition.leftLateral = cohort.acquisition.rightLateral = true;
  cohort.acquisition.spect = true;
  const auto plans = plansOf(cohort);
  ASSERT_EQ(plans.size(), 4U);
  EXPECT_EQ(plans[0].kind, Acquisition::kDynamic);
  EXPECT_EQ(plans[0].frameCount(), 20U);  // photopeak alone
  EXPECT_EQ(plans[1].kind, Acquisition::kStatic);
  EXPECT_EQ(plans[1].frameCount(), 4U);
  EXPECT_EQ(plans[2].heads[0].angleDegrees, 90);
  EXPECT_EQ(plans[2].heads[1].angleDegrees, 270);
  EXPECT_EQ(plans[3].kind, Acquisition::kTomo);
  EXPECT_EQ(plans[3].frameCount(), 60U * 2);
  // Both heads together see the whole circle.
  EXPECT_DOUBLE_EQ(plans[3].angleStepDegrees * static_cast<double>(plans[3].framesPerHead), 180);
  for (std::size_t index = 1; index < plans.size(); ++index) {
    const auto& before = plans[index - 1];
    EXPECT_GE(plans[index].startsAfterSeconds,
              before.startsAfterSeconds + before.secondsPerFrame * static_cast<double>(before.framesPerHead));
  }
}

TEST(PlanAcquisitions, HeadsStandOutsideTheBody) {
  Cohort cohort = testing::coldTechnetiumCohort();
  cohort.acquisition.leftLateral = true;
  cohort.acquisition.spect = true;
  RandomStream random(8, 1);
  const Anatomy anatomy = samplePatient(cohort, random).anatomy;
  for (const AcquisitionPlan& plan : plansOf(cohort))
    for (const auto& head : plan.heads) {
      const auto seen = projection::seenFrom(head, anatomy.shoulderCentre);
      EXPECT_GT(seen.distanceMm, cohort.camera.anteriorGapMm.least) << plan.description;
    }
}

}  // namespace
}  // namespace remnant::phantom

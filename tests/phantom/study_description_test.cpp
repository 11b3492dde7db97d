#include "remnant/phantom/study_description.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "remnant/scintigraphy/acquired_study.h"
#include "support/refusal_code.h"
#include "support/temporary_folder.h"

namespace remnant::phantom {
namespace {

using scintigraphy::Acquisition;
using ::testing::IsEmpty;

CivilTime dayAt(int day, int hour) {
  return CivilTime(CivilDate(std::chrono::year(2019) / 7 / day)) + std::chrono::hours(hour);
}

StudyFacts exampleFacts() {
  StudyFacts facts;
  facts.cohort = "example";
  facts.seed = 3;
  facts.identity.patientId = "SIM-000001";
  facts.identity.name = "TEST^PHANTOM";
  facts.identity.birthDate = CivilDate(std::chrono::year(1970) / 7 / 6);
  facts.sex = 'F';
  facts.scan = dayAt(5, 10);
  facts.administration = dayAt(4, 10);
  facts.doseMBq = 185;
  facts.nuclide = "I-131";
  facts.studyDescription = "I-131 neck";
  facts.protocolName = "Neck I131";
  facts.camera = {"Hospital", "Address", "SIEMENS NM", "Symbia", "SIM123", "HE", 533, 387};
  return facts;
}

AcquisitionPlan examplePlan(Acquisition kind) {
  AcquisitionPlan plan;
  plan.kind = kind;
  plan.description = "NECK";
  plan.startsAfterSeconds = 900;
  plan.windows = {{328, 400}, {300, 328}};
  plan.heads = {{0, 190, 7, -4}, {180, 230, 7, -4}};
  plan.picture = {32, 24, 4.8, 11, -60};
  return plan;
}

AcquisitionPlan exampleTomo() {
  AcquisitionPlan plan = examplePlan(Acquisition::kTomo);
  plan.secondsPerFrame = 20;
  plan.framesPerHead = 30;
  plan.angleStepDegrees = 6;
  plan.heads[0].angleDegrees = 33;
  plan.heads[1].angleDegrees = 213;
  return plan;
}

scintigraphy::AcquiredStudy readBack(const StudyFacts& facts, const AcquisitionPlan& plan) {
  const testing::TemporaryFolder folder;
  const auto description = describeAcquisition(facts, plan, 0);
  const std::vector<image::Counts> pictures(plan.frameCount(),
                                            image::Counts(plan.picture.rows, plan.picture.columns, 1));
  scintigraphy::writeNm(description, pictures).write(folder / "a.dcm");
  return scintigraphy::readStudies({folder / "a.dcm"}).at(0);
}

/// A point must be seen in the same pixel and at the same distance by the plan and by what the object tells.
void expectSamePlace(const AcquisitionPlan& plan, std::size_t head, std::size_t step,
                     const scintigraphy::AcquiredFrame& frame) {
  ASSERT_TRUE(frame.place);
  projection::HeadPosition planned = plan.heads[head];
  planned.angleDegrees += static_cast<double>(step) * plan.angleStepDegrees;
  const projection::HeadPosition told{frame.angleDegrees, frame.place->planeMm, 0, 0};
  const projection::Picture picture{plan.picture.rows, plan.picture.columns, plan.picture.pixelMm,
                                    frame.place->centreU, frame.place->topMm};
  for (const image::Point point : {image::Point{0, 0, 0}, image::Point{31, -47, 12}}) {
    const auto expected = projection::seenFrom(planned, point), seen = projection::seenFrom(told, point);
    EXPECT_NEAR(picture.columnOf(seen.u), plan.picture.columnOf(expected.u), 1e-6);
    EXPECT_NEAR(picture.rowOf(seen.z), plan.picture.rowOf(expected.z), 1e-6);
    EXPECT_NEAR(seen.distanceMm, expected.distanceMm, 1e-6);
  }
}

TEST(DescribeAcquisition, TellsTheStudyAndItsTimes) {
  const auto study = readBack(exampleFacts(), examplePlan(Acquisition::kStatic));
  EXPECT_EQ(study.patientId, "SIM-000001");
  EXPECT_EQ(study.radionuclide, "I-131");
  EXPECT_EQ(study.doseMBq, 185);
  EXPECT_EQ(study.administration, dayAt(4, 10));
  EXPECT_EQ(study.objects.at(0).start, dayAt(5, 10) + kPreparation + std::chrono::minutes(15));
  EXPECT_THAT(study.warnings, IsEmpty());
}

TEST(DescribeAcquisition, FramesAreHeadsThenWindows) {
  const auto study = readBack(exampleFacts(), examplePlan(Acquisition::kStatic));
  const auto& frames = study.objects.at(0).frames;
  ASSERT_EQ(frames.size(), 4U);
  EXPECT_EQ(frames[1].detector, 1);
  EXPECT_EQ(frames[1].window, (scintigraphy::EnergyWindow{300, 328}));
  EXPECT_EQ(frames[2].view.view, scintigraphy::View::kPosterior);
  EXPECT_EQ(frames[2].exposureSeconds, 600);
}

TEST(DescribeAcquisition, PicturesLieWhereThePlanHasThem) {
  AcquisitionPlan plan = examplePlan(Acquisition::kStatic);
  plan.heads.push_back({90, 210, 7, -4});
  plan.heads.push_back({315, 220, 7, -4});
  const auto study = readBack(exampleFacts(), plan);
  for (std::size_t head = 0; head < plan.heads.size(); ++head)
    expectSamePlace(plan, head, 0, study.objects.at(0).frames.at(2 * head));
  EXPECT_EQ(study.objects.at(0).frames.at(4).view.view, scintigraphy::View::kLeftLateral);
  EXPECT_EQ(study.objects.at(0).frames.at(6).view.view, scintigraphy::View::kOblique);
}

TEST(DescribeAcquisition, EveryViewOfATomoLiesWhereThePlanHasIt) {
  const AcquisitionPlan plan = exampleTomo();
  const auto study = readBack(exampleFacts(), plan);
  const auto& frames = study.objects.at(0).frames;
  ASSERT_EQ(frames.size(), 120U);
  for (const std::size_t step : {0U, 1U, 17U, 29U}) {
    expectSamePlace(plan, 0, step, frames[step]);
    expectSamePlace(plan, 1, step, frames[60 + step]);
  }
  EXPECT_THAT(study.warnings, IsEmpty());
}

TEST(DescribeAcquisition, ASweepTellsItsExposure) {
  AcquisitionPlan plan = examplePlan(Acquisition::kWholeBody);
  plan.sweep = SweepPlan{.velocityMmPerSecond = 2, .fieldOfViewMm = 390, .lengthMm = 1800};
  plan.secondsPerFrame = plan.sweep->durationSeconds();
  const auto study = readBack(exampleFacts(), plan);
  EXPECT_DOUBLE_EQ(study.objects.at(0).frames.at(0).exposureSeconds, 195);
  EXPECT_DOUBLE_EQ(study.objects.at(0).durationSeconds, (1800 + 390) / 2.0);
}

TEST(DescribeAcquisition, ObjectsShareStudyAndSpaceAndNothingElse) {
  const StudyFacts facts = exampleFacts();
  const auto first = describeAcquisition(facts, examplePlan(Acquisition::kStatic), 0);
  const auto second = describeAcquisition(facts, exampleTomo(), 1);
  const auto map = describeMap(facts, 2, 3);
  EXPECT_EQ(first.study.instanceUid, second.study.instanceUid);
  EXPECT_EQ(first.study.instanceUid, map.study.instanceUid);
  EXPECT_EQ(first.frameOfReferenceUid, second.frameOfReferenceUid);
  EXPECT_EQ(first.frameOfReferenceUid, map.frameOfReferenceUid);
  EXPECT_NE(first.sopInstanceUid, second.sopInstanceUid);
  EXPECT_NE(first.series.instanceUid, second.series.instanceUid);
  EXPECT_NE(second.series.instanceUid, map.series.instanceUid);
  ASSERT_EQ(map.sopInstanceUids.size(), 3U);
  EXPECT_NE(map.sopInstanceUids[0], map.sopInstanceUids[1]);
}

TEST(DescribeAcquisition, EveryNuclideIsUnderstood) {
  for (const char* nuclide : {"Tc-99m", "I-123", "I-131"}) {
    StudyFacts facts = exampleFacts();
    facts.nuclide = nuclide;
    EXPECT_EQ(readBack(facts, examplePlan(Acquisition::kStatic)).radionuclide, nuclide);
  }
  StudyFacts facts = exampleFacts();
  facts.nuclide = "F-18";
  EXPECT_EQ(testing::refusalCodeOf([&] { describeAcquisition(facts, examplePlan(Acquisition::kStatic), 0); }),
            "unknown-nuclide");
}

TEST(DescribeAcquisition, WindowsAreNamedByWhereTheyLie) {
  AcquisitionPlan plan = examplePlan(Acquisition::kStatic);
  plan.windows.push_back({400, 430});
  const auto description = describeAcquisition(exampleFacts(), plan, 0);
  EXPECT_EQ(description.energyWindows.at(0).name, "I-131 364 keV");
  EXPECT_EQ(description.energyWindows.at(1).name, "Lower Scatter");
  EXPECT_EQ(description.energyWindows.at(2).name, "Upper Scatter");
}

TEST(DescribeAcquisition, AgeIsInWholeYears) {
  // Born on 6 July 1970: still 48 on 5 July 2019.
  EXPECT_EQ(describeAcquisition(exampleFacts(), examplePlan(Acquisition::kStatic), 0).patient.ageYears, 48);
  StudyFacts facts = exampleFacts();
  facts.scan = dayAt(6, 0);
  EXPECT_EQ(describeAcquisition(facts, examplePlan(Acquisition::kStatic), 0).patient.ageYears, 49);
}

}  // namespace
}  // namespace remnant::phantom

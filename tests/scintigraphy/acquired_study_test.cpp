#include "remnant/scintigraphy/acquired_study.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "remnant/physics/nuclide.h"
#include "scintigraphy/example_ct.h"
#include "support/refusal_code.h"

namespace remnant::scintigraphy {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr dicom::Tag kDetectors{0x0054, 0x0022};

/// Writes objects and reads them back.
class Reading {
 public:
  void add(const dicom::Object& object) {
    files_.push_back(folder_ / ("nm" + std::to_string(files_.size()) + ".dcm"));
    object.write(files_.back());
  }
  void add(const NmDescription& description) {
    add(writeNm(description, testing::examplePictures(description)));
  }
  void addCt(const CtDescription& description) {
    for (const auto& file :
         testing::writeAll(writeCtSeries(testing::exampleMap(), testing::kExampleKeV, description), folder_))
      files_.push_back(file);
  }
  std::vector<AcquiredStudy> studies() const { return readStudies(files_); }
  AcquiredStudy only() const {
    const auto all = studies();
    EXPECT_EQ(all.size(), 1U);
    return all.front();
  }

 private:
  testing::TemporaryFolder folder_;
  std::vector<std::filesystem::path> files_;
};

AcquiredStudy readBack(const NmDescription& description) {
  Reading reading;
  reading.add(description);
  return reading.only();
}

AcquiredStudy readBack(const dicom::Object& object) {
  Reading reading;
  reading.add(object);
  return reading.only();
}

dicom::Object written(const NmDescription& description) {
  return writeNm(description, testing::examplePictures(description));
}

TEST(ReadStudies, TellsTheStudy) {
  const AcquiredStudy study = readBack(testing::exampleStatic());
  EXPECT_EQ(study.studyInstanceUid, "2.25.13");
  EXPECT_EQ(study.patientId, "ID-1");
  EXPECT_EQ(study.radionuclide, "I-131");
  EXPECT_EQ(study.doseMBq, 111);
  EXPECT_EQ(study.administration, testing::exampleTime(3, 8, 30));
  EXPECT_EQ(study.manufacturer, "Maker");
  EXPECT_EQ(study.model, "Model");
  EXPECT_EQ(study.serialNumber, "Serial");
  EXPECT_FALSE(study.map);
  EXPECT_THAT(study.warnings, IsEmpty());
}

TEST(ReadStudies, StaticHasItsHeadsAndWindows) {
  const NmDescription description = testing::exampleStatic();
  const AcquiredStudy study = readBack(description);
  const AcquiredObject& object = study.objects.at(0);
  EXPECT_EQ(object.acquisition, Acquisition::kStatic);
  EXPECT_EQ(object.start, testing::exampleTime(4, 9));
  EXPECT_EQ(object.frameOfReferenceUid, "2.25.12");
  EXPECT_DOUBLE_EQ(object.pixelMm, 4.7952);
  EXPECT_EQ(object.durationSeconds, 600);
  EXPECT_FALSE(object.pinhole);
  EXPECT_FALSE(object.saturated);
  ASSERT_EQ(object.frames.size(), 4U);
  EXPECT_EQ(object.frames[1].window, (EnergyWindow{300, 328}));
  EXPECT_EQ(object.frames[2].window, (EnergyWindow{328, 400}));
  EXPECT_EQ(object.frames[0].detector, 1);
  EXPECT_EQ(object.frames[0].collimatorName, "HE");
  EXPECT_EQ(object.frames[0].angleDegrees, 0);
  EXPECT_EQ(object.frames[3].detector, 2);
  EXPECT_EQ(object.frames[3].angleDegrees, 180);
  EXPECT_EQ(object.frames[3].view.view, View::kPosterior);
  EXPECT_EQ(object.frames[3].exposureSeconds, 600);
  EXPECT_EQ(object.frames[3].radialPositionMm, 200);
  EXPECT_FALSE(object.frames[3].place);
  EXPECT_EQ(object.frames[3].counts, testing::examplePictures(description)[3]);
}

TEST(ReadStudies, LateralIsSeenFromTheLeft) {
  const AcquiredStudy study = readBack(testing::exampleLateral());
  EXPECT_EQ(study.objects.at(0).frames.at(0).view.view, View::kLeftLateral);
  EXPECT_EQ(study.objects.at(0).frames.at(0).angleDegrees, 90);
}

TEST(ReadStudies, ASweepSeesEachRowWhileItPasses) {
  const AcquiredStudy study = readBack(testing::exampleSweep());
  EXPECT_DOUBLE_EQ(study.objects.at(0).frames.at(0).exposureSeconds, 387 / 2.5);
  EXPECT_DOUBLE_EQ(study.objects.at(0).durationSeconds, (1800 + 387) / 2.5);
  EXPECT_THAT(study.warnings, IsEmpty());
}

TEST(ReadStudies, ASweepsFieldFollowsFromItsTime) {
  dicom::Object object = written(testing::exampleSweep());
  for (dicom::Dataset detector : object.dataset().items(kDetectors)) detector.remove({0x0018, 0x1149});
  const AcquiredStudy told = readBack(object);
  EXPECT_NEAR(told.objects.at(0).frames.at(0).exposureSeconds, 387 / 2.5, 1e-9);
  EXPECT_THAT(told.warnings, Contains(HasSubstr("387 mm")));
  object.dataset().remove({0x0018, 0x1300});
  const AcquiredStudy untold = readBack(object);
  EXPECT_DOUBLE_EQ(untold.objects.at(0).frames.at(0).exposureSeconds, (1800 + 387) / 2.5);
  EXPECT_THAT(untold.warnings, Contains(HasSubstr("whole time is taken as exposure")));
}

TEST(ReadStudies, DynamicFramesFollowOneAnother) {
  dicom::Object object = written(testing::exampleDynamic());
  dicom::Dataset phase = object.dataset().items({0x0054, 0x0032}).at(0);
  phase.setIntegers({0x0054, 0x0036}, {5000});
  phase.setIntegers({0x0054, 0x0038}, {500});
  const AcquiredStudy study = readBack(object);
  const AcquiredObject& dynamic = study.objects.at(0);
  EXPECT_EQ(dynamic.frames.at(0).exposureSeconds, 2);
  EXPECT_EQ(dynamic.frames.at(0).startsAfterSeconds, 5);
  EXPECT_EQ(dynamic.frames.at(29).startsAfterSeconds, 5 + 29 * 2.5);
  EXPECT_EQ(dynamic.frames.at(30).startsAfterSeconds, 5);  // the scatter window, at the same time
  EXPECT_EQ(dynamic.durationSeconds, 5 + 29 * 2.5 + 2);
}

TEST(ReadStudies, TomoHasAnAngleAndPlaceForEachView) {
  const AcquiredStudy study = readBack(testing::exampleTomo());
  const AcquiredObject& tomo = study.objects.at(0);
  EXPECT_EQ(tomo.durationSeconds, 30 * 20);
  EXPECT_EQ(tomo.frames.at(0).angleDegrees, 0);
  EXPECT_EQ(tomo.frames.at(15).angleDegrees, 90);
  EXPECT_EQ(tomo.frames.at(60).angleDegrees, 180);
  EXPECT_EQ(tomo.frames.at(15).startsAfterSeconds, 15 * 20);
  EXPECT_EQ(tomo.frames.at(15).radialPositionMm, 200);
  // The first head's face at the front is y = -190, 200 mm before the axis, which lies at y = 10. Its picture
  // is 8 pixels of 4.7952 mm wide and begins at x = -150; the axis lies 3 mm to the right of the middle.
  const double middle = -150 + 3.5 * 4.7952, axisX = middle - 3, axisY = 10;
  ASSERT_TRUE(tomo.frames.at(0).place && tomo.frames.at(15).place);
  EXPECT_NEAR(tomo.frames.at(0).place->centreU, middle, 1e-6);
  EXPECT_NEAR(tomo.frames.at(0).place->planeMm, 190, 1e-6);
  EXPECT_NEAR(tomo.frames.at(0).place->topMm, 50 - 4.7952 / 2, 1e-6);
  // From the left u is y, and the face lies at x = axisX + 200.
  EXPECT_NEAR(tomo.frames.at(15).place->centreU, axisY + 3, 1e-6);
  EXPECT_NEAR(tomo.frames.at(15).place->planeMm, axisX + 200, 1e-6);
}

TEST(ReadStudies, ATomosAxisIsFoundFromTheSideToo) {
  // The axis at (5, 10); a head starts at the left, 200 mm away, its picture's middle 3 mm behind the axis.
  NmDescription description = testing::exampleTomo();
  description.detectors.resize(1);
  description.detectors[0].startAngleDegrees = 90;
  description.detectors[0].firstPixel = image::Point{5 + 200, 10 + 3 - 3.5 * 4.7952, 50};
  testing::setFrames(description, 30);
  const AcquiredStudy study = readBack(description);
  const FramePlace behind = study.objects.at(0).frames.at(15).place.value();  // 90 degrees further on
  EXPECT_NEAR(behind.centreU, -5 + 3, 1e-6);                                  // u is -x from behind
  EXPECT_NEAR(behind.planeMm, 10 + 200, 1e-6);                                // the face lies at y = 10 + 200
}

TEST(ReadStudies, StaticPlacesAreThoseOfTheirFirstPixels) {
  NmDescription description = testing::exampleStatic();
  description.detectors[0].firstPixel = image::Point{-150, -190, 50};
  description.detectors[1].firstPixel = image::Point{150, 210, 50};
  const AcquiredStudy study = readBack(description);
  const FramePlace front = study.objects.at(0).frames.at(0).place.value();
  EXPECT_NEAR(front.centreU, -150 + 3.5 * 4.7952, 1e-6);
  EXPECT_NEAR(front.planeMm, 190, 1e-6);
  const FramePlace back = study.objects.at(0).frames.at(2).place.value();
  EXPECT_NEAR(back.centreU, -150 + 3.5 * 4.7952, 1e-6);  // u is -x from behind
  EXPECT_NEAR(back.planeMm, 210, 1e-6);
  EXPECT_NEAR(back.topMm, 50 - 4.7952 / 2, 1e-6);
}

TEST(ReadStudies, ACodeIsTrustedMoreThanAnAngle) {
  NmDescription description = testing::exampleStatic();
  std::swap(description.detectors[0].view, description.detectors[1].view);
  const AcquiredStudy study = readBack(description);
  EXPECT_EQ(study.objects.at(0).frames.at(0).angleDegrees, 180);
  EXPECT_THAT(study.warnings, Contains(HasSubstr("says posterior")));
}

TEST(ReadStudies, UnknownViewsHaveNoAngle) {
  dicom::Object object = written(testing::exampleLateral());
  dicom::Dataset detector = object.dataset().items(kDetectors).at(0);
  detector.remove({0x0054, 0x0220});
  detector.remove({0x0054, 0x0200});
  EXPECT_TRUE(std::isnan(readBack(object).objects.at(0).frames.at(0).angleDegrees));
}

TEST(ReadStudies, PinholeAndSaturationAreSeen) {
  NmDescription description = testing::exampleLateral();
  auto pictures = testing::examplePictures(description);
  pictures[1].at(3, 3) = 65535;
  dicom::Object object = writeNm(description, pictures);
  object.dataset().items(kDetectors).at(0).setText({0x0018, 0x1181}, "PINH");
  const AcquiredStudy study = readBack(object);
  EXPECT_TRUE(study.objects.at(0).pinhole);
  EXPECT_TRUE(study.objects.at(0).saturated);
}

TEST(ReadStudies, DosesInBecquerelAreBroughtToMegabecquerel) {
  NmDescription description = testing::exampleStatic();
  description.radiopharmaceutical.activityMBq = 185e6;  // as some write it: 185 MBq in Bq
  EXPECT_EQ(readBack(description).doseMBq, 185);
}

TEST(ReadStudies, ObjectsAreGroupedAndSortedByTime) {
  NmDescription later = testing::exampleStatic(), earlier = testing::exampleLateral();
  earlier.start -= std::chrono::hours(10);  // before midnight
  NmDescription other = testing::exampleStatic();
  other.study.instanceUid = "2.25.99";
  other.start -= std::chrono::hours(24);
  other.radiopharmaceutical.administration -= std::chrono::hours(24);
  Reading reading;
  reading.add(later);
  reading.add(other);
  reading.add(earlier);
  const auto studies = reading.studies();
  ASSERT_EQ(studies.size(), 2U);
  EXPECT_EQ(studies[0].studyInstanceUid, "2.25.99");
  ASSERT_EQ(studies[1].objects.size(), 2U);
  EXPECT_EQ(studies[1].objects[0].start, testing::exampleTime(3, 23));
  EXPECT_EQ(studies[1].objects[1].start, testing::exampleTime(4, 9));
}

TEST(ReadStudies, WarnsOfPixelsThatAreNotWhatWasCounted) {
  const NmDescription description = testing::exampleStatic();
  dicom::Object object = writeNm(description, testing::examplePictures(description));
  object.dataset().setIntegers({0x0018, 0x0070}, {1});
  Reading reading;
  reading.add(object);
  EXPECT_THAT(reading.only().warnings, Contains(HasSubstr("CountsAccumulated says 1,")));
}

TEST(ReadStudies, TellsAStudyOfSeveralPatients) {
  NmDescription later = testing::exampleStatic();
  later.patient.id = "SOMEONE-ELSE";
  Reading one, two;
  one.add(testing::exampleLateral());
  two.add(testing::exampleLateral());
  two.add(later);
  EXPECT_FALSE(one.studies().at(0).severalPatients);
  EXPECT_TRUE(two.studies().at(0).severalPatients);
}

TEST(ReadStudies, ReadsTheMapOfTheSameSpace) {
  Reading reading;
  reading.add(testing::exampleStatic());
  reading.addCt(testing::exampleCt(7));
  const AcquiredStudy study = reading.only();
  ASSERT_TRUE(study.map);
  EXPECT_EQ(study.map->keV, physics::nuclideNamed("I-131").photopeakKeV);
  EXPECT_EQ(study.map->attenuationPerMm.grid().count(), testing::exampleMap().grid().count());
  EXPECT_THAT(study.warnings, IsEmpty());
}

TEST(ReadStudies, LeavesOutAMapOfAnotherSpace) {
  CtDescription description = testing::exampleCt(7);
  description.frameOfReferenceUid = "2.25.55";
  Reading reading;
  reading.add(testing::exampleStatic());
  reading.addCt(description);
  const AcquiredStudy study = reading.only();
  EXPECT_FALSE(study.map);
  EXPECT_THAT(study.warnings, Contains(HasSubstr("shares no frame of reference")));
}

TEST(ReadStudies, LeavesOutWhatHoldsNoCountsOfOneRange) {
  dicom::Object object = written(testing::exampleStatic());
  dicom::Dataset range = object.dataset().items({0x0054, 0x0012}).at(0).appendItem({0x0054, 0x0013});
  range.setNumbers({0x0054, 0x0014}, {620});
  range.setNumbers({0x0054, 0x0015}, {660});
  EXPECT_EQ(testing::refusalCodeOf([&] { readBack(object); }), "not-a-study");
  Reading reading;
  reading.add(testing::exampleLateral());
  reading.add(object);
  const AcquiredStudy study = reading.only();
  EXPECT_EQ(study.objects.size(), 1U);
  EXPECT_THAT(study.warnings, Contains(HasSubstr("several energy ranges in one window and is left out")));
}

TEST(ReadStudies, FilesWithoutAStudyAreRefused) {
  EXPECT_EQ(testing::refusalCodeOf([] { readStudies({}); }), "not-a-study");
  Reading reading;
  reading.addCt(testing::exampleCt(7));
  EXPECT_EQ(testing::refusalCodeOf([&] { reading.studies(); }), "not-a-study");
}

}  // namespace
}  // namespace remnant::scintigraphy

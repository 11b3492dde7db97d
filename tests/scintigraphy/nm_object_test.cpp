#include "remnant/scintigraphy/nm_object.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "remnant/base/error.h"
#include "scintigraphy/example_nm.h"

namespace remnant::scintigraphy {
namespace {

using testing::addDetector;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::nmObject;
using testing::setViewName;

constexpr dicom::Tag kEnergyWindowVector{0x0054, 0x0010};
constexpr dicom::Tag kDetectorVector{0x0054, 0x0020};
constexpr dicom::Tag kPhaseVector{0x0054, 0x0030};
constexpr dicom::Tag kPhaseSequence{0x0054, 0x0032};
constexpr dicom::Tag kRotationVector{0x0054, 0x0050};
constexpr dicom::Tag kRotationSequence{0x0054, 0x0052};
constexpr dicom::Tag kAngularViewVector{0x0054, 0x0090};
constexpr dicom::Tag kDuration{0x0018, 0x1242};
constexpr dicom::Tag kPatientPosition{0x0018, 0x5100};
constexpr dicom::Tag kTotalDose{0x0018, 0x1074};

TEST(Acquisition, IsToldByTheThirdValueOfTheImageType) {
  const std::pair<const char*, const char*> kinds[] = {{"STATIC", "static"},
                                                       {"WHOLE BODY", "whole-body"},
                                                       {"DYNAMIC", "dynamic"},
                                                       {"GATED", "gated"},
                                                       {"TOMO", "tomo"},
                                                       {"GATED TOMO", "gated-tomo"},
                                                       {"RECON TOMO", "recon-tomo"},
                                                       {"RECON GATED TOMO", "recon-gated-tomo"}};
  for (const auto& [imageType, text] : kinds)
    EXPECT_EQ(acquisitionText(interpret(nmObject(imageType, 1)).acquisition.value()), text);
  const NmObject odd = interpret(nmObject("SCREEN", 1));
  EXPECT_EQ(odd.acquisition, std::nullopt);
  EXPECT_THAT(odd.warnings, ElementsAre(HasSubstr("image type")));
}

TEST(Interpret, AnObjectOfAnotherModalityHasNoAcquisition) {
  dicom::Object object = dicom::Object::create("1.2.840.10008.5.1.4.1.1.2", "2.25.3");
  object.dataset().setText({0x0008, 0x0060}, "CT");
  object.dataset().setText({0x0008, 0x0070}, "Maker");
  const NmObject meaning = interpret(object);
  EXPECT_EQ(meaning.acquisition, std::nullopt);
  EXPECT_EQ(meaning.manufacturer, "Maker");
  EXPECT_THAT(meaning.warnings, IsEmpty());
}

TEST(Interpret, ASecondaryCaptureOfModalityNmIsNm) {
  dicom::Object object = nmObject("STATIC", 1);
  object.dataset().setText({0x0008, 0x0016}, "1.2.840.10008.5.1.4.1.1.7");
  EXPECT_EQ(interpret(object).acquisition, Acquisition::kStatic);
}

TEST(Interpret, TheTwoHeadsOfAWholeBodyAreAnteriorAndPosterior) {
  dicom::Object object = nmObject("WHOLE BODY", 2);
  object.dataset().setText(kPatientPosition, "HFS");
  object.dataset().setIntegers(kEnergyWindowVector, {1, 1});
  object.dataset().setIntegers(kDetectorVector, {1, 2});
  object.dataset().setIntegers(kDuration, {1200000});
  addDetector(object, 180);
  addDetector(object, 0);
  const NmObject meaning = interpret(object);
  ASSERT_EQ(meaning.frames.size(), 2u);
  EXPECT_EQ(meaning.frames[0].view.view, View::kAnterior);
  EXPECT_EQ(meaning.frames[1].view.view, View::kPosterior);
  EXPECT_EQ(meaning.frames[1].detector, 2);
  EXPECT_EQ(meaning.frames[0].durationMs, 1200000);
  EXPECT_THAT(meaning.frames[0].windows, ElementsAre(EnergyWindow{327.6, 400.4}));
  EXPECT_THAT(meaning.warnings, IsEmpty());
}

TEST(Interpret, NamesOfEachDetectorTellItsFrames) {
  dicom::Object object = nmObject("STATIC", 2);
  object.dataset().setIntegers(kDetectorVector, {2, 1});
  setViewName(object.dataset().appendItem({0x0054, 0x0022}), "1", "FACE ANT");
  setViewName(object.dataset().appendItem({0x0054, 0x0022}), "2", "FACE POST");
  const NmObject meaning = interpret(object);
  EXPECT_EQ(meaning.frames[0].view.view, View::kPosterior);
  EXPECT_EQ(meaning.frames[1].view.view, View::kAnterior);
}

TEST(Interpret, ANameOfTheWholeObjectTellsNothingAboutTwoDetectors) {
  dicom::Object object = nmObject("STATIC", 2);
  object.dataset().setIntegers(kDetectorVector, {1, 2});
  object.dataset().appendItem({0x0054, 0x0022});
  object.dataset().appendItem({0x0054, 0x0022});
  object.dataset().setText({0x0054, 0x0400}, "ANTERIOR");
  for (const FrameMeaning& frame : interpret(object).frames) EXPECT_EQ(frame.view.view, View::kUnknown);
}

TEST(Interpret, TwoHeadsAtOneAngleTellNothing) {
  dicom::Object object = nmObject("STATIC", 2);
  object.dataset().setText(kPatientPosition, "HFS");
  object.dataset().setIntegers(kDetectorVector, {1, 2});
  addDetector(object, 180);
  addDetector(object, 180);
  const NmObject meaning = interpret(object);
  for (const FrameMeaning& frame : meaning.frames) EXPECT_EQ(frame.view.view, View::kUnknown);
  EXPECT_THAT(meaning.warnings, ElementsAre(HasSubstr("same angle of 180")));
}

TEST(Interpret, TheDurationOfADynamicFrameIsThatOfItsPhase) {
  dicom::Object object = nmObject("DYNAMIC", 3);
  object.dataset().setIntegers(kPhaseVector, {1, 1, 2});
  object.dataset().appendItem(kPhaseSequence).setIntegers(kDuration, {1000});
  object.dataset().appendItem(kPhaseSequence).setIntegers(kDuration, {5000});
  const NmObject meaning = interpret(object);
  EXPECT_EQ(meaning.frames[1].durationMs, 1000);
  EXPECT_EQ(meaning.frames[2].durationMs, 5000);
  EXPECT_EQ(meaning.frames[2].phase, 2);
}

TEST(Interpret, ATomographicFrameStandsWhereTheRotationHasTakenIt) {
  dicom::Object object = nmObject("TOMO", 3);
  object.dataset().setText(kPatientPosition, "FFS");
  object.dataset().setIntegers(kDetectorVector, {1, 1, 1});
  object.dataset().setIntegers(kRotationVector, {1, 1, 1});
  object.dataset().setIntegers(kAngularViewVector, {1, 2, 3});
  addDetector(object, 45);
  dicom::Dataset rotation = object.dataset().appendItem(kRotationSequence);
  rotation.setText({0x0018, 0x1140}, "CW");
  rotation.setNumbers({0x0018, 0x1144}, {45});
  rotation.setIntegers(kDuration, {20000});
  const NmObject meaning = interpret(object);
  // Clockwise lowers the angle: 45, 0, 315 degrees.
  EXPECT_EQ(meaning.frames[0].view.view, View::kOblique);
  EXPECT_EQ(meaning.frames[1].view.view, View::kPosterior);
  EXPECT_EQ(meaning.frames[2].angleDegrees, 315);
  EXPECT_EQ(meaning.frames[2].durationMs, 20000);
  rotation.setText({0x0018, 0x1140}, "CC");
  EXPECT_EQ(interpret(object).frames[2].angleDegrees, 135);
}

TEST(Interpret, SlicesHaveNoView) {
  dicom::Object object = nmObject("RECON TOMO", 2);
  object.dataset().setText({0x0008, 0x103E}, "ANTERIOR");
  object.dataset().setIntegers({0x0054, 0x0080}, {1, 2});
  const NmObject meaning = interpret(object);
  EXPECT_EQ(meaning.frames[1].slice, 2);
  EXPECT_EQ(meaning.frames[1].view.view, View::kUnknown);
}

TEST(Interpret, AVectorOfTheWrongLengthIsLeftOutAndTold) {
  dicom::Object object = nmObject("STATIC", 3);
  object.dataset().setIntegers(kDetectorVector, {1, 2});
  const NmObject meaning = interpret(object);
  EXPECT_EQ(meaning.frames[0].detector, std::nullopt);
  EXPECT_THAT(meaning.warnings, ElementsAre(HasSubstr("DetectorVector has 2 values for 3 frames")));
}

TEST(Interpret, AnEnergyWindowThatIsNotDescribedIsTold) {
  dicom::Object object = nmObject("STATIC", 2);
  object.dataset().setIntegers(kEnergyWindowVector, {1, 7});
  const NmObject meaning = interpret(object);
  EXPECT_EQ(meaning.frames[0].windows.size(), 1u);
  EXPECT_THAT(meaning.frames[1].windows, IsEmpty());
  EXPECT_THAT(meaning.warnings, ElementsAre(HasSubstr("1 frames point at no energy window")));
}

TEST(Interpret, APointerToAMissingVectorIsTold) {
  dicom::Object object = nmObject("STATIC", 1);
  object.dataset().setTags({0x0028, 0x0009}, {kDetectorVector});
  EXPECT_THAT(interpret(object).warnings,
              ElementsAre(HasSubstr("(0054,0020) DetectorVector, which is missing")));
}

TEST(Interpret, ABadNumberBecomesAWarning) {
  dicom::Object object = nmObject("STATIC", 1);
  object.dataset().setText(kDuration, "long");
  const NmObject meaning = interpret(object);
  EXPECT_EQ(meaning.frames[0].durationMs, std::nullopt);
  EXPECT_THAT(meaning.warnings, ElementsAre(HasSubstr("(0018,1242)")));
}

TEST(Interpret, AStartThatCannotBeReadBecomesAWarning) {
  dicom::Object object = nmObject("STATIC", 1);
  object.dataset().setText({0x0008, 0x0022}, std::string((std::size_t{16} << 20) + 2, '1'));
  const NmObject meaning = interpret(object);
  EXPECT_EQ(meaning.start, std::nullopt);
  EXPECT_THAT(meaning.warnings, ElementsAre(HasSubstr("start of the acquisition cannot be read")));
}

TEST(Interpret, TheCollimatorOfAFrameIsThatOfItsDetector) {
  dicom::Object object = nmObject("STATIC", 3);
  object.dataset().setIntegers(kDetectorVector, {2, 1, 3});
  for (const char* name : {"first", "second"})
    addDetector(object, name[0] == 'f' ? 0 : 180).setText({0x0018, 0x1180}, name);
  const auto frames = interpret(object).frames;
  EXPECT_EQ(frames.at(0).collimatorName, "second");
  EXPECT_EQ(frames.at(1).collimatorName, "first");
  EXPECT_EQ(frames.at(2).collimatorName, "");  // of a detector that is not described
}

TEST(Interpret, RefusesMoreFramesThanVectorsCanDescribe) {
  EXPECT_THROW(interpret(nmObject("DYNAMIC", 999999)), InputError);
}

TEST(Interpret, MissingPixelSpacingIsTold) {
  dicom::Object object = nmObject("STATIC", 1);
  object.dataset().remove({0x0028, 0x0030});
  const NmObject meaning = interpret(object);
  EXPECT_EQ(meaning.pixelSpacingMm, std::nullopt);
  EXPECT_THAT(meaning.warnings, ElementsAre(HasSubstr("pixel spacing")));
}

TEST(PatientPosition, IsReadOrPutTogetherFromCodes) {
  dicom::Object object = nmObject("STATIC", 1);
  EXPECT_EQ(interpret(object).patientPosition, "");
  object.dataset()
      .appendItem({0x0054, 0x0410})
      .appendItem({0x0054, 0x0412})
      .setText({0x0008, 0x0100}, "F-10340");
  object.dataset().appendItem({0x0054, 0x0414}).setText({0x0008, 0x0100}, "F-10480");
  EXPECT_EQ(interpret(object).patientPosition, "FFS");
  object.dataset().setText(kPatientPosition, "HFS");
  const NmObject contradicted = interpret(object);
  EXPECT_EQ(contradicted.patientPosition, "HFS");
  EXPECT_THAT(contradicted.warnings, ElementsAre(HasSubstr("the orientation codes say FFS")));
}

TEST(Dose, IsBroughtToMegabecquerels) {
  const auto doseOf = [](double written) {
    dicom::Object object = nmObject("STATIC", 1);
    object.dataset().items({0x0054, 0x0016}).at(0).setNumbers(kTotalDose, {written});
    return interpret(object);
  };
  EXPECT_EQ(doseOf(3700).doseMBq, 3700);
  EXPECT_EQ(doseOf(0).doseMBq, std::nullopt);
  EXPECT_EQ(doseOf(-5).doseMBq, std::nullopt);
  const NmObject becquerels = doseOf(740000000);
  EXPECT_EQ(becquerels.doseMBq, 740);
  EXPECT_THAT(becquerels.warnings, ElementsAre(HasSubstr("taken as Bq")));
}

TEST(Radiopharmaceutical, TwoNuclidesAreTold) {
  dicom::Object object = nmObject("STATIC", 1);
  object.dataset()
      .appendItem({0x0054, 0x0016})
      .appendItem({0x0054, 0x0300})
      .setText({0x0008, 0x0104}, "Tc99m");
  const NmObject meaning = interpret(object);
  EXPECT_EQ(meaning.radionuclide, "I-131");
  EXPECT_THAT(meaning.warnings, ElementsAre(HasSubstr("I-131 and Tc-99m")));
}

}  // namespace
}  // namespace remnant::scintigraphy

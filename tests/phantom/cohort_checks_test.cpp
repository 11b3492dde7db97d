#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "remnant/base/error.h"
#include "remnant/phantom/cohort.h"

namespace remnant::phantom {
namespace {

const std::string kCentre = R"([[centre]]
name = "A"
address = "B"
serial = "E"
)";
const std::string kCamera = "camera = \"Siemens Symbia Intevo\"\n";
const std::string kCollimator = "collimator = \"Siemens HE\"\n";

InputError refusalOf(const std::string& text) {
  try {
    parseCohort(text, "cohort.toml");
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), "bad-cohort") << text;
    EXPECT_EQ(error.file(), "cohort.toml") << text;
    EXPECT_THAT(error.what(), ::testing::HasSubstr("line ")) << text;
    return error;
  }
  ADD_FAILURE() << "accepted: " << text;
  return InputError("none", "none");
}

InputError refusalOfPriors(const std::string& text) {
  return refusalOf(text + kCentre + kCamera + kCollimator);
}

TEST(ImpossibleCohort, NegativeMassIsRefusedWithItsRange) {
  const InputError error = refusalOfPriors("[thyroid]\nmassGrams = { least = -1, most = 5 }\n");
  EXPECT_EQ(error.tag(), "thyroid.massGrams.least");
  EXPECT_THAT(error.what(), ::testing::AllOf(::testing::HasSubstr("line 2"), ::testing::HasSubstr("-1"),
                                             ::testing::HasSubstr("0.001 to 20")));
}

TEST(ImpossibleCohort, FociThatDoNotFitAreRefused) {
  const InputError error =
      refusalOfPriors("[thyroid]\nfociMean = 5\nmassGrams = { least = 15, most = 20 }\n");
  EXPECT_EQ(error.tag(), "thyroid.massGrams.least");
  EXPECT_THAT(error.what(), ::testing::HasSubstr("0.001 to 8"));  // 40 g among five
}

TEST(ImpossibleCohort, MassesThatNoUptakeHasAreRefused) {
  // At most 2 % at no less than 1 % a gram is 2 g.
  const InputError heavy = refusalOfPriors(
      "[thyroid]\nuptakePercent = { median = 0.5, most = 2 }\nuptakePercentPerGram = { median "
      "= 2, least = 1 }\nmassGrams = { least = 3, most = 5 }\n");
  EXPECT_EQ(heavy.tag(), "thyroid.massGrams.least");
  EXPECT_THAT(heavy.what(), ::testing::HasSubstr("allowed are 0.001 to 2"));
  // At least 4 % at no more than 1 % a gram is 4 g, among two foci 2 g each.
  const InputError light = refusalOfPriors(
      "[thyroid]\nfociMean = 2\nuptakePercent = { median = 5, least = 4 "
      "}\nuptakePercentPerGram = { median = 0.5, most = 1 }\nmassGrams = { least = 0.01, most "
      "= 1 }\n");
  EXPECT_EQ(light.tag(), "thyroid.massGrams.most");
  EXPECT_THAT(light.what(), ::testing::HasSubstr("allowed are 2 to 20"));
}

TEST(ImpossibleCohort, ANumberInPlaceOfARangeIsToldItsKeys) {
  const InputError error = refusalOfPriors("[acquisition]\nminutes = 10\n");
  EXPECT_EQ(error.tag(), "acquisition.minutes");
  EXPECT_THAT(error.what(), ::testing::HasSubstr("must be a table of least, most"));
}

TEST(ImpossibleCohort, ATracheaInTheSpineIsRefused) {
  EXPECT_EQ(refusalOfPriors("[person]\ntracheaFrontMm = { least = 12, most = 30 }\n").tag(),
            "person.tracheaDiameterMm.most");
}

TEST(ImpossibleCohort, MediansOutsideTheirLimitsAreRefused) {
  EXPECT_EQ(refusalOfPriors("[thyroid]\nuptakePercent = { median = 30, most = 20 }\n").tag(),
            "thyroid.uptakePercent.median");
  EXPECT_EQ(refusalOfPriors("[person]\nageYears = { mean = 20, least = 40 }\n").tag(),
            "person.ageYears.mean");
}

TEST(ImpossibleCohort, LimitsInTheWrongOrderAreToldBeforeTheirMedian) {
  const InputError error =
      refusalOfPriors("[thyroid]\nuptakePercent = { median = 5, least = 9, most = 4 }\n");
  EXPECT_EQ(error.tag(), "thyroid.uptakePercent.least");
  EXPECT_THAT(error.what(), ::testing::HasSubstr("line 2: thyroid.uptakePercent.least is 9, above "
                                                 "thyroid.uptakePercent.most, which is 4"));
}

TEST(ImpossibleCohort, LimitsThatDisagreeWithADefaultAreToldWhereTheyStand) {
  const InputError error = refusalOfPriors("[thyroid]\n\nuptakePercent = { most = 0.001 }\n");
  EXPECT_EQ(error.tag(), "thyroid.uptakePercent.least");  // 0.005 where left out
  EXPECT_THAT(error.what(), ::testing::HasSubstr("line 3: "));
}

TEST(ImpossibleCohort, WhatIsNoNumberIsRefusedWithTheRange) {
  const std::string centre = kCentre + kCamera + kCollimator;
  for (const char* value : {"nan", "inf", "\"one\""})
    EXPECT_THAT(refusalOf(centre + "posteriorGain = " + value + "\n").what(),
                ::testing::HasSubstr("line 7: centre.posteriorGain must be a number, allowed are 0.5 to 2"))
        << value;
}

TEST(ImpossibleCohort, EveryWrongMatrixIsToldWhatIsAllowed) {
  for (const char* value : {"7", "200", "512", "nan"})
    EXPECT_THAT(refusalOfPriors("[acquisition]\nmatrix = " + std::string(value) + "\n").what(),
                ::testing::EndsWith(", allowed are 128 and 256"))
        << value;
  for (const char* value : {"128", "256"})
    EXPECT_NO_THROW(
        parseCohort("[acquisition]\nmatrix = " + std::string(value) + "\n" + kCentre + kCamera + kCollimator,
                    "cohort.toml"));
}

TEST(ImpossibleCohort, UnknownNamesAreRefusedWithThoseThereAre) {
  const InputError nuclide = refusalOfPriors("[acquisition]\nnuclide = \"I-132\"\n");
  EXPECT_EQ(nuclide.tag(), "acquisition.nuclide");
  EXPECT_THAT(nuclide.what(), ::testing::HasSubstr("I-131"));
  const InputError camera = refusalOf(kCentre + "camera = \"Box\"\n" + kCollimator);
  EXPECT_EQ(camera.tag(), "centre.camera");
  EXPECT_THAT(camera.what(), ::testing::HasSubstr("GE Infinia"));
  const InputError collimator = refusalOf(kCentre + kCamera + "collimator = \"Sieve\"\n");
  EXPECT_EQ(collimator.tag(), "centre.collimator");
  EXPECT_THAT(collimator.what(), ::testing::HasSubstr("Siemens HE"));
}

TEST(ImpossibleCohort, ACollimatorOfAnotherCameraIsRefusedWithThoseItTakes) {
  const InputError error =
      refusalOf("[acquisition]\nnuclide = \"Tc-99m\"\n" + kCentre + kCamera + "collimator = \"GE LEHR\"\n");
  EXPECT_EQ(error.tag(), "centre.collimator");
  // As the Symbia's table of cameras/cameras.toml has them.
  EXPECT_THAT(error.what(),
              ::testing::AllOf(::testing::HasSubstr("line 8"), ::testing::HasSubstr("'GE LEHR'"),
                               ::testing::HasSubstr("Siemens LEHR, Siemens LEAP, Siemens ME, Siemens HE")));
}

TEST(ImpossibleCohort, APinholeThatTheCameraTakesIsNotAllowedSinceItCannotBeSimulated) {
  const InputError error = refusalOf(kCentre + "camera = \"GE Infinia\"\ncollimator = \"GE pinhole 4.43\"\n");
  EXPECT_EQ(error.tag(), "centre.collimator");
  EXPECT_THAT(error.what(), ::testing::EndsWith("GE LEHR, GE LEGP, GE ELEGP, GE MEGP, GE HEGP, GE UHEHR"));
}

TEST(ImpossibleCohort, ACollimatorThatI131PassesIsRefused) {
  EXPECT_EQ(refusalOf(kCentre + kCamera + "collimator = \"Siemens LEHR\"\n").tag(), "centre.collimator");
}

/// A centre with this TOML value as its serial number.
std::string centreOfSerial(const std::string& value) {
  std::string text = kCentre + kCamera + kCollimator;
  return text.replace(text.find("\"E\""), 3, value);
}

TEST(ImpossibleCohort, ASerialThatIsNoPlainNameIsRefused) {
  for (const char* value : {"\"../../x\"", "\"/x\"", "\"a/b\"", "'a\\b'", "\"..\"", "\".x\"", "\"a b\"",
                            "\"\u00e9\"", "\"a\\u0000b\"", "\"a\\n\""}) {
    const InputError error = refusalOf(centreOfSerial(value));
    EXPECT_EQ(error.tag(), "centre.serial") << value;
    EXPECT_THAT(error.what(),
                ::testing::AllOf(::testing::HasSubstr("line 4"),
                                 ::testing::HasSubstr("1 to 64 letters, digits, '-', '_', '.'")))
        << value;
  }
  EXPECT_EQ(refusalOf(centreOfSerial('"' + std::string(65, '7') + '"')).tag(), "centre.serial");
}

TEST(ImpossibleCohort, APlainSerialIsKept) {
  const std::string longest = "SIM_9.a-" + std::string(56, '7');
  EXPECT_EQ(parseCohort(centreOfSerial('"' + longest + '"'), "cohort.toml").centres[0].serial, longest);
}

TEST(ImpossibleCohort, TwoCentresOfOneSerialAreRefusedWithBothLines) {
  const std::string other = centreOfSerial("\"F\""), same = centreOfSerial("\"E\"");
  const InputError error = refusalOf(same + other + same);  // six lines each
  EXPECT_EQ(error.tag(), "centre.serial");
  EXPECT_THAT(error.what(), ::testing::AllOf(::testing::HasSubstr("line 16"), ::testing::HasSubstr("line 4"),
                                             ::testing::HasSubstr("'E'")));
  EXPECT_EQ(parseCohort(same + other, "cohort.toml").centres.size(), 2U);
}

TEST(ImpossibleCohort, WindowsMustBeTheNuclides) {
  EXPECT_EQ(refusalOfPriors("[acquisition]\nwindows = [\"lower\"]\n").tag(), "acquisition.windows");
  EXPECT_EQ(refusalOfPriors("[acquisition]\nwindows = [\"photopeak\", \"middle\"]\n").tag(),
            "acquisition.windows");
  EXPECT_THAT(refusalOf("[acquisition]\nnuclide = \"Tc-99m\"\nwindows = [\"photopeak\", \"upper\"]\n" +
                        kCentre + kCamera + "collimator = \"Siemens LEHR\"\n")
                  .what(),
              ::testing::HasSubstr("Tc-99m does not have"));
}

TEST(ImpossibleCohort, NumbersOfPicturesAreWholeAndThoseOfTwoHeadsEven) {
  for (const char* views : {"61", "60.5", "30", "130"})
    EXPECT_THAT(refusalOfPriors(std::string("[acquisition]\nspectViews = ") + views + "\n").what(),
                ::testing::EndsWith(std::string("line 2: acquisition.spectViews is ") + views +
                                    ", allowed are even numbers from 32 to 128"));
  EXPECT_THAT(refusalOfPriors("[acquisition]\ndynamicFrames = 1.5\n").what(),
              ::testing::EndsWith("dynamicFrames is 1.5, allowed are whole numbers from 0 to 120"));
  EXPECT_EQ(parseCohort("[acquisition]\nspectViews = 64\n" + kCentre + kCamera + kCollimator, "cohort.toml")
                .acquisition.spectViews,
            64);
}

TEST(ImpossibleCohort, AcquisitionsMustBePossible) {
  EXPECT_EQ(refusalOfPriors("[acquisition]\nkind = \"planar\"\n").tag(), "acquisition.kind");
  EXPECT_EQ(refusalOfPriors("[acquisition]\nleftLateral = true\n").tag(), "acquisition.kind");
  EXPECT_EQ(refusalOfPriors("[acquisition]\nmatrix = 200\n").tag(), "acquisition.matrix");
  EXPECT_EQ(refusalOfPriors("[acquisition]\nspect = 1\n").tag(), "acquisition.spect");
}

}  // namespace
}  // namespace remnant::phantom

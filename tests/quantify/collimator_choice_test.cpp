#include "remnant/quantify/collimator_choice.h"

#include <gtest/gtest.h>

#include "quantify/acquired_scene.h"

namespace remnant::quantify {
namespace {

using scintigraphy::AcquiredFrame;
using scintigraphy::View;

/// "HE" where it was chosen, else the refusal's code.
std::string chosen(const std::string& told, const physics::Calibration& calibration,
                   const std::string& nuclide = "I-131") {
  AcquiredFrame frame;
  frame.collimatorName = told;
  const auto found = collimatorOf(frame, nuclide, calibration);
  if (const auto* refusal = std::get_if<Refusal>(&found)) return refusal->code;
  return std::get<std::string>(found);
}

physics::Calibration withTwo() {
  physics::Calibration calibration = acquiredCalibration();
  calibration.sensitivities.push_back({1, "I-131", "Siemens ME", {328, 401}, 40, 0.02});
  calibration.sensitivities.push_back({1, "Tc-99m", "Siemens LEHR", {126, 154}, 90, 0.02});
  return calibration;
}

TEST(CollimatorOf, TakesTheNameOrItsTranslation) {
  physics::Calibration calibration = withTwo();
  calibration.collimatorNames = {{"@30429646", "Siemens ME"}};
  EXPECT_EQ(chosen("Siemens HE", calibration), "Siemens HE");
  EXPECT_EQ(chosen("@30429646", calibration), "Siemens ME");
  EXPECT_EQ(chosen("@30429647", calibration), "unknown-collimator");
}

TEST(CollimatorOf, TakesTheOnlyOneWhereTheObjectHasNoName) {
  EXPECT_EQ(chosen("", acquiredCalibration()), "Siemens HE");
  EXPECT_EQ(chosen("", withTwo()), "no-collimator");
  EXPECT_EQ(chosen("", withTwo(), "Tc-99m"), "Siemens LEHR");
}

TEST(CollimatorOf, KnowsNothingOfOtherNuclides) {
  EXPECT_EQ(chosen("Siemens HE", acquiredCalibration(), "I-123"), "no-calibration");
  EXPECT_EQ(chosen("Siemens HE", withTwo(), "Tc-99m"), "unknown-collimator") << "of Tc-99m it has LEHR alone";
}

std::string refusalOf(const scintigraphy::AcquiredStudy& study) {
  const auto refusal = collimatorRefusal(study, acquiredCalibration());
  return refusal ? refusal->code : "";
}

TEST(CollimatorRefusal, IsOfTheOpposedViewsAlone) {
  scintigraphy::AcquiredStudy study = acquiredStudy();
  EXPECT_EQ(refusalOf(study), "");
  study.objects[0].frames[1].collimatorName = "@1";
  EXPECT_EQ(refusalOf(study), "unknown-collimator") << "each head has its own";
  study.objects[0].pinhole = true;
  EXPECT_EQ(refusalOf(study), "");
  study.objects[0].pinhole = false;
  study.objects[0].frames.erase(study.objects[0].frames.begin());
  EXPECT_EQ(refusalOf(study), "") << "a single view is refused as such";
}

}  // namespace
}  // namespace remnant::quantify

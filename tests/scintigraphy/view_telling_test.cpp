#include "remnant/scintigraphy/view_telling.h"

#include <gtest/gtest.h>

namespace remnant::scintigraphy {
namespace {

ViewClues supineAt(double angle) {
  ViewClues clues;
  clues.detector = 1;
  clues.angleDegrees = angle;
  clues.supine = true;
  return clues;
}

TEST(ViewOfCode, KnowsBothCodesOfEachProjection) {
  EXPECT_EQ(viewOfCode("G-5215"), View::kAnterior);
  EXPECT_EQ(viewOfCode("399321004"), View::kAnterior);
  EXPECT_EQ(viewOfCode("R-10206"), View::kAnterior);
  EXPECT_EQ(viewOfCode("399348003"), View::kAnterior);
  EXPECT_EQ(viewOfCode("R-10214"), View::kPosterior);
  EXPECT_EQ(viewOfCode("399001007"), View::kPosterior);
  EXPECT_EQ(viewOfCode("R-10236"), View::kLeftLateral);
  EXPECT_EQ(viewOfCode("R-10232"), View::kRightLateral);
  EXPECT_EQ(viewOfCode("G-5207"), View::kOblique);
  EXPECT_EQ(viewOfCode("FONDO D1"), View::kUnknown);
}

// PS3.3, Start Angle: 0 degrees is at the patient's back; seen from the feet it grows counter-clockwise, from
// the back towards the patient's left side.
TEST(ViewOfAngle, GoesFromTheBackOverTheLeftSide) {
  EXPECT_EQ(viewOfAngle(0, 10), View::kPosterior);
  EXPECT_EQ(viewOfAngle(90, 10), View::kLeftLateral);
  EXPECT_EQ(viewOfAngle(180, 10), View::kAnterior);
  EXPECT_EQ(viewOfAngle(270, 10), View::kRightLateral);
  EXPECT_EQ(viewOfAngle(355, 10), View::kPosterior);
  EXPECT_EQ(viewOfAngle(-90, 10), View::kRightLateral);
  EXPECT_EQ(viewOfAngle(135, 10), View::kOblique);
  EXPECT_EQ(viewOfAngle(190, 10), View::kAnterior);
  EXPECT_EQ(viewOfAngle(191, 10), View::kOblique);
}

TEST(TellView, TheCodeGoesFirst) {
  ViewClues clues = supineAt(0);
  clues.codes = {{"R-10206", "SRT", "antero-posterior"}};
  clues.names = {{"view name", "POST"}};
  const ViewFinding found = tellView(clues);
  EXPECT_EQ(found.view, View::kAnterior);
  EXPECT_EQ(found.evidence, "view code R-10206");
}

TEST(TellView, ThenTheAngleOfASupinePatient) {
  const ViewFinding found = tellView(supineAt(180));
  EXPECT_EQ(found.view, View::kAnterior);
  EXPECT_EQ(found.evidence, "detector 1 at 180 degrees, supine");
  ViewClues unknownPosture = supineAt(180);
  unknownPosture.supine = false;
  EXPECT_EQ(tellView(unknownPosture).view, View::kUnknown);
}

TEST(TellView, ThenTheFirstNameThatTellsOne) {
  ViewClues clues;
  clues.names = {{"view name", "48h"}, {"image ID", "FACE ANT"}, {"series description", "POSTERIOR"}};
  const ViewFinding found = tellView(clues);
  EXPECT_EQ(found.view, View::kAnterior);
  EXPECT_EQ(found.evidence, "image ID 'ANT'");
}

TEST(TellView, AngleAndNameThatContradictTellNothing) {
  ViewClues clues = supineAt(180);
  clues.names = {{"view name", "POSTERIOR"}};
  const ViewFinding found = tellView(clues);
  EXPECT_EQ(found.view, View::kUnknown);
  EXPECT_NE(found.evidence.find("180"), std::string::npos);
  EXPECT_NE(found.evidence.find("POSTERIOR"), std::string::npos);
}

TEST(TellView, CodeIsBelievedAndTheContradictionTold) {
  ViewClues clues = supineAt(180);
  clues.codes = {{"R-10214", "SRT", "postero-anterior"}};
  const ViewFinding found = tellView(clues);
  EXPECT_EQ(found.view, View::kPosterior);
  EXPECT_NE(found.contradiction.find("180"), std::string::npos);
  clues.codes = {{"R-10206", "SRT", "antero-posterior"}};
  EXPECT_EQ(tellView(clues).contradiction, "");
}

TEST(TellView, NothingToldIsUnknown) {
  const ViewFinding found = tellView({});
  EXPECT_EQ(found.view, View::kUnknown);
  EXPECT_EQ(found.evidence, "");
}

}  // namespace
}  // namespace remnant::scintigraphy

#include "remnant/scintigraphy/view_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace remnant::scintigraphy {
namespace {

using ::testing::ElementsAre;

TEST(FoldedText, DropsCaseAndAccents) {
  EXPECT_EQ(foldedText("Rücken antérieur przód"), "RUCKEN ANTERIEUR PRZOD");
  EXPECT_EQ(foldedText("mặt trước"), "MAT TRUOC");
  EXPECT_EQ(foldedText("перед"), "ПЕРЕД");
  EXPECT_EQ(foldedText("u\xCC\x88"), "U");          // a combining accent
  EXPECT_EQ(foldedText("a\xFF\xC3"), "A\xFF\xC3");  // stray bytes do no harm
}

TEST(WordsOf, SeparatesAtDigitsAndPunctuation) {
  EXPECT_THAT(wordsOf("WB_ANT1-post.2"), ElementsAre("WB", "ANT", "POST"));
  EXPECT_TRUE(wordsOf(" 12 ").empty());
}

TEST(ViewOfName, TellsAnteriorInManyLanguages) {
  for (const char* name :
       {"ANT", "ANTERIOR", "Anterior_EM", "FACE ANT", "FACE", "antérieure", "Anteriore", "R VENTRAL L FRUEH",
        "vorne", "Vorderansicht", "frente", "przód", "перед", "mặt trước", "WB ANT 48h"})
    EXPECT_EQ(viewOfName(name).view, View::kAnterior) << name;
}

TEST(ViewOfName, TellsPosteriorInManyLanguages) {
  for (const char* name :
       {"POST", "POSTERIOR_H2", "FACE POST", "DOS", "L DORSAL R FRUEH", "hinten", "Rücken", "RUECKEN",
        "postérieur", "posteriore", "cara posterior", "espalda", "tył", "зад", "mặt sau"})
    EXPECT_EQ(viewOfName(name).view, View::kPosterior) << name;
}

TEST(ViewOfName, TellsLateralByItsSide) {
  for (const char* name :
       {"L LAT", "LLAT", "LAT IZQ", "LINKS LATERAL", "profil gauche", "Left Lateral", "LATERAL IZQUIERDA"})
    EXPECT_EQ(viewOfName(name).view, View::kLeftLateral) << name;
  for (const char* name : {"R LAT", "RLAT", "LATERAL DERECHA", "rechts lateral", "profil droit", "RT LAT"})
    EXPECT_EQ(viewOfName(name).view, View::kRightLateral) << name;
}

TEST(ViewOfName, TellsOblique) {
  for (const char* name : {"LAO", "RAO 45", "ANT OBL", "oblique", "OAG"})
    EXPECT_EQ(viewOfName(name).view, View::kOblique) << name;
}

TEST(ViewOfName, PostBeforeATreatmentMeansAfter) {
  for (const char* name : {"POST THERAPY", "WB POST-ABLATION", "post I131", "POST OP", "POST TX SCAN"})
    EXPECT_EQ(viewOfName(name).view, View::kUnknown) << name;
  EXPECT_EQ(viewOfName("ANT POST THERAPY").view, View::kAnterior);
}

TEST(ViewOfName, GuessesNothing) {
  for (const char* name :
       {"", "WHOLE BODY_E", "ANT POST", "ANT+POST", "LATERAL", "L", "R LAT L", "FONDO D1", "D2 0 CM",
        "Detector 2", "UNIF_INT_H1_H1", "PLANTAR", "IMPORTANT", "POSTURE", "cantante"})
    EXPECT_EQ(viewOfName(name).view, View::kUnknown) << name;
}

TEST(ViewOfName, GivesTheWordAsEvidenceAndNothingElseOfTheName) {
  EXPECT_EQ(viewOfName("Mustermann vorne").evidence, "VORNE");
  EXPECT_EQ(viewOfName("Mustermann").evidence, "");
}

}  // namespace
}  // namespace remnant::scintigraphy
